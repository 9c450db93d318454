package model

import "slices"

// keywords are the words of the struct-tag grammar: those of
// github.com/invopop/jsonschema, then ours. The value says whether the word
// means something without "=value".
var keywords = []struct {
	name string
	flag bool
}{
	{"title", false}, {"description", false}, {"type", false}, {"anchor", false},
	{"required", true}, {"nullable", true},
	{"oneof_required", false}, {"anyof_required", false},
	{"oneof_ref", false}, {"anyof_ref", false},
	{"oneof_type", false}, {"anyof_type", false},
	{"enum", false}, {"default", false}, {"example", false},
	{"minLength", false}, {"maxLength", false}, {"pattern", false}, {"format", false},
	{"readOnly", true}, {"writeOnly", true},
	{"minimum", false}, {"maximum", false},
	{"exclusiveMinimum", false}, {"exclusiveMaximum", false}, {"multipleOf", false},
	{"minItems", false}, {"maxItems", false}, {"uniqueItems", true},

	{"const", false}, {"minProperties", false}, {"maxProperties", false}, {"deprecated", true},
}

// Keywords are the words that a jsonschema tag and //mcp:param may hold. That a
// word is listed does not mean that it fits every value, or any: schema says so.
func Keywords() []string {
	names := make([]string, len(keywords))
	for i, k := range keywords {
		names[i] = k.name
	}
	return names
}

// IsKeyword reports whether name is one of [Keywords].
func IsKeyword(name string) bool { return slices.Contains(Keywords(), name) }

// IsFlag reports whether name is a keyword that stands for itself, as in
// "required". Any other keyword needs a value, so that its bare name inside a
// description is only a word.
func IsFlag(name string) bool {
	for _, k := range keywords {
		if k.name == name {
			return k.flag
		}
	}
	return false
}
