package schema

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/invopop/jsonschema"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// forms describes what people are asked to fill in: a flat object, in the part of
// JSON Schema that client/elicitation of the specification allows.
func (b *builder) forms() {
	b.pkg.Forms = map[model.TypeID]string{}
	for _, t := range b.pkg.Tools {
		b.formsOf(&t.Func, "tool "+t.ToolName, t.Plan)
	}
	for _, r := range b.pkg.Resources {
		b.formsOf(&r.Func, "resource "+r.ResourceName, r.Plan)
	}
	for _, pr := range b.pkg.Prompts {
		b.formsOf(&pr.Func, "prompt "+pr.PromptName, pr.Plan)
	}
	for _, p := range b.pkg.Providers {
		if p.Own {
			b.formsIn(&p.Func, "provider "+p.Name, p.Params)
		}
	}
}

// formsOf describes what is asked for while f is called.
func (b *builder) formsOf(f *model.Func, what string, plan *model.Plan) {
	b.formsIn(f, what, f.Params)
	if plan == nil {
		return
	}
	for _, field := range plan.Fields {
		if p := field.Source.Param; p != nil {
			b.formsIn(f, what, []*model.Param{p})
		}
	}
	for _, step := range plan.Steps {
		if !step.Provider.Own {
			b.formsIn(f, what, step.Provider.Params)
		}
	}
}

// formsIn describes what the parameters of f ask for, each type once.
func (b *builder) formsIn(f *model.Func, what string, params []*model.Param) {
	for _, p := range params {
		id, ok := b.typ(p.Type).Asked()
		if _, known := b.pkg.Forms[id]; !ok || known {
			continue
		}
		b.user = user{what: what, pos: f.Pos}
		b.pkg.Forms[id] = b.form(id, p)
	}
}

func (b *builder) form(id model.TypeID, p *model.Param) string {
	t := b.typ(id)
	if t.Kind != model.Struct {
		b.diags.Addf(p.Pos, "nobody can be asked for %s: a form is a struct", b.pkg.Spell(id)).
			Suggest("declare a struct type with a field for each thing to fill in, and write runtime.Ask of that")
		return ""
	}
	b.reach(id, argument, place{path: cmp.Or(t.Name, p.Name), pos: p.Pos})
	d := b.document(false)
	root := &jsonschema.Schema{Type: "object", Properties: jsonschema.NewProperties()}
	for _, f := range t.Fields {
		if b.refused[f] {
			continue // reach has said why
		}
		if no := b.outOfForm(f); no != nil {
			b.diags.Addf(typePos(f), "%s.%s cannot be part of a form: %s", cmp.Or(t.Name, p.Name), f.GoName, no.why).
				Needs(b.user.pos, "asked for by %s", b.user.what).
				Suggest("%s", no.fix)
			continue
		}
		b.formKeywords(f)
		r := b.fieldRules(f)
		root.Properties.Set(f.Name, d.formField(b.target(f.Type), r))
		if r.Required {
			root.Required = append(root.Required, f.Name)
		}
	}
	return d.render(root)
}

// outOfForm says why the field f cannot be filled in by a person.
func (b *builder) outOfForm(f *model.Field) *obstacle {
	t := b.target(f.Type)
	switch {
	case f.Inject:
		return &obstacle{why: "a person fills it in, and it is injected", fix: "take the dependency as a parameter of the function"}
	case b.typ(f.Type).Nullable():
		return &obstacle{why: "a form has no null", fix: "use a pointer or omitempty for what may be left empty"}
	case f.Quoted:
		return &obstacle{why: "what is filled in is no JSON in a string", fix: "leave out the option string of its json tag"}
	}
	switch t.Kind {
	case model.Struct, model.Map:
		return &obstacle{why: "forms are flat", fix: "put its fields into the form itself, or ask a second question"}
	case model.Slice:
		if elem := b.typ(t.Elem); elem.Kind == model.String && len(allowed(elem, cmp.Or(b.fieldRules(f).Items, &model.Rules{}))) > 0 {
			return nil
		}
		return &obstacle{why: "a list in a form is a choice of several texts", fix: "make it a slice of a string type with constants, or tag it `jsonschema:\"enum=…\"`"}
	case model.Int, model.Uint, model.Float, model.Bool:
		if len(allowed(t, b.fieldRules(f))) > 0 {
			return &obstacle{why: "a choice in a form is one of texts", fix: "give it a string type with constants"}
		}
		return nil
	case model.String, model.Text, model.Time, model.Duration, model.URL:
		return nil
	}
	return &obstacle{why: "a form has texts, numbers, booleans and choices", fix: "use a string and read it in the function"}
}

// formWords are the keywords that a form can tell its reader.
var formWords = []string{
	"title", "description", "required", "default", "enum", "const",
	"minimum", "maximum", "minLength", "maxLength", "format", "minItems", "maxItems",
}

// enumNames is the keyword by which choices had titles before they had them as
// JSON Schema has them. Clients that only know this one can still be served, by
// jsonschema_extras.
const enumNames = "enumNames"

// formFormats are the formats that clients know.
var formFormats = []string{"email", "uri", "date", "date-time"}

// formKeywords reports what a tag says that a form cannot tell its reader, who
// would learn of it when it is too late.
func (b *builder) formKeywords(f *model.Field) {
	for _, k := range f.Keywords {
		switch {
		case k.Key == "extras:"+enumNames && len(b.fieldRules(f).Enum) > 0:
		case !slices.Contains(formWords, k.Key):
			b.diags.Addf(k.Pos, "%s has no place in a form", strings.TrimPrefix(k.Key, "extras:")).
				Needs(b.user.pos, "asked for by %s", b.user.what).
				Suggest("say it in the comment on the field, check it in the function and ask again")
		case k.Key == "format" && !slices.Contains(formFormats, k.Value):
			b.diags.Addf(valuePos(k), "a form has no format %s", k.Value).
				Needs(b.user.pos, "asked for by %s", b.user.what).
				Suggest("what clients know: %s", strings.Join(formFormats, ", "))
		}
	}
}

// formField describes one field of a form.
func (d *document) formField(t *model.Type, r *model.Rules) *jsonschema.Schema {
	s := &jsonschema.Schema{Title: r.Title, Description: cmp.Or(r.Description, comment(t))}
	if r.Default != nil {
		s.Default = r.Default
	}
	switch t.Kind {
	case model.Slice:
		s.Type = "array"
		set(&s.MinItems, r.MinItems)
		set(&s.MaxItems, r.MaxItems)
		s.Items = &jsonschema.Schema{}
		items := cmp.Or(r.Items, &model.Rules{})
		elem := d.typ(t.Elem)
		if titled := titles(elem, items); titled != nil {
			s.Items.AnyOf = titled
			return s
		}
		s.Items.Type, s.Items.Enum = "string", values(allowed(elem, items))
		return s
	case model.Bool:
		s.Type = "boolean"
		return s
	case model.Float, model.Int, model.Uint:
		bounds := d.plain(t, r)
		s.Type, s.Minimum, s.Maximum = bounds.Type, bounds.Minimum, bounds.Maximum
		if r.Minimum != "" {
			s.Minimum = json.Number(r.Minimum)
		}
		if r.Maximum != "" {
			s.Maximum = json.Number(r.Maximum)
		}
		return s
	}
	s.Type = "string"
	if titled := titles(t, r); titled != nil {
		s.OneOf = titled
		return s
	}
	s.Enum = values(allowed(t, r))
	for _, extra := range r.Extras {
		if extra.Key == enumNames {
			s.Extras = map[string]any{enumNames: extra.Value}
		}
	}
	set(&s.MinLength, r.MinLength)
	set(&s.MaxLength, r.MaxLength)
	switch t.Kind {
	case model.Time:
		s.Format = "date-time"
	case model.URL:
		s.Format = "uri"
	case model.String:
		s.Format = r.Format
	}
	return s
}

// titles are the constants of t that r allows, as choices with the comments on
// them as titles. There are none if no constant has a comment, or if one is empty,
// which clients do not take for a choice with a title.
func titles(t *model.Type, r *model.Rules) []*jsonschema.Schema {
	var choices []*jsonschema.Schema
	commented := false
	for _, e := range t.Enum {
		value := unquote(e.Value)
		if !contains(allowed(t, r), e.Value) {
			continue
		}
		if value == "" {
			return nil
		}
		title := strings.TrimSuffix(strings.Join(strings.Fields(e.Doc), " "), ".")
		commented = commented || title != ""
		choices = append(choices, &jsonschema.Schema{Const: value, Title: cmp.Or(title, value)})
	}
	if !commented {
		return nil
	}
	return choices
}
