package schema

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// written are the schema keywords that the generator answers for. Passed through
// as an extra, one would stand in the schema twice, or promise what the generated
// decoder does not do.
var written = strings.Fields(`
	$schema $id $anchor $ref $dynamicRef $dynamicAnchor $defs $vocabulary
	allOf anyOf oneOf not if then else dependentSchemas dependentRequired
	prefixItems items contains properties patternProperties additionalProperties
	propertyNames unevaluatedItems unevaluatedProperties minContains maxContains
	type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum
	maxLength minLength pattern maxItems minItems uniqueItems maxProperties
	minProperties required format contentEncoding contentMediaType contentSchema
	title description default deprecated readOnly writeOnly examples`)

// extra takes in one keyword of jsonschema_extras. As in invopop's grammar true
// and false are booleans, all else is text, and a repeated key makes a list.
func (c *claims) extra(key string, k model.Keyword) {
	switch _, ours := lookup(key); {
	case ours:
		c.diags.Addf(k.Pos, "%s is no extra", key).Suggest("write %s in the jsonschema tag", key)
		return
	case slices.Contains(written, key):
		c.diags.Addf(k.Pos, "%s cannot be an extra: the generator writes it, to match the decoder", key).
			Suggest("leave it out, or use a key of your own such as x-%s", key)
		return
	case key == "" || !k.HasValue:
		c.diags.Addf(k.Pos, "an extra is a key and a value").Suggest("write key=value")
		return
	}
	v := quote(k.Value)
	if k.Value == "true" || k.Value == "false" {
		v = json.RawMessage(k.Value)
	}
	r := c.rules
	i := slices.IndexFunc(r.Extras, func(e model.Extra) bool { return e.Key == key })
	if i < 0 {
		r.Extras = append(r.Extras, model.Extra{Key: key, Value: v})
		return
	}
	if old := &r.Extras[i]; old.Value[0] == '[' {
		old.Value = list(append(elements(old.Value), v))
	} else {
		old.Value = list([]json.RawMessage{old.Value, v})
	}
}
