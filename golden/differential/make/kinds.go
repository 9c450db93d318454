package main

// kind is a Go type for a field, and what tags may say of it.
type kind struct {
	typ      string
	rules    []string // of jsonschema tags; all of them leave the defaults valid
	defaults []string
	quotable bool // takes encoding/json's ,string
	unique   bool // == on two of them compares what they mean
}

// Types whose JSON differs between encoding/json and generated code on purpose,
// time.Duration and url.URL, are not here; nor are those that only their own
// methods can judge.
var kinds = []kind{
	{typ: "bool", rules: []string{"const=true"}, defaults: []string{"default=true"}, quotable: true, unique: true},
	{typ: "string", rules: []string{
		"minLength=2", "maxLength=3", "minLength=1,maxLength=4", "pattern=^[a-z]+$", "pattern=^[0-9]{2}-[0-9]{2}$",
		"pattern=b", "pattern=^\\\\p{L}*$,maxLength=3", "enum=abc,enum=b,enum=äö", "const=abc", "enum=,enum=abc",
	}, defaults: []string{"default=abc", "default="}, quotable: true, unique: true},
	{typ: "string", rules: []string{
		"format=date-time", "format=date", "format=time", "format=duration", "format=email", "format=hostname", "format=ipv4",
		"format=ipv6", "format=uri", "format=uri-reference", "format=uuid", "format=json-pointer", "format=regex", "format=color",
	}, unique: true},
	{typ: "int", rules: integers, defaults: []string{"default=4"}, quotable: true, unique: true},
	{typ: "int8", rules: integers, defaults: []string{"default=8"}, quotable: true, unique: true},
	{typ: "int16", rules: integers, defaults: []string{"default=4"}, unique: true},
	{typ: "int32", rules: integers, defaults: []string{"default=8"}, unique: true},
	{typ: "int64", rules: integers, defaults: []string{"default=4"}, quotable: true, unique: true},
	{typ: "uint", rules: integers, defaults: []string{"default=8"}, quotable: true, unique: true},
	{typ: "uint8", rules: integers, defaults: []string{"default=4"}},
	{typ: "uint16", rules: integers, defaults: []string{"default=8"}, unique: true},
	{typ: "uint32", rules: integers, defaults: []string{"default=4"}, unique: true},
	{typ: "uint64", rules: integers, defaults: []string{"default=8"}, quotable: true, unique: true},
	{typ: "float64", rules: numbers, defaults: []string{"default=0.4", "default=1.6"}, quotable: true, unique: true},
	{typ: "float32", rules: []string{"minimum=-1.5,maximum=2", "exclusiveMinimum=-2,exclusiveMaximum=2.5", "multipleOf=0.25"},
		defaults: []string{"default=0.5"}, quotable: true, unique: true},
	{typ: "Color", rules: []string{"enum=red,enum=blue"}, defaults: []string{"default=red"}, unique: true},
	{typ: "Level", rules: []string{"enum=0,enum=2"}, defaults: []string{"default=2"}, unique: true},
	{typ: "Name", rules: []string{"maxLength=3"}, defaults: []string{"default=b"}, unique: true},
	{typ: "time.Time", defaults: []string{"default=2026-01-02T03:04:05Z"}},
	{typ: "[]byte"},
	{typ: "any"},
	{typ: "json.RawMessage"},
	{typ: "json.Number", quotable: true},
	{typ: "Pair[int, string]"},
	{typ: "Pair[Color, []bool]"},
}

var integers = []string{
	"minimum=0,maximum=100", "minimum=3", "maximum=9", "exclusiveMinimum=3,exclusiveMaximum=9", "multipleOf=4",
	"minimum=1,multipleOf=2", "enum=4,enum=8,enum=15", "const=4",
}

var numbers = []string{
	"minimum=-0.5,maximum=2.5", "exclusiveMinimum=0,exclusiveMaximum=1.7", "multipleOf=0.1", "multipleOf=0.4",
	"enum=0.4,enum=1.6,enum=100", "minimum=0.001",
}

// wrappers make a type of another, with the rules that the outer one may have.
var wrappers = []struct {
	typ    string
	rules  []string // for the outside alone
	unique bool     // uniqueItems is for this one
	inner  bool     // the rules of the element may stand beside
}{
	{typ: "[]%s", rules: []string{"minItems=1", "maxItems=2", "minItems=1,maxItems=3"}, unique: true, inner: true},
	{typ: "[2]%s", inner: true, unique: true},
	{typ: "[]*%s", rules: []string{"minItems=2"}, inner: true},
	{typ: "*[]%s", rules: []string{"maxItems=1"}},
	{typ: "[][]%s", rules: []string{"minItems=1,maxItems=2"}},
	{typ: "[3][]%s"},
	{typ: "map[string]%s", rules: []string{"minProperties=1", "maxProperties=1", "minProperties=1,maxProperties=2"}},
	{typ: "map[int8]%s"},
	{typ: "map[Name]*%s", rules: []string{"maxProperties=2"}},
	{typ: "[]map[string]%s"},
	{typ: "map[string][]%s", rules: []string{"minProperties=1"}},
	{typ: "**%s"},
}

// basics are the types that are written by hand.
const basics = `
// Color is a string with constants.
type Color string

// The colors.
const (
	Red   Color = "red"
	Green Color = "green"
	Blue  Color = "blue"
)

// Level is an integer with constants.
type Level int

// The levels.
const (
	Low Level = iota
	Medium
	High
)

// Name is a string without constants.
type Name string

// Plain is what is embedded by pointer: each of its members is optional, so that
// rules on the zero values of those that are not sent would be broken.
type Plain struct {
	PlainText  string ` + "`json:\"plainText\"`" + `
	PlainCount int    ` + "`json:\"plainCount\"`" + `
	PlainList  []bool
	PlainTimes map[string]time.Time ` + "`json:\"plainTimes,omitempty\"`" + `
}

// Pair is generic.
type Pair[A, B any] struct {
	First  A ` + "`json:\"first\"`" + `
	Second B ` + "`json:\"second,omitempty\"`" + `
}
`
