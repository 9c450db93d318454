package model

// Plan is how generated code calls one function: the values to provide, in
// order, and where each argument comes from. Resolve makes it.
type Plan struct {
	// Input says what the caller's arguments are.
	Input Input
	// Steps open the call-scoped dependencies, each once, in an order in which
	// every step finds what it needs.
	Steps []Step `json:",omitempty"`
	// Recv is where a method's receiver comes from.
	Recv *Source `json:",omitempty"`
	// Args has one source for each parameter of the function.
	Args []Source
	// Fields has one source for each `mcp:"inject"` field of the argument struct.
	Fields []FieldSource `json:",omitempty"`
}

// Input is the argument side of a function: one struct, plain parameters, or nothing.
type Input struct {
	Struct TypeID   `json:",omitempty"` // the one struct of arguments
	Params []*Param `json:",omitempty"` // plain parameters, in order
}

// None reports whether the function takes no arguments from the caller.
func (in Input) None() bool { return in.Struct == "" && len(in.Params) == 0 }

// Step provides one value.
type Step struct {
	Provider *Provider
	Args     []Source // one for each of the provider's parameters
}

// SourceKind says where a value comes from.
type SourceKind string

// The kinds of sources.
const (
	FromContext  SourceKind = "context"  // the context of the call, or of the start
	FromCall     SourceKind = "call"     // *runtime.Call
	FromProgress SourceKind = "progress" // runtime.Progress
	FromLogger   SourceKind = "logger"   // *slog.Logger
	FromHeader   SourceKind = "header"   // http.Header of the request
	FromAsk      SourceKind = "ask"      // runtime.Ask of a form
	FromToken    SourceKind = "token"    // *auth.TokenInfo of the caller
	FromCatalog  SourceKind = "catalog"  // *runtime.Catalog
	FromClient   SourceKind = "client"   // runtime.ClientLogger
	FromInput    SourceKind = "input"    // the argument struct, or the plain parameter of this name
	FromDeps     SourceKind = "deps"     // a field of the //mcp:deps struct, or all of it when Field is ""
	FromServer   SourceKind = "server"   // a server-scoped provider
	FromStep     SourceKind = "step"     // a call-scoped provider, opened by an earlier step
)

// Source is where one argument comes from.
type Source struct {
	Kind     SourceKind
	Provider string `json:",omitempty"` // of FromServer and FromStep: Provider.ID
	Field    string `json:",omitempty"` // of FromDeps
	Param    *Param `json:",omitempty"` // of FromInput with plain parameters, and of FromAsk
	// Bind is the interface type that the parameter asks for, where it differs
	// from the provided type: the point where a test may put another implementation.
	Bind TypeID `json:",omitempty"`
}

// FieldSource fills one injected field of the argument struct.
type FieldSource struct {
	Field  *Field
	Source Source
}
