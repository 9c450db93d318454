package schema

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"unicode/utf8"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// check reports keywords that contradict each other: bounds that leave nothing,
// and a default, example or enum value that the other keywords forbid.
func (c *claims) check() {
	if k, ok := c.find("const"); ok {
		if _, ok := c.find("enum"); ok {
			c.diags.Addf(k.Pos, "const and enum exclude each other").Suggest("keep one of them")
		}
	}
	for _, r := range []*model.Rules{c.rules, c.rules.Items} {
		if r != nil {
			c.checkBounds(r)
			c.checkCounts(r)
		}
	}
	c.checkValues()
}

func (c *claims) checkBounds(r *model.Rules) {
	pairs := []struct {
		low, high       string
		lowKey, highKey string
		open            bool // equal bounds leave nothing
	}{
		{r.Minimum, r.Maximum, "minimum", "maximum", false},
		{r.Minimum, r.ExclusiveMaximum, "minimum", "exclusiveMaximum", true},
		{r.ExclusiveMinimum, r.Maximum, "exclusiveMinimum", "maximum", true},
		{r.ExclusiveMinimum, r.ExclusiveMaximum, "exclusiveMinimum", "exclusiveMaximum", true},
	}
	for _, p := range pairs {
		if p.low == "" || p.high == "" {
			continue
		}
		if order := compare(p.low, p.high); order > 0 || order == 0 && p.open {
			c.empty(p.lowKey, p.low, p.highKey, p.high)
		}
	}
}

func (c *claims) checkCounts(r *model.Rules) {
	pairs := []struct {
		low, high       *int
		lowKey, highKey string
	}{
		{r.MinLength, r.MaxLength, "minLength", "maxLength"},
		{r.MinItems, r.MaxItems, "minItems", "maxItems"},
		{r.MinProperties, r.MaxProperties, "minProperties", "maxProperties"},
	}
	for _, p := range pairs {
		if p.low != nil && p.high != nil && *p.low > *p.high {
			c.empty(p.lowKey, fmt.Sprint(*p.low), p.highKey, fmt.Sprint(*p.high))
		}
	}
}

// empty reports two bounds that no value satisfies.
func (c *claims) empty(lowKey, low, highKey, high string) {
	k, _ := c.find(lowKey)
	c.diags.Addf(valuePos(k), "%s=%s and %s=%s leave no value", lowKey, low, highKey, high).
		Suggest("lower %s or raise %s", lowKey, highKey)
}

// checkValues holds every value that a keyword gives against the other keywords.
func (c *claims) checkValues() {
	for _, k := range c.keywords {
		word, _ := lookup(k.Key)
		switch k.Key {
		case "default":
			if !c.subject.array() {
				c.checkValue(k, c.subject.Type, c.rules.Over(c.base))
			}
		case "example", "enum", "const":
			if word.fits(c.subject) {
				c.checkValue(k, c.subject.Type, c.rules.Over(c.base))
			} else if c.reachesElements(word) {
				c.checkValue(k, c.subject.elem, c.items().Over(c.itemsBase))
			}
		}
	}
	if k, ok := c.find("default"); ok && c.subject.array() && c.rules.Default != nil {
		c.checkArray(k, elements(c.rules.Default))
	}
}

func (c *claims) checkValue(k model.Keyword, t *model.Type, r *model.Rules) {
	v, err := literal(t, k.Value)
	if named := k.Key == "enum" || k.Key == "const"; err != nil || named && !contains(r.Enum, v) {
		return // reported when it was taken in
	}
	if why := violation(t, r, v); why != "" {
		c.diags.Addf(valuePos(k), "%s=%s is %s", k.Key, k.Value, why)
	}
}

// checkArray checks the default of an array: k is its first element.
func (c *claims) checkArray(k model.Keyword, values []json.RawMessage) {
	report := func(format string, args ...any) {
		c.diags.Addf(k.Pos, "the default has %s", fmt.Sprintf(format, args...))
	}
	r, n := c.rules, len(values)
	switch {
	case c.subject.Kind == model.Array && int64(n) != c.subject.Len:
		report("length %d, not %d", n, c.subject.Len)
	case r.MinItems != nil && n < *r.MinItems:
		report("length %d, below minItems=%d", n, *r.MinItems)
	case r.MaxItems != nil && n > *r.MaxItems:
		report("length %d, above maxItems=%d", n, *r.MaxItems)
	}
	items := cmp.Or(r.Items, &model.Rules{}).Over(c.itemsBase)
	for i, v := range values {
		if r.UniqueItems && contains(values[:i], v) {
			report("%s twice, against uniqueItems", unquote(v))
		}
		if why := violation(c.subject.elem, items, v); why != "" {
			report("the element %s, which is %s", unquote(v), why)
		}
	}
}

// violation says what is wrong with the scalar v of type t under r, or "".
func violation(t *model.Type, r *model.Rules, v json.RawMessage) string {
	if valid := allowed(t, r); len(valid) > 0 && !contains(valid, v) {
		return "none of " + enumerate(valid)
	}
	switch t.Kind {
	case model.Int, model.Uint, model.Float:
		return outOfBounds(r, string(v))
	case model.String:
		return misspelled(r, unquote(v))
	}
	return ""
}

func outOfBounds(r *model.Rules, v string) string {
	switch {
	case r.Minimum != "" && compare(v, r.Minimum) < 0:
		return "below minimum=" + r.Minimum
	case r.Maximum != "" && compare(v, r.Maximum) > 0:
		return "above maximum=" + r.Maximum
	case r.ExclusiveMinimum != "" && compare(v, r.ExclusiveMinimum) <= 0:
		return "not above exclusiveMinimum=" + r.ExclusiveMinimum
	case r.ExclusiveMaximum != "" && compare(v, r.ExclusiveMaximum) >= 0:
		return "not below exclusiveMaximum=" + r.ExclusiveMaximum
	case r.MultipleOf != "" && !divides(r.MultipleOf, v):
		return "no multiple of multipleOf=" + r.MultipleOf
	}
	return ""
}

func misspelled(r *model.Rules, v string) string {
	n := utf8.RuneCountInString(v)
	switch {
	case r.MinLength != nil && n < *r.MinLength:
		return fmt.Sprintf("shorter than minLength=%d", *r.MinLength)
	case r.MaxLength != nil && n > *r.MaxLength:
		return fmt.Sprintf("longer than maxLength=%d", *r.MaxLength)
	case r.Pattern != "" && !regexp.MustCompile(r.Pattern).MatchString(v):
		return "no match of pattern=" + r.Pattern
	}
	return ""
}

// compare orders two numbers that literal or measure has read.
func compare(a, b string) int { return exact(a).Cmp(exact(b)) }

func divides(step, v string) bool { return new(big.Rat).Quo(exact(v), exact(step)).IsInt() }

func exact(text string) *big.Rat {
	r, err := rational(text)
	if err != nil {
		panic(err) // it was read before
	}
	return r
}
