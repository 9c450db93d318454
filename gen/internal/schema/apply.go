package schema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// apply takes in the keywords, in order, and reports the ones that are no good.
func (c *claims) apply() {
	seen := map[string]bool{}
	for _, k := range c.keywords {
		if key, ok := strings.CutPrefix(k.Key, "extras:"); ok {
			c.extra(key, k)
			continue
		}
		word, ok := lookup(k.Key)
		if !ok {
			c.unknown(k)
			continue
		}
		if seen[k.Key] && (word.repeats == nil || !word.repeats(c.subject)) {
			c.diags.Addf(k.Pos, "%s stands here twice", k.Key).Suggest("keep one of them")
			continue
		}
		seen[k.Key] = true
		c.take(word, k)
	}
}

// take applies the known keyword k to the value or, where it says nothing about
// an array, to the elements, as invopop does.
func (c *claims) take(word keyword, k model.Keyword) {
	s, r := c.subject, c.rules
	switch {
	case word.fits(s):
	case c.reachesElements(word):
		s, r = subject{Type: s.elem}, c.items()
	default:
		c.misfit(k)
		return
	}
	if !c.wellFormed(word, k) {
		return
	}
	if err := word.set(s, r, k.Value); err != nil {
		c.diags.Addf(valuePos(k), "%s=%s: %v", k.Key, k.Value, err)
	}
}

// reachesElements reports whether word speaks of the elements of an array.
// Elements that are arrays or objects themselves have no keywords: it would not be
// clear where they belong.
func (c *claims) reachesElements(word keyword) bool {
	elem := c.subject.elem
	return elem != nil && scalar(subject{Type: elem}) && word.fits(subject{Type: elem})
}

// wellFormed checks that k has a value exactly where it needs one.
func (c *claims) wellFormed(word keyword, k model.Keyword) bool {
	switch word.takes {
	case flag:
		if !k.HasValue || k.Value == "true" || k.Value == "false" {
			return true
		}
		c.diags.Addf(valuePos(k), "%s is true or false, not %s", k.Key, k.Value).
			Suggest("write %s alone", k.Key)
		return false
	case bare:
		if !k.HasValue {
			return true
		}
		c.diags.Addf(valuePos(k), "%s takes no value", k.Key).Suggest("write %s alone", k.Key)
		return false
	}
	if mayBeEmpty := slices.Contains([]string{"enum", "const", "default"}, k.Key); k.HasValue && (k.Value != "" || mayBeEmpty) {
		return true
	}
	c.diags.Addf(k.Pos, "%s has no value", k.Key).Suggest("write %s=…", k.Key)
	return false
}

// unknown reports a keyword that is none, and what was probably meant.
func (c *claims) unknown(k model.Keyword) {
	if no, ok := refusals[k.Key]; ok {
		c.diags.Addf(k.Pos, "%s is not supported here, because %s", k.Key, no.why).Suggest("%s", no.instead)
		return
	}
	if k.Key == "" {
		c.diags.Addf(k.Pos, "a value without a keyword").Suggest("write keyword=value, without spaces around the =")
		return
	}
	d := c.diags.Addf(k.Pos, "unknown keyword %q", k.Key)
	near, list := diag.Nearest(k.Key, c.fitting()), c.listBefore(k)
	switch {
	case list != "":
		d.Suggest("for one more value write %s=%s; a comma inside a value is written \\\\,", list, k.Key)
	case strings.Contains(k.Key, " "): // as in the tags of github.com/google/jsonschema-go
		d.Suggest("write a comment on the field, or description=%s", k.Key)
	case near != "":
		d.Suggest("did you mean %s?", near)
	default:
		d.Suggest("what fits %s: %s", c.noun(), strings.Join(c.fitting(), ", "))
	}
}

// listBefore is the keyword before k of which k seems to be one more value, as in
// enum=up,down.
func (c *claims) listBefore(k model.Keyword) string {
	if k.HasValue {
		return ""
	}
	for _, before := range slices.Backward(c.keywords[:slices.Index(c.keywords, k)]) {
		if word, ok := lookup(before.Key); ok && word.repeats != nil && word.repeats(c.subject) {
			return before.Key
		} else if ok || before.HasValue {
			return ""
		}
	}
	return ""
}

// misfit reports a keyword that says nothing about this kind of value.
func (c *claims) misfit(k model.Keyword) {
	d := c.diags.Addf(k.Pos, "%s does not apply to %s", k.Key, c.noun())
	if other := c.counterpart(k.Key); other != "" {
		d.Suggest("write %s=%s", other, k.Value)
		return
	}
	if c.row && c.subject.is(model.Custom, model.Raw) {
		d.Suggest("say what it is in JSON, as in type=string")
		return
	}
	d.Suggest("what fits: %s", strings.Join(c.fitting(), ", "))
}

// fitting are the keywords that fit the value or its elements.
func (c *claims) fitting() []string {
	var names []string
	for _, word := range keywords {
		if c.row && ofMembers(word.name) {
			continue
		}
		if word.fits(c.subject) || c.reachesElements(word) {
			names = append(names, word.name)
		}
	}
	return names
}

// The words that say the same of different kinds.
var counterparts = [][]string{
	{"minimum", "minLength", "minItems", "minProperties"},
	{"maximum", "maxLength", "maxItems", "maxProperties"},
}

func (c *claims) counterpart(key string) string {
	for _, group := range counterparts {
		if !strings.HasPrefix(key, group[0][:3]) {
			continue
		}
		for _, name := range group {
			if word, _ := lookup(name); word.fits(c.subject) {
				return name
			}
		}
	}
	return ""
}

var nouns = map[model.Kind]string{
	model.Bool:     "a boolean",
	model.Int:      "an integer",
	model.Uint:     "an integer",
	model.Float:    "a number",
	model.String:   "a string",
	model.Bytes:    "bytes",
	model.Slice:    "an array",
	model.Array:    "an array of fixed length",
	model.Map:      "a map",
	model.Struct:   "a struct",
	model.OneOf:    "one of several structs",
	model.Any:      "any value",
	model.Raw:      "any value",
	model.Number:   "a json.Number",
	model.Big:      "a number of any size",
	model.Time:     "a time",
	model.URL:      "a URL",
	model.Duration: "a duration",
}

// noun says what kind of value the keywords are about.
func (c *claims) noun() string {
	noun, ok := nouns[c.subject.Kind]
	if !ok {
		noun = "the type " + c.pkg.Spell(c.subject.ID)
	}
	if elem := c.subject.elem; elem != nil && nouns[elem.Kind] != "" {
		return fmt.Sprintf("%s or its elements, each %s", noun, nouns[elem.Kind])
	}
	return noun
}
