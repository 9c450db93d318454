package scan

import (
	"fmt"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/directive"
)

// lookup finds the type that arg names, in the package or in one that the file
// imports.
func (c *closer) lookup(arg directive.Arg) *types.TypeName {
	written, generic, _ := strings.Cut(strings.TrimPrefix(arg.Key, "*"), "[")
	if generic != "" {
		c.mistakes.Addf(arg.Pos, "%s is an instance of a generic type, which //mcp:oneof cannot name", arg.Key).
			Suggest("declare a struct that embeds it, and name that")
		return nil
	}
	scope := c.name.Pkg().Scope()
	qualifier, short, qualified := strings.Cut(written, ".")
	if qualified {
		imported := c.imported(qualifier)
		if imported == nil {
			c.mistakes.Addf(arg.Pos, "no package %s is imported in this file", qualifier).Suggest("import it")
			return nil
		}
		scope, written = imported.Scope(), short
	}
	name, ok := scope.Lookup(written).(*types.TypeName)
	if ok && qualified && !name.Exported() {
		c.mistakes.Addf(arg.Pos, "%s is unexported", arg.Key).Suggest("export it")
		return nil
	}
	if !ok {
		c.mistakes.Addf(arg.Pos, "unknown type %s", strings.TrimPrefix(arg.Key, "*")).Suggest("%s", c.unknown(arg, qualifier, qualified, scope))
		return nil
	}
	return name
}

// imported is the package that the file knows by that name.
func (c *closer) imported(name string) *types.Package {
	loaded := c.program.all[c.name.Pkg()]
	for _, spec := range c.file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil || loaded == nil || loaded.Imports[path] == nil || loaded.Imports[path].Types == nil {
			continue
		}
		pkg := loaded.Imports[path].Types
		if spec.Name == nil && pkg.Name() == name || spec.Name != nil && spec.Name.Name == name {
			return pkg
		}
	}
	return nil
}

// unknown says what may be meant by the name of no type.
func (c *closer) unknown(arg directive.Arg, qualifier string, qualified bool, scope *types.Scope) string {
	prefix := ""
	if qualified {
		prefix = qualifier + "."
	}
	var names []string
	for _, name := range scope.Names() {
		if t, ok := scope.Lookup(name).(*types.TypeName); ok && isStruct(t.Type()) && (!qualified || t.Exported()) {
			names = append(names, prefix+name)
		}
	}
	if arg.HasValue {
		names = append(names, "discriminator")
	}
	return c.instead(diag.Nearest(strings.TrimPrefix(arg.Key, "*"), names))
}

// instead says what to write: the nearest name, or what there is.
func (c *closer) instead(nearest string) string {
	if nearest != "" {
		return "write " + nearest
	}
	var names []string
	scope := c.name.Pkg().Scope()
	for _, name := range scope.Names() {
		t, ok := scope.Lookup(name).(*types.TypeName)
		if ok && c.fits(t) {
			names = append(names, name)
		}
	}
	if len(names) == 0 || c.methods().Empty() {
		return "name the structs that it may be, as in //mcp:oneof Circle Square"
	}
	return fmt.Sprintf("the structs that implement %s: %s", c.name.Name(), strings.Join(names, ", "))
}

// fits reports whether a type could be a variant.
func (c *closer) fits(name *types.TypeName) bool {
	named, ok := name.Type().(*types.Named)
	return ok && isStruct(named) && named.TypeParams() == nil && !opaque(named) &&
		types.Implements(types.NewPointer(named), c.methods())
}

func (c *closer) methods() *types.Interface { return c.name.Type().Underlying().(*types.Interface) }

// holds is the type as the interface holds it: a pointer where only that implements
// the interface, or where the directive has a star. It is nil if neither does.
func (c *closer) holds(arg directive.Arg, name *types.TypeName) types.Type {
	typ := types.Unalias(name.Type())
	named, ok := typ.(*types.Named)
	switch {
	case !ok || !isStruct(typ):
		c.mistakes.Addf(arg.Pos, "%s is no struct, and only an object has room for %q", arg.Key, c.discriminator.Name).
			Suggest("make it a struct with a field for the value")
		return nil
	case named.TypeParams() != nil:
		c.mistakes.Addf(arg.Pos, "%s is generic, and //mcp:oneof cannot name its instances", arg.Key).
			Suggest("declare a struct that embeds the instance, and name that")
		return nil
	case opaque(named):
		c.mistakes.Addf(arg.Pos, "%s says itself what it looks like in JSON, which has no room for %q", arg.Key, c.discriminator.Name).
			Suggest("make it a field of a struct, and name that")
		return nil
	}
	pointer := types.NewPointer(typ)
	if !strings.HasPrefix(arg.Key, "*") && types.Implements(typ, c.methods()) {
		return typ
	}
	if method, wrong := types.MissingMethod(pointer, c.methods(), true); method != nil {
		c.missing(arg, method, wrong)
		return nil
	}
	return pointer
}

// opaque reports whether values of a struct type are no objects with a member for
// each field.
func opaque(t *types.Named) bool {
	if _, ok := special[string(typeID(t))]; ok {
		return true
	}
	if pkg := t.Obj().Pkg(); pkg != nil && slices.Contains([]string{runtimePath, codecPath, "database/sql"}, pkg.Path()) {
		return true
	}
	return slices.ContainsFunc([]*types.Interface{jsonMarshaler, jsonUnmarshaler, textMarshaler, textUnmarshaler},
		func(i *types.Interface) bool { return implements(t, i) })
}

// missing reports a type that lacks a method of the interface, or has another of
// that name.
func (c *closer) missing(arg directive.Arg, method *types.Func, wrong bool) {
	if invalid(method.Type()) {
		return // a type error says so
	}
	signature := method.Name() + strings.TrimPrefix(c.spell(method.Type()), "func")
	why := "it has no method " + signature
	if wrong {
		why = "its method " + method.Name() + " is not " + signature
	}
	c.mistakes.Addf(arg.Pos, "%s does not implement %s: %s", strings.TrimPrefix(arg.Key, "*"), c.name.Name(), why).
		Needs(c.program.pos(method.Pos()), "%s asks for it", c.name.Name()).
		Suggest("give %s the method, or leave it out here", strings.TrimPrefix(arg.Key, "*"))
}

// spell writes a type as the package of the interface would.
func (c *closer) spell(t types.Type) string { return types.TypeString(t, relativeTo(c.name.Pkg())) }
