package emit

import (
	"go/doc"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// namer gives out identifiers that are free in one Go block.
type namer struct {
	outer *namer // of the block around it, whose names must not be hidden
	taken map[string]bool
}

// newNamer reserves names, besides Go's own.
func newNamer(names ...string) *namer {
	n := &namer{taken: make(map[string]bool, len(names))}
	for _, name := range names {
		n.taken[name] = true
	}
	return n
}

// inner is a namer for a block inside this one.
func (n *namer) inner(names ...string) *namer {
	in := newNamer(names...)
	in.outer = n
	return in
}

// name returns want, or want with the first free number, and takes it.
func (n *namer) name(want string) string {
	name := want
	for i := 2; !n.free(name); i++ {
		name = want + strconv.Itoa(i)
	}
	n.taken[name] = true
	return name
}

func (n *namer) free(name string) bool {
	for block := n; block != nil; block = block.outer {
		if block.taken[name] {
			return false
		}
	}
	return !token.IsKeyword(name) && !doc.IsPredeclared(name)
}

// id is a parameter or a variable of a generated function: the name as given,
// unless the package block has it for something that the function may need.
func (e *emitter) id(name string) *jen.Statement { return jen.Id(e.local(name)) }

func (e *emitter) local(name string) string {
	if _, known := e.locals[name]; !known {
		e.locals[name] = e.names.inner().name(name)
	}
	return e.locals[name]
}

// lower makes an identifier start in lower case: DB is db, HTTPClient httpClient.
func lower(name string) string {
	runes := []rune(name)
	for i := range runes {
		if i > 0 && i+1 < len(runes) && unicode.IsLower(runes[i+1]) {
			break
		}
		if !unicode.IsUpper(runes[i]) {
			break
		}
		runes[i] = unicode.ToLower(runes[i])
	}
	return string(runes)
}

// upper makes an identifier start in upper case, to stand behind a verb.
func upper(name string) string {
	runes := []rune(strings.TrimLeft(name, "_"))
	if len(runes) == 0 {
		return "X"
	}
	runes[0] = unicode.ToUpper(runes[0])
	return string(runes)
}

// identifier makes the name of a JSON member one of Go: from is from, first-name
// firstName.
func identifier(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	out := ""
	for _, word := range words {
		out += upper(word)
	}
	if out == "" || !unicode.IsLetter([]rune(out)[0]) {
		return "value" + out
	}
	return lower(out)
}

// short names a type in an identifier: Filter, PageItem, StringList, CountByName.
func (e *emitter) short(id model.TypeID) string {
	t := e.pkg.Types[id]
	if t.Name != "" {
		name := upper(t.Name)
		for _, arg := range t.Args {
			name += e.short(arg)
		}
		return name
	}
	switch t.Kind {
	case model.Pointer:
		return e.short(t.Elem)
	case model.Slice, model.Array:
		return e.short(t.Elem) + "List"
	case model.Map:
		return e.short(t.Elem) + "Map"
	case model.Struct, model.Interface:
		if owner, ok := e.owners[id]; ok {
			return e.short(owner.id) + upper(owner.field)
		}
		return "Value"
	}
	return upper(string(t.Kind))
}

// owner is the field that an unnamed struct type was written for.
type owner struct {
	id    model.TypeID
	field string
}

// findOwners names unnamed struct types by the first field that has them.
func findOwners(types model.Types) map[model.TypeID]owner {
	owners := map[model.TypeID]owner{}
	for _, id := range slices.Sorted(maps.Keys(types)) {
		for _, field := range types[id].Fields {
			t := types[field.Type]
			for t.Name == "" && t.Elem != "" {
				t = types[t.Elem]
			}
			if _, known := owners[t.ID]; !known && t.Name == "" && t.Kind == model.Struct {
				owners[t.ID] = owner{id, field.GoName}
			}
		}
	}
	return owners
}

// typed names the function that does something with a type: decodeFilter, or
// decodeGeoFilter where another package's Filter comes second.
func (e *emitter) typed(verb string, id model.TypeID) string {
	t := e.pkg.Types[id]
	if name := verb + e.short(id); t.PkgPath == "" || t.PkgPath == e.pkg.Path || e.names.free(name) {
		return e.names.name(name)
	}
	return e.names.name(verb + upper(t.PkgName) + e.short(id))
}

// variable names a value of a type: db for *DB, store for Store, and s for a
// type that is called store itself.
func (e *emitter) variable(in *namer, id model.TypeID) string {
	name := lower(e.short(id))
	if in.free(name) {
		return in.name(name)
	}
	first, _ := utf8.DecodeRuneInString(name)
	return in.name(string(first))
}

// function names a function of the user in an identifier: Search, or
// ServiceSearch for a method.
func (e *emitter) function(f *model.Func) string {
	if f.Recv != nil {
		return e.short(f.Recv.Type) + upper(f.Name)
	}
	return upper(f.Name)
}
