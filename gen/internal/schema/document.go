package schema

import (
	"cmp"

	"github.com/invopop/jsonschema"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// document is one schema in the making.
type document struct {
	*builder
	output bool // the schema is of a result: what may be null there says so
	defs   jsonschema.Definitions
	names  map[model.TypeID]string // of the types in defs
}

func (b *builder) document(output bool) *document {
	return &document{
		builder: b,
		output:  output,
		defs:    jsonschema.Definitions{},
		names:   map[model.TypeID]string{},
	}
}

// inputSchema describes the arguments of a function: always an object, in which
// nothing else may stand.
func (b *builder) inputSchema(in model.Input) string {
	d := b.document(false)
	root := d.arguments(in)
	d.rewrite(root)
	return d.render(root)
}

func (d *document) arguments(in model.Input) *jsonschema.Schema {
	if in.Struct != "" {
		return d.object(d.typ(in.Struct))
	}
	root := d.object(&model.Type{})
	for _, p := range in.Params {
		root.Properties.Set(p.Name, d.value(p.Type, p.Rules))
		if p.Rules.Required {
			root.Required = append(root.Required, p.Name)
		}
	}
	return root
}

// structuredSchema describes a struct, a pointer to one or a map, which are the
// structured content themselves.
func (b *builder) structuredSchema(id model.TypeID) string {
	d := b.document(true)
	return d.render(d.plain(b.target(id), &model.Rules{}))
}

// wrappedSchema describes {"result": value}.
func (b *builder) wrappedSchema(id model.TypeID) string {
	d := b.document(true)
	root := d.object(&model.Type{})
	root.Properties.Set("result", d.value(id, &model.Rules{}))
	root.Required = []string{"result"}
	return d.render(root)
}

// object describes the members of the struct t.
func (d *document) object(t *model.Type) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "object", Properties: jsonschema.NewProperties()}
	if !d.output {
		s.AdditionalProperties = jsonschema.FalseSchema
	}
	for _, f := range members(t) {
		s.Properties.Set(f.Name, d.member(f))
		if d.always(f) {
			s.Required = append(s.Required, f.Name)
		}
	}
	return s
}

// always reports whether f must be there: sent by the caller, or written by the
// generated encoder.
func (d *document) always(f *model.Field) bool {
	if d.output {
		return !f.OmitEmpty && !f.OmitZero && !throughPointer(f) && d.typ(f.Type).Kind != model.Optional
	}
	return d.fieldRules(f).Required
}

func (d *document) member(f *model.Field) *jsonschema.Schema {
	id, r := f.Type, d.fieldRules(f)
	orNull := d.output && d.pointer(id)
	if orNull && (f.OmitEmpty || f.OmitZero) {
		id, orNull = d.typ(id).Elem, false // nil is left out
	}
	switch {
	case f.Quoted && orNull:
		return nullable(d.quoted(id, r))
	case f.Quoted:
		return d.quoted(id, r)
	}
	return d.value(id, r)
}

// value describes a value of type id under r.
func (d *document) value(id model.TypeID, r *model.Rules) *jsonschema.Schema {
	t := d.typ(id)
	switch {
	case d.recursive(t):
		s := &jsonschema.Schema{Ref: d.reference(t), Description: r.Description}
		annotate(s, r)
		restrict(s, t, r)
		return s
	case t.Kind == model.Pointer && d.output, t.Nullable():
		return nullable(d.value(t.Elem, r))
	case t.Kind == model.Pointer:
		return d.value(t.Elem, r)
	case t.Kind == model.Mapped:
		return d.value(t.Elem, r.Over(d.rowRules(t)))
	}
	return d.full(t, r)
}

// full describes a value of type t under r, even where t has a name in $defs.
func (d *document) full(t *model.Type, r *model.Rules) *jsonschema.Schema {
	if t.Kind == model.Mapped {
		return d.value(t.Elem, r.Over(d.rowRules(t)))
	}
	r = r.Over(d.rowRules(t))
	s := d.plain(t, r)
	annotate(s, r)
	restrict(s, t, r)
	s.Description = describe(t, r)
	if t.Kind == model.Duration && s.Examples == nil {
		s.Examples = []any{"1m30s"}
	}
	return s
}

// nullable is s or null. What s says in words, and the default, moves to the outside.
func nullable(s *jsonschema.Schema) *jsonschema.Schema {
	if s.Type == "" && s.Ref == "" {
		return s // any value, or nullable already
	}
	outer := &jsonschema.Schema{
		Title:       s.Title,
		Description: s.Description,
		Default:     s.Default,
		AnyOf:       []*jsonschema.Schema{s, {Type: "null"}},
	}
	s.Title, s.Description, s.Default = "", "", nil
	return outer
}

// plain describes t by itself, with r for its elements.
func (d *document) plain(t *model.Type, r *model.Rules) *jsonschema.Schema {
	switch t.Kind {
	case model.Bool:
		return &jsonschema.Schema{Type: "boolean"}
	case model.Int, model.Uint:
		return sized(t)
	case model.Float, model.Number:
		return &jsonschema.Schema{Type: "number"}
	case model.String, model.Duration:
		return &jsonschema.Schema{Type: "string"}
	case model.Text:
		return &jsonschema.Schema{Type: "string", Format: t.Format}
	case model.Time:
		return &jsonschema.Schema{Type: "string", Format: "date-time"}
	case model.URL:
		return &jsonschema.Schema{Type: "string", Format: "uri-reference"}
	case model.Bytes:
		return &jsonschema.Schema{Type: "string", ContentEncoding: "base64"}
	case model.Slice, model.Array:
		return d.array(t, r.Items)
	case model.Map:
		return &jsonschema.Schema{Type: "object", AdditionalProperties: d.value(t.Elem, &model.Rules{})}
	case model.Struct:
		return d.object(t)
	case model.OneOf:
		return d.oneOf(t)
	case model.Big:
		if t.Name == "Int" {
			return &jsonschema.Schema{Type: "integer"}
		}
		return &jsonschema.Schema{Type: "string"}
	}
	return anyValue()
}

// anyValue is the schema of everything, as {} rather than true, which some
// clients cannot read in the place of a schema.
func anyValue() *jsonschema.Schema {
	return &jsonschema.Schema{Extras: map[string]any{}} // keeps invopop from writing true
}

func (d *document) array(t *model.Type, items *model.Rules) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "array", Items: d.value(t.Elem, cmp.Or(items, &model.Rules{}))}
	if t.Kind == model.Array {
		n := uint64(t.Len)
		s.MinItems, s.MaxItems = &n, &n
	}
	return s
}
