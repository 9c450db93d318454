// Package differential holds generated code against two other opinions: the
// validator of github.com/santhosh-tekuri/jsonschema, which reads the schemas that
// clients see, and encoding/json, which reads and writes the same types.
//
// Its types are made by the program in the folder make: some 200 structs that
// combine kinds, wrappers and tags as no person would. Each is the argument and
// the result of a strict tool. The tests make JSON of the schema of each, most of
// it valid and some of it wrong in one place, and ask all three.
package differential

//go:generate go run ./make
//go:generate go run ../../cmd/mcpgen .
