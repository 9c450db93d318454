package schema

import (
	"cmp"
	"go/token"
	"maps"
	"regexp"

	"github.com/invopop/jsonschema"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// profile is what a vendor's API takes as the parameters of a function, where that
// is less than JSON Schema. Clients hand the input schema of a tool on to such an
// API, which refuses the whole request for one keyword that it does not know.
//
// A profile changes what is said and not what is taken: the decoder goes on
// checking everything. What the API has no keyword for moves into the description,
// in words. A map becomes the text of a JSON object, which the decoder takes anyway,
// with the schema of that object in the description. What cannot be said at all, such
// as recursion for Gemini, is a diagnostic.
//
// Output schemas stay as they are: MCP clients check results against them as
// JSON Schema, and no API needs them to offer a tool.
type profile struct {
	name string
	// takes are the keywords of [rewordings] that the API knows, each with the
	// values of it that it knows.
	takes map[string]func(*jsonschema.Schema) bool
	// recursion says that the API knows $ref and $defs.
	recursion bool
	// alone says that the API takes no keyword beside anyOf.
	alone bool
	// shape rewrites structure. It sees a schema after the ones within it.
	shape func(*jsonschema.Schema)
	// toolName and argumentName are the names that the API takes; nil for any.
	toolName, argumentName *names
	// limits reports in words what exceeds the size that the API takes.
	limits func(*jsonschema.Schema) []string
}

// names are the names that an API takes.
type names struct {
	*regexp.Regexp
	words string
}

// profiles are those of //mcp:server profile=, but for the standard.
var profiles = []*profile{gemini, openai}

// profile is that of the package, nil for the standard.
func (b *builder) profile() *profile {
	if b.pkg.Server != nil {
		for _, p := range profiles {
			if p.name == b.pkg.Server.Profile {
				return p
			}
		}
	}
	return nil
}

// rewrite makes the arguments root, and what is defined for them, fit the profile.
func (d *document) rewrite(root *jsonschema.Schema) {
	p := d.user.profile
	if p == nil {
		return
	}
	for _, s := range d.defs {
		p.rewrite(s)
	}
	p.rewrite(root)
	if p.limits != nil {
		root.Definitions = d.defs
		for _, excess := range p.limits(root) {
			d.diags.Addf(d.user.pos, "the arguments of %s have %s under profile=%s", d.user.what, excess, p.name).
				Suggest("take fewer, or make two tools of it")
		}
	}
}

func (p *profile) rewrite(s *jsonschema.Schema) {
	if len(s.OneOf) > 0 { // which no profile has; the type beside it would ask for an object without members
		s.AnyOf, s.OneOf, s.Type = append(s.AnyOf, s.OneOf...), nil, ""
	}
	if openEnded(s) {
		inText(s)
	}
	if len(s.Extras) > 0 {
		s.Extras = map[string]any{} // not nil, which would make {} true
	}
	for part := range schemaParts(s) {
		p.rewrite(part)
	}
	p.shape(s)
	p.reword(s)
	if p.alone && len(s.AnyOf) > 0 {
		share(s)
	}
}

// share says of each alternative of s what is said of s itself.
func share(s *jsonschema.Schema) {
	for _, one := range s.AnyOf {
		one.Title = cmp.Or(one.Title, s.Title)
		one.Description = joined(s.Description, one.Description)
		if len(s.Extras) > 0 {
			one.Extras = maps.Clone(s.Extras)
		}
	}
	*s = jsonschema.Schema{AnyOf: s.AnyOf}
}

// schemaParts yields the schemas directly within s.
func schemaParts(s *jsonschema.Schema) func(yield func(*jsonschema.Schema) bool) {
	return func(yield func(*jsonschema.Schema) bool) {
		for pair := s.Properties.Oldest(); pair != nil; pair = pair.Next() {
			if !yield(pair.Value) {
				return
			}
		}
		if s.Items != nil && !yield(s.Items) {
			return
		}
		for _, one := range s.AnyOf {
			if !yield(one) {
				return
			}
		}
	}
}

// openEnded reports whether s is an object whose members have any names.
func openEnded(s *jsonschema.Schema) bool {
	return s.AdditionalProperties != nil && s.AdditionalProperties != jsonschema.FalseSchema
}

// inText makes s the text of what it was.
func inText(s *jsonschema.Schema) {
	inner := *s
	inner.Title, inner.Description, inner.Extras = "", "", nil
	*s = jsonschema.Schema{Type: "string", Title: s.Title, Description: s.Description}
	say(s, "The text of a JSON object with the schema "+spell(&inner))
}

// outOfProfile is why the profile has no schema for an argument of type t at that
// place. Within the text of a map there is more that can be said.
func (b *builder) outOfProfile(t *model.Type, as use, at place) *obstacle {
	p := b.user.profile
	if p == nil || as != argument {
		return nil
	}
	switch {
	case t.Kind == model.Optional && p == openai:
		return &obstacle{
			why: "profile=openai has null sent for what is left out, so unset and null are the same",
			fix: "take a pointer",
		}
	case !p.recursion && b.recursive(t):
		return &obstacle{
			why: "it contains itself, and profile=" + p.name + " has no schema for that",
			fix: "let it refer to others of its kind by name or number, or take its JSON as a string",
		}
	case at.text:
		return nil
	case t.Kind == model.Struct && len(members(t)) == 0 && !at.root() && !b.discriminated(at):
		// The Gemini API answers "properties: should be non-empty for OBJECT type", says a
		// user in https://github.com/vercel/ai/issues/3371. OpenAI's JsonSchemaValidator: "At
		// least one named property must be defined". Only of a tool without arguments both
		// clients leave out the schema, or send one of their own.
		return &obstacle{
			why: "profile=" + p.name + " has no schema for an object without members",
			fix: "take a bool, or give it a member",
		}
	case t.Kind == model.Map && b.user.strict:
		return &obstacle{
			why: "profile=" + p.name + " has maps sent as text, which a strict tool refuses",
			fix: "take a struct or a slice of structs, or leave out strict",
		}
	case t.Kind == model.Custom && t.ID != "math/big.Int":
		return &obstacle{
			why: "profile=" + p.name + " has no schema for any value",
			fix: "say what it is in JSON, in a row of a //mcp:types table, or take a struct",
		}
	case t.Kind == model.Any, t.Kind == model.Raw:
		return &obstacle{
			why: "profile=" + p.name + " has no schema for any value",
			fix: "take a struct, or a string that holds JSON",
		}
	}
	return nil
}

// profileNames reports names that the profile does not take: of the tool, and of
// its arguments.
func (b *builder) profileNames(t *model.Tool) {
	p := b.user.profile
	if p == nil {
		return
	}
	if !p.toolName.MatchString(t.ToolName) {
		b.diags.Addf(t.NamePos, "profile=%s does not take %s as the name of a tool", p.name, t.ToolName).
			Suggest("write //mcp:tool name=… with %s", p.toolName.words)
	}
	if p.argumentName == nil || t.Plan == nil {
		return
	}
	complain := func(name string, pos token.Position) {
		if !p.argumentName.MatchString(name) {
			b.diags.Addf(pos, "profile=%s does not take %s as the name of an argument", p.name, name).
				Suggest("use %s", p.argumentName.words)
		}
	}
	if in := t.Plan.Input; in.Struct != "" {
		for _, f := range members(b.typ(in.Struct)) {
			complain(f.Name, f.Pos)
		}
	}
	for _, param := range t.Plan.Input.Params {
		complain(param.Name, param.Pos)
	}
}
