package directive

// notes are what help says of a directive beside its keys, a line each.
var notes = map[string][]string{
	"complete": {
		"The function takes what was typed as value string, other arguments by their names as",
		"string, and what is provided. It returns []string, or ([]string, error), the best first.",
		"Arguments whose values are known, such as those of an enum, need no function.",
	},
	"types": {
		"A field _ T is the row of T, and holds for *T, []T, map[string]T and arguments, too.",
		"Its comment is the description and its jsonschema tag the schema, where a type that",
		"writes itself has a type=, as in `jsonschema:\"type=string,pattern=^[0-9]+$\"`. With",
		"`mcp:\"decode=F,encode=G\"` what looks like W is converted, by func(W) (T, error) and",
		"func(T) (W, error), or without the errors. Export the struct, or linters call it unused.",
	},
}
