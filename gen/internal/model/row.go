package model

import (
	"cmp"
	"go/token"
	"slices"
)

// Row is what a //mcp:types table says of one type, as one package sees it.
type Row struct {
	// Own is the type without its row, where values of it look in JSON as another
	// type does: how it is written in Go, and what methods it has.
	Own TypeID `json:",omitempty"`
	// Decode and Encode convert from and to the type that values look like in JSON.
	// Without either, a Mapped type reads and writes itself, and what it looks like is
	// only checked and told.
	Decode, Encode *Converter `json:",omitempty"`

	Doc      string
	Keywords []Keyword      `json:",omitempty"` // of the jsonschema tag, without type=
	Pos      token.Position // of the blank field
	Rules    *Rules         `json:",omitempty"` // from schema
}

// Table is what the //mcp:types tables of one package say. Its types are a world of
// their own: what the package itself has no use for must not show in its file.
type Table struct {
	Types Types
	Rows  []TypeID // types with a [Row], in source order
}

// Converts reports whether functions stand between the type and its JSON.
func (r *Row) Converts() bool { return r.Decode != nil || r.Encode != nil }

// Converter is a function of the user that makes one type of another.
type Converter struct {
	PkgPath, PkgName, Name string
	Err                    bool // returns an error, too
	// Reason says why the package cannot call it, in words such as "it is unexported".
	Reason string `json:",omitempty"`
}

// Over is what r and base say together of one value: base holds for all values of a
// type, and r for one of them. It is r without a base.
func (r *Rules) Over(base *Rules) *Rules {
	switch {
	case base == nil:
		return r
	case r == nil:
		return base
	}
	both := *r
	both.Title, both.Description = cmp.Or(r.Title, base.Title), cmp.Or(r.Description, base.Description)
	both.Pattern, both.Format = cmp.Or(r.Pattern, base.Pattern), cmp.Or(r.Format, base.Format)
	both.MultipleOf = cmp.Or(r.MultipleOf, base.MultipleOf)
	if r.Minimum == "" && r.ExclusiveMinimum == "" {
		both.Minimum, both.ExclusiveMinimum = base.Minimum, base.ExclusiveMinimum
	}
	if r.Maximum == "" && r.ExclusiveMaximum == "" {
		both.Maximum, both.ExclusiveMaximum = base.Maximum, base.ExclusiveMaximum
	}
	both.MinLength, both.MaxLength = cmp.Or(r.MinLength, base.MinLength), cmp.Or(r.MaxLength, base.MaxLength)
	both.MinItems, both.MaxItems = cmp.Or(r.MinItems, base.MinItems), cmp.Or(r.MaxItems, base.MaxItems)
	both.MinProperties, both.MaxProperties = cmp.Or(r.MinProperties, base.MinProperties), cmp.Or(r.MaxProperties, base.MaxProperties)
	both.UniqueItems = r.UniqueItems || base.UniqueItems
	both.ReadOnly = r.ReadOnly || base.ReadOnly
	both.WriteOnly = r.WriteOnly || base.WriteOnly
	both.Deprecated = r.Deprecated || base.Deprecated
	if len(r.Enum) == 0 {
		both.Enum = base.Enum
	}
	if len(r.Examples) == 0 {
		both.Examples = base.Examples
	}
	both.Extras = r.extrasOver(base)
	both.Items = r.Items.Over(base.Items)
	return &both
}

func (r *Rules) extrasOver(base *Rules) []Extra {
	all := r.Extras
	for _, extra := range base.Extras {
		if !slices.ContainsFunc(r.Extras, func(e Extra) bool { return e.Key == extra.Key }) {
			all = append(all[:len(all):len(all)], extra)
		}
	}
	return all
}

// Restricts reports whether r has the decoder check anything of a value.
func (r *Rules) Restricts() bool {
	if r == nil {
		return false
	}
	texts := r.Minimum + r.Maximum + r.ExclusiveMinimum + r.ExclusiveMaximum + r.MultipleOf + r.Pattern + r.Format
	return texts != "" || r.UniqueItems || len(r.Enum) > 0 || r.Items.Restricts() ||
		cmp.Or(r.MinLength, r.MaxLength, r.MinItems, r.MaxItems, r.MinProperties, r.MaxProperties) != nil
}

// OfItems are the rules of the elements, nil without any.
func (r *Rules) OfItems() *Rules {
	if r == nil {
		return nil
	}
	return r.Items
}
