package scan

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/packages"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// rows are those that one package sees: for each type its own, or else those of other
// packages.
type rows struct {
	unit       *unit
	all        map[model.TypeID][]*row
	wantFaulty bool // a row was asked for that has a mistake, or may be hidden by one
}

// visibleRows are the rows for the package: its own tables go first, then those of
// packages that are not main and that the rule of internal folders lets it import.
// What a row says of a schema is only read, so that it holds also where an import
// would make a circle; whether its functions can be called is found out by its use.
func (u *unit) visibleRows() *rows {
	v := &rows{unit: u, all: map[model.TypeID][]*row{}}
	for _, r := range u.rows {
		v.all[r.id] = append(v.all[r.id], r)
	}
	for _, other := range u.program.units {
		if other == u || other.folder.name == "main" || !mayImport(u.pkg.PkgPath, other.pkg.PkgPath) {
			continue
		}
		v.wantFaulty = v.wantFaulty || other.hidesRows()
		for _, r := range other.rows {
			if near := v.all[r.id]; len(near) == 0 || near[0].unit != u {
				v.all[r.id] = append(near, r)
			}
		}
	}
	return v
}

// hidesRows reports whether there may be more rows than were found.
func (u *unit) hidesRows() bool {
	return u.folder.tables && slices.ContainsFunc(u.pkg.Errors, func(e packages.Error) bool {
		return e.Kind == packages.ParseError
	})
}

// of is the row for a type, or nil. Where there are two, or one with a mistake, the
// type is described without it, and that is noted: nothing is generated then.
func (v *rows) of(t *typer, node *model.Type) *row {
	if v == nil || len(v.all[node.ID]) == 0 {
		return nil
	}
	found := v.all[node.ID]
	for _, r := range found {
		if r.faulty {
			v.wantFaulty = true
			return nil
		}
	}
	if len(found) > 1 {
		for _, r := range found {
			node.Tables = append(node.Tables, r.pos)
		}
	}
	return found[0]
}

// typer describes types as the package sees them, under these rows.
func (u *unit) typer(all model.Types, v *rows) *typer {
	return &typer{program: u.program, local: u.pkg.Types, types: all, rows: v,
		ids: map[types.Type]model.TypeID{}, known: map[model.TypeID]types.Type{}, mistakes: map[model.TypeID]*diag.List{}}
}

// tableModel are the package's own rows, for their keywords to be checked. It is nil
// without any.
func (u *unit) tableModel() *model.Table {
	if len(u.rows) == 0 {
		return nil
	}
	table := &model.Table{Types: model.Types{}}
	t := u.typer(table.Types, u.visibleRows())
	for _, r := range u.rows {
		if !r.faulty {
			table.Rows = append(table.Rows, t.id(r.typ))
		}
	}
	return table
}

// tabled describes a type that has a row.
func (t *typer) tabled(node *model.Type, typ types.Type, r *row) {
	node.Row = &model.Row{Doc: r.doc, Keywords: r.keywords, Pos: r.pos}
	if r.wire != nil {
		node.Kind, node.Elem = model.Mapped, typeID(r.wire) // before its parts, which may lead back to it
		own := t.itself(node)
		own.Row, own.Elem = nil, ""
		t.outline(own, typ)
		node.Row.Decode, node.Row.Encode = t.converter(r.decode), t.converter(r.encode)
		t.id(r.wire)
		return
	}
	t.form(node, typ)
	wire := wires["string"]
	switch {
	case node.Kind == model.Text:
	case (node.Kind == model.Custom || node.Kind == model.Raw) && r.json != nil:
		wire = wires[r.json.Value]
	default:
		return
	}
	own := t.itself(node)
	own.Row = nil
	node.Kind, node.Elem = model.Mapped, t.id(wire)
}

// itself adds a copy of node that stands for the type without its row.
func (t *typer) itself(node *model.Type) *model.Type {
	own := *node
	own.ID += " itself"
	node.Row.Own = own.ID
	t.types[own.ID] = &own
	return &own
}

// outline says of a type that is converted what Go code can ask a value of it. Its
// fields are nobody's business.
func (t *typer) outline(node *model.Type, typ types.Type) {
	if isStruct(typ) {
		node.Kind = model.Struct
		return
	}
	t.underlying(node, typ)
}

// converter is a row's function as the package calls it.
func (t *typer) converter(c *converter) *model.Converter {
	if c == nil {
		return nil
	}
	return &model.Converter{
		PkgPath: c.Pkg().Path(), PkgName: c.Pkg().Name(), Name: c.Name(), Err: c.err,
		Reason: t.rows.unit.uncallable(c.Func),
	}
}

// uncallable says why generated code of the package cannot call a function.
func (u *unit) uncallable(f *types.Func) string {
	pkg := f.Pkg()
	switch {
	case pkg == u.pkg.Types:
		return ""
	case !f.Exported():
		return "it is unexported in package " + pkg.Path()
	case pkg.Name() == "main" || !mayImport(u.pkg.PkgPath, pkg.Path()):
		return "package " + pkg.Path() + " cannot be imported"
	case u.importers()[u.program.all[pkg]]:
		return "package " + pkg.Path() + " imports this one"
	}
	return ""
}

// mapsKeys reports whether a type with a row can be the key of a map: what stands for
// it is text.
func (t *typer) mapsKeys(key *model.Type) bool {
	if own := t.types[key.Row.Own]; !key.Row.Converts() {
		return own.Kind == model.Text && own.Marshals && own.Unmarshals
	}
	return t.types[key.Elem] != nil && t.isKey(key.Elem)
}
