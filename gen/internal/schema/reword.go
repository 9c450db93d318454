package schema

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/invopop/jsonschema"
)

// rewording is a keyword that an API may lack, and what to say instead. Take
// removes it from a schema and returns it in words, "" if it is not there.
type rewording struct {
	keyword string
	take    func(*jsonschema.Schema) string
}

// rewordings are all keywords that the package writes about a single value, but
// for type, title and description, in the order in which they are told.
var rewordings = []rewording{
	{"const", func(s *jsonschema.Schema) string { return valueOf(&s.Const, "always ") }},
	{"enum", func(s *jsonschema.Schema) string { return listOf(&s.Enum, "one of ") }},
	{"contentEncoding", func(s *jsonschema.Schema) string { return textOf(&s.ContentEncoding, "encoded as ") }},
	{"format", func(s *jsonschema.Schema) string { return textOf(&s.Format, "format ") }},
	{"pattern", func(s *jsonschema.Schema) string { return textOf(&s.Pattern, "matching ") }},
	{"minLength", func(s *jsonschema.Schema) string { return countOf(&s.MinLength, "length at least ") }},
	{"maxLength", func(s *jsonschema.Schema) string { return countOf(&s.MaxLength, "length at most ") }},
	{"minimum", func(s *jsonschema.Schema) string { return textOf(&s.Minimum, "at least ") }},
	{"exclusiveMinimum", func(s *jsonschema.Schema) string { return textOf(&s.ExclusiveMinimum, "above ") }},
	{"maximum", func(s *jsonschema.Schema) string { return textOf(&s.Maximum, "at most ") }},
	{"exclusiveMaximum", func(s *jsonschema.Schema) string { return textOf(&s.ExclusiveMaximum, "below ") }},
	{"multipleOf", func(s *jsonschema.Schema) string { return textOf(&s.MultipleOf, "a multiple of ") }},
	{"minItems", func(s *jsonschema.Schema) string { return countOf(&s.MinItems, "elements at least ") }},
	{"maxItems", func(s *jsonschema.Schema) string { return countOf(&s.MaxItems, "elements at most ") }},
	{"uniqueItems", func(s *jsonschema.Schema) string { return markOf(&s.UniqueItems, "no element twice") }},
	{"readOnly", func(s *jsonschema.Schema) string { return markOf(&s.ReadOnly, "read only") }},
	{"writeOnly", func(s *jsonschema.Schema) string { return markOf(&s.WriteOnly, "write only") }},
	{"deprecated", func(s *jsonschema.Schema) string { return markOf(&s.Deprecated, "deprecated") }},
	{"default", func(s *jsonschema.Schema) string { return valueOf(&s.Default, "by default ") }},
	{"examples", func(s *jsonschema.Schema) string { return listOf(&s.Examples, "for example ") }},
}

// always is for keywords that an API takes with every value.
func always(*jsonschema.Schema) bool { return true }

// reword moves the keywords that the profile lacks into the description.
func (p *profile) reword(s *jsonschema.Schema) {
	var phrases []string
	for _, r := range rewordings {
		if takes := p.takes[r.keyword]; takes != nil && takes(s) {
			continue
		}
		if phrase := r.take(s); phrase != "" {
			phrases = append(phrases, phrase)
		}
	}
	say(s, strings.Join(phrases, "; "))
}

// say adds a sentence to the description of s, on a line of its own.
func say(s *jsonschema.Schema, sentence string) {
	if sentence == "" {
		return
	}
	first, size := utf8.DecodeRuneInString(sentence)
	sentence = string(unicode.ToUpper(first)) + sentence[size:] + "."
	s.Description = joined(s.Description, sentence)
}

// joined are two texts, of which either may be missing, each on a line of its own.
func joined(first, second string) string {
	if first == "" || second == "" {
		return first + second
	}
	return first + "\n" + second
}

func textOf[T ~string](from *T, words string) string {
	v := *from
	*from = ""
	if v == "" {
		return ""
	}
	return words + string(v)
}

func countOf(from **uint64, words string) string {
	v := *from
	*from = nil
	if v == nil {
		return ""
	}
	return words + spell(*v)
}

func markOf(from *bool, words string) string {
	set := *from
	*from = false
	if !set {
		return ""
	}
	return words
}

func valueOf(from *any, words string) string {
	v := *from
	*from = nil
	if v == nil {
		return ""
	}
	return words + spell(v)
}

func listOf(from *[]any, words string) string {
	var all []string
	for _, v := range *from {
		all = append(all, spell(v))
	}
	*from = nil
	if len(all) == 0 {
		return ""
	}
	return words + strings.Join(all, ", ")
}

// spell is v as JSON.
func spell(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // every part was made as valid JSON
	}
	return string(plainText(data))
}
