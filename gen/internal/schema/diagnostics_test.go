package schema

import (
	"slices"
	"testing"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// The tag starts in column 100, so that a position is 7:1xx; the type of the
// field is at 7:50.
func TestKeywordDiagnostics(t *testing.T) {
	t.Parallel()
	tests := []struct{ typ, tag, want string }{
		// What is no keyword.
		{"int", "minimun=1", `7:100: unknown keyword "minimun"; did you mean minimum?`},
		{"int", "min=1", `7:100: unknown keyword "min"; did you mean minimum?`},
		{"string", "min=1", `7:100: unknown keyword "min"; did you mean minLength?`},
		{"[]string", "title=T,examples=a", `7:108: unknown keyword "examples"; did you mean example?`},
		{"int", "the limit of it", `7:100: unknown keyword "the limit of it"; write a comment on the field, or description=the limit of it`},
		{"string", "enum=up,down", `7:108: unknown keyword "down"; for one more value write enum=down; a comma inside a value is written \\,`},
		{"int", "=5", "7:100: a value without a keyword; write keyword=value, without spaces around the ="},
		{"bool", "colour", `7:100: unknown keyword "colour"; what fits a boolean: title, description, required, default, example, enum, const, readOnly, writeOnly, deprecated`},
		{"string", "nullable", "7:100: nullable is not supported here, because optional is not nullable; use a pointer or omitempty for a value that may be absent, and runtime.Optional for one that may be null"},
		{"any", "oneof_type=string;null", "7:100: oneof_type is not supported here, because the decoder goes by the Go type; use any, or a type of your own with UnmarshalJSON"},
		{"string", "-", "7:100: - is not supported here, because the decoder would still read the member; tag the field `json:\"-\"`"},

		// What does not fit.
		{"int", "title=T,minLength=1", "7:108: minLength does not apply to an integer; write minimum=1"},
		{"string", "maximum=9", "7:100: maximum does not apply to a string; write maxLength=9"},
		{"map[string]int", "minItems=2", "7:100: minItems does not apply to a map; write minProperties=2"},
		{"[]string", "minimum=2", "7:100: minimum does not apply to an array or its elements, each a string; write minItems=2"},
		{"[][]string", "enum=a", "7:100: enum does not apply to an array or its elements, each an array; what fits: title, description, required, minItems, maxItems, readOnly, writeOnly, deprecated"},
		{"[3]int", "maxItems=3", "7:100: maxItems does not apply to an array of fixed length or its elements, each an integer; what fits: title, description, required, default, example, enum, const, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, uniqueItems, readOnly, writeOnly, deprecated"},
		{"uuid.UUID", "pattern=^a", "7:100: pattern does not apply to the type uuid.UUID; what fits: title, description, required, default, example, format, readOnly, writeOnly, deprecated"},
		{"[]sales.Item", "uniqueItems", "7:100: uniqueItems does not apply to an array or its elements, each a struct; what fits: title, description, required, minItems, maxItems, readOnly, writeOnly, deprecated"},
		{"sales.Item", "default=x", "7:100: default does not apply to a struct; what fits: title, description, required, readOnly, writeOnly, deprecated"},

		// What stands twice, or with too much or too little.
		{"int", "minimum=1,minimum=2", "7:110: minimum stands here twice; keep one of them"},
		{"int", "default=1,default=2", "7:110: default stands here twice; keep one of them"},
		{"string", "enum=a,enum=a", "7:112: enum=a: listed twice"},
		{"string", "const=a,enum=b", "7:100: const and enum exclude each other; keep one of them"},
		{"int", "minimum", "7:100: minimum has no value; write minimum=…"},
		{"string", "pattern=", "7:100: pattern has no value; write pattern=…"},
		{"string", "required=yes", "7:109: required takes no value; write required alone"},
		{"[]int", "uniqueItems=yes", "7:112: uniqueItems is true or false, not yes; write uniqueItems alone"},

		// Values that are none.
		{"int", "minimum=abc", "7:108: minimum=abc: not an integer"},
		{"int", "minimum=1.5", "7:108: minimum=1.5: not an integer"},
		{"int", "minimum=+5", "7:108: minimum=+5: not an integer"},
		{"float64", "maximum=1_000", "7:108: maximum=1_000: not a number"},
		{"float64", "maximum=1e999", "7:108: maximum=1e999: out of range"},
		{"float64", "minimum=1e-999999999", "7:108: minimum=1e-999999999: too close to zero"},
		{"float32", "maximum=1e39", "7:108: maximum=1e39: more than its type holds"},
		{"uint", "minimum=-1", "7:108: minimum=-1: below 0, the least that its type holds"},
		{"int8", "maximum=128", "7:108: maximum=128: above 127, the most that its type holds"},
		{"int", "multipleOf=0", "7:111: multipleOf=0: not above zero"},
		{"string", "minLength=-1", "7:110: minLength=-1: negative"},
		{"string", "minLength=two", "7:110: minLength=two: not a whole number"},
		{"string", "pattern=(a", "7:108: pattern=(a: not a regular expression of Go: missing closing ): `(a`"},
		{"string", "pattern=(?i)abc", "7:108: pattern=(?i)abc: (?i) is Go's alone, and clients read ECMAScript; write both cases, as in [Aa], or the expression without the flag"},
		{"string", `pattern=\Aabc`, `7:108: pattern=\Aabc: \A is Go's alone, and clients read ECMAScript; write ^`},
		{"int", "default=abc", "7:108: default=abc: not an integer"},
		{"int", "enum=1,enum=x", "7:112: enum=x: not an integer"},
		{"[]int", "enum=1,enum=x", "7:112: enum=x: not an integer"},
		{"[]int", "default=x", "7:108: default=x: not an integer"},
		{"bool", "default=yes", "7:108: default=yes: not a boolean; write true or false"},
		{"time.Duration", "default=5", "7:108: default=5: not a duration; write one such as 1m30s"},
		{"time.Time", "example=today", "7:108: example=today: not a time; write one such as 2006-01-02T15:04:05Z"},
		{"[]uint8", "example=*", "7:108: example=*: not base64"},
		{"time.Time", "format=date", "7:107: format=date: its type has the format date-time"},
		{"sales.Unit", "enum=oz", "7:105: enum=oz: no constant of Unit; they are kg, lb"},
		{"sales.Unit", "const=oz", "7:106: const=oz: no constant of Unit; they are kg, lb"},

		// Values that contradict each other.
		{"int", "minimum=10,maximum=5", "7:108: minimum=10 and maximum=5 leave no value; lower minimum or raise maximum"},
		{"float64", "exclusiveMaximum=1,exclusiveMinimum=1.0", "7:136: exclusiveMinimum=1.0 and exclusiveMaximum=1 leave no value; lower exclusiveMinimum or raise exclusiveMaximum"},
		{"string", "maxLength=1,minLength=2", "7:122: minLength=2 and maxLength=1 leave no value; lower minLength or raise maxLength"},
		{"[]int", "minItems=3,maxItems=2", "7:109: minItems=3 and maxItems=2 leave no value; lower minItems or raise maxItems"},
		{"[]int", "minimum=3,maximum=2", "7:108: minimum=3 and maximum=2 leave no value; lower minimum or raise maximum"},
		{"map[string]int", "minProperties=3,maxProperties=2", "7:114: minProperties=3 and maxProperties=2 leave no value; lower minProperties or raise maxProperties"},
		{"int", "default=0,minimum=1", "7:108: default=0 is below minimum=1"},
		{"int", "maximum=9,default=10", "7:118: default=10 is above maximum=9"},
		{"int", "exclusiveMinimum=0,default=0", "7:127: default=0 is not above exclusiveMinimum=0"},
		{"float64", "exclusiveMaximum=1,default=1", "7:127: default=1 is not below exclusiveMaximum=1"},
		{"int", "multipleOf=5,default=7", "7:121: default=7 is no multiple of multipleOf=5"},
		{"string", "default=a,minLength=2", "7:108: default=a is shorter than minLength=2"},
		{"string", "default=äöü,maxLength=2", "7:108: default=äöü is longer than maxLength=2"},
		{"string", "default=b,pattern=^a", "7:108: default=b is no match of pattern=^a"},
		{"string", "enum=a,default=b", "7:115: default=b is none of a"},
		{"sales.Unit", "default=oz", "7:108: default=oz is none of kg, lb"},
		{"string", "example=b,pattern=^a", "7:108: example=b is no match of pattern=^a"},
		{"[]string", "example=b,pattern=^a", "7:108: example=b is no match of pattern=^a"},
		{"int", "enum=5,maximum=3", "7:105: enum=5 is above maximum=3"},
		{"[]int", "default=1,default=9,maximum=3", "7:100: the default has the element 9, which is above maximum=3"},
		{"[]sales.Unit", "default=oz", "7:100: the default has the element oz, which is none of kg, lb"},
		{"[]int", "default=1,default=1,uniqueItems", "7:100: the default has 1 twice, against uniqueItems"},
		{"[]int", "default=1,minItems=2", "7:100: the default has length 1, below minItems=2"},
		{"[]int", "default=1,default=2,maxItems=1", "7:100: the default has length 2, above maxItems=1"},
		{"[3]int", "default=1", "7:100: the default has length 1, not 3"},

		// What may not be passed through.
		{"string", "extras:pattern=a", "7:100: pattern is no extra; write pattern in the jsonschema tag"},
		{"string", "extras:anyOf=a", "7:100: anyOf cannot be an extra: the generator writes it, to match the decoder; leave it out, or use a key of your own such as x-anyOf"},
		{"string", "extras:x-y", "7:100: an extra is a key and a value; write key=value"},
	}
	for _, tt := range tests {
		t.Run(tt.typ+" "+tt.tag, func(t *testing.T) {
			t.Parallel()
			w := newWorld(plain, item, object("In", field("v", tt.typ, tt.tag)))
			w.tool("sales.In", "")
			if got := w.problems(); !slices.Equal(got, []string{tt.want}) {
				t.Errorf("got %q\nwant %q", got, tt.want)
			}
		})
	}
}

// Two parts of the program list the words of the grammar: the one that splits
// tags needs only the names.
func TestEveryKeywordHasRulesOrARefusal(t *testing.T) {
	t.Parallel()
	for _, name := range model.Keywords() {
		word, known := lookup(name)
		_, refused := refusals[name]
		if known == refused {
			t.Errorf("%s: known %t, refused %t; want one of them", name, known, refused)
		}
		if known && model.IsFlag(name) != (word.takes != value) {
			t.Errorf("%s: a flag to the model is %t, here %t", name, model.IsFlag(name), word.takes != value)
		}
	}
	for _, word := range keywords {
		if !model.IsKeyword(word.name) {
			t.Errorf("%s is no keyword to the model", word.name)
		}
	}
}

func TestPortablePatterns(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{
		`^[a-z]+(?:-[a-z]+)*$`, `\\A`, `\\(?:x)`, `(?<year>\d{4})`, `[\w.]+@\S+`, `\p{L}+`, `\[:alpha:\]`,
	} {
		if token, _ := goOnly(pattern); token != "" {
			t.Errorf("goOnly(%q) = %q, want nothing", pattern, token)
		}
	}
	for pattern, want := range map[string]string{
		`(?P<year>\d)`: "(?P<", `a(?i:b)`: "(?i:", `[[:alpha:]]`: "[:alpha:]", `a\z`: `\z`,
		`\\\Qa.b\E`: `\Q`, `\x{1F600}`: `\x{`, `(?s-i)a`: "(?s-i)",
	} {
		if token, _ := goOnly(pattern); token != want {
			t.Errorf("goOnly(%q) = %q, want %q", pattern, token, want)
		}
	}
}
