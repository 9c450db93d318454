// Package localnames declares what generated functions call their parameters and
// variables.
package localnames

// Types named so.
type (
	v    struct{ D d }
	d    string
	e    []v
	name int
)

// call is called by a generated function that has a parameter of that name.
//
//mcp:tool
func call(in v) e { return e{in} }

// out gives what a generated function keeps in a variable of that name.
//
//mcp:tool
func out(d d, err name) name { return name(len(d)) + err }

type scope struct{ s name }

//mcp:provide scope=server
func ctx() *scope { return &scope{4} }

// err is called where a generated function has an error.
//
//mcp:tool
func err(deps name, scope *scope) name { return scope.s + deps }
