// Package model is what the stages of the generator hand to each other: plain
// data, without go/types and without generated code, printable as JSON.
//
// Scan fills it from Go source, resolve adds the call plans, schema adds the
// rules of every value, and emit reads it. Types refer to each other by [TypeID],
// never by pointer, so a recursive type is as plain as any other.
package model

import "go/token"

// Package is one Go package that holds directives, with everything that
// generating its file needs.
type Package struct {
	Path string // import path
	Name string // package name
	Dir  string // absolute directory

	Server    *Server `json:",omitempty"` // from //mcp:server
	Deps      *Deps   `json:",omitempty"` // from //mcp:deps
	Tools     []*Tool // in source order: by file name, then by position
	Resources []*Resource
	Prompts   []*Prompt
	Tokens    int // those of all tools

	Completions []*Completion `json:",omitempty"`

	// Providers are all that the package can see: its own first, then those of
	// other packages of the module that it may import, by package path.
	Providers []*Provider
	// Faulty are the types of visible providers that have a mistake, which is reported
	// where it stands: nothing more is to be said of who needs one.
	Faulty []TypeID `json:",omitempty"`
	// Implements lists, for every interface type that a parameter of the package
	// or of a visible provider asks for, the provided types that satisfy it, sorted.
	Implements map[TypeID][]TypeID

	Types Types
	// Table is nil without a //mcp:types table in the package itself.
	Table *Table `json:",omitempty"`
	// Declared holds the names that the package block already uses, without those
	// of the generated file; generated declarations must differ from them.
	Declared []string
	// Unexposed are exported methods of types that have tool methods, with
	// neither a directive nor //mcp:skip.
	Unexposed []*Func `json:",omitempty"`

	// Forms has, for every type that a person is asked to fill in, the schema of the
	// form: indented JSON. From schema.
	Forms map[TypeID]string `json:",omitempty"`

	// Open has the server-scoped dependencies that the package needs, in the order
	// in which they open. Resolve fills it.
	Open []Step `json:",omitempty"`
}

// Empty reports whether the package has nothing to register. A package that
// only holds providers is empty: it gets no generated file.
func (p *Package) Empty() bool {
	return len(p.Tools) == 0 && len(p.Resources) == 0 && len(p.Prompts) == 0
}

// Server is //mcp:server: what the package says about the whole server.
type Server struct {
	Name, Version, Title, Instructions string
	Tasks                              string // default of Tool.Task: "", "false", "true", "optional" or "required"
	Profile                            string // of the input schemas: "standard", "gemini" or "openai"
	Pos                                token.Position
}

// Deps is the struct marked //mcp:deps, handed to the generated Register by the
// existing program.
type Deps struct {
	Type   TypeID
	Fields []*DepsField // exported fields only
	Pos    token.Position
}

// DepsField is one exported field of the //mcp:deps struct: a source of its type.
type DepsField struct {
	Name string
	Type TypeID
	Pos  token.Position
}

// Func is a function or method of the user that generated code calls.
type Func struct {
	PkgPath, PkgName string
	Name             string
	Recv             *Param         `json:",omitempty"` // receiver of a method; a dependency like any other
	Params           []*Param       // in order, the context included
	Result           TypeID         `json:",omitempty"` // "" for none
	ResultPos        token.Position // of the result's type; zero without one
	Err              bool           // the last result is an error
	Doc              string         // doc comment as a description: without directives and without the leading name
	Pos              token.Position
}

// Param is a parameter of a [Func].
type Param struct {
	Name string // "" or "_" when unnamed
	Type TypeID
	Pos  token.Position // of the name, or of the type when there is none
	// Keywords come from //mcp:param, for plain parameters.
	Keywords []Keyword `json:",omitempty"`
	// Rules are filled in by schema for parameters that are arguments.
	Rules *Rules `json:",omitempty"`
}

// Tool is a function marked //mcp:tool.
type Tool struct {
	Func
	ToolName string
	Title    string

	Task               string // "", "false", "true", "optional" or "required"; never "" after scan
	AskBefore          bool
	TTL, Poll, Timeout string // Go durations such as "1h", or ""
	Retries            int
	ReadOnly           *bool `json:",omitempty"`
	Destructive        *bool `json:",omitempty"`
	Idempotent         *bool `json:",omitempty"`
	OpenWorld          *bool `json:",omitempty"`
	Strict             bool
	Icon               string
	Scopes             []string
	Plan               *Plan `json:",omitempty"` // from resolve
	// NullIsAbsent says that the schema has callers send null for an optional
	// argument. From schema.
	NullIsAbsent bool        `json:",omitempty"`
	SchemaFile   *SchemaFile `json:",omitempty"` // the user's own input schema
	InputSchema  string      `json:",omitempty"` // from schema: JSON
	OutputSchema string      `json:",omitempty"` // from schema: "" when the result is no structured content
	Tokens       int         // from schema: about how much of a model's context the tool takes up
	DirectivePos token.Position
	NamePos      token.Position // of the name= value, or of the function's name
}

// SchemaFile is a file that holds the input schema of a tool.
type SchemaFile struct {
	Path string // absolute
	Text []byte `json:"-"`
}

// Resource is a function marked //mcp:resource. It is a resource template when
// its URI holds RFC 6570 expressions.
type Resource struct {
	Func
	URI          string
	Variables    []Variable `json:",omitempty"` // of a template, in order of appearance
	ResourceName string
	Title        string
	MIME         string
	Audience     []string
	Priority     *float64 `json:",omitempty"`
	Icon         string
	MaxAge       string `json:",omitempty"` // a Go duration, or ""
	Public       bool   `json:",omitempty"`
	Plan         *Plan  `json:",omitempty"`
	DirectivePos token.Position
	URIPos       token.Position // of the first character of the URI itself
	NamePos      token.Position
}

// Template reports whether r is a resource template.
func (r *Resource) Template() bool { return len(r.Variables) > 0 }

// Variable is a variable of an RFC 6570 template.
type Variable struct {
	Name    string
	Explode bool // {/path*}: a list
	// Values are what it can be, where that is known. From schema.
	Values []string `json:",omitempty"`
	Pos    token.Position
}

// Prompt is a function marked //mcp:prompt.
type Prompt struct {
	Func
	PromptName   string
	Title        string
	Icon         string
	Plan         *Plan            `json:",omitempty"`
	Arguments    []PromptArgument `json:",omitempty"` // from schema
	DirectivePos token.Position
	NamePos      token.Position
}

// PromptArgument is one entry of a prompt's arguments as clients list them.
type PromptArgument struct {
	Name, Title, Description string
	Required                 bool
	Values                   []string `json:",omitempty"` // what it can be, where that is known
}

// Scope says how long a provided value lives.
type Scope string

// The scopes of //mcp:provide.
const (
	CallScope   Scope = "call"   // one value a call, however many need it
	ServerScope Scope = "server" // one value a server, opened when it starts
)

// Cleanup is the shape of the function that a provider returns to undo itself.
type Cleanup string

// The clean-up shapes, with the provider's results.
const (
	NoCleanup    Cleanup = ""             // T or (T, error)
	CleanupPlain Cleanup = "func()"       // (T, func(), error)
	CleanupErr   Cleanup = "func() error" // (T, func() error, error)
	// CleanupOutcome is told how the call ended, so that a transaction commits
	// after success and rolls back after an error: (T, func(error) error, error).
	CleanupOutcome Cleanup = "func(error) error"
)

// Provider is a function marked //mcp:provide.
type Provider struct {
	Func         // Result is the provided type; Err as usual
	Scope        Scope
	Cleanup      Cleanup
	Own          bool // declared in the package itself
	DirectivePos token.Position
}

// ID names the provider in the whole program: its package path, a dot and its name.
func (p *Provider) ID() string { return p.PkgPath + "." + p.Name }

// Keyword is one key or key=value of a struct tag or of //mcp:param, unquoted.
type Keyword struct {
	Key      string
	Value    string
	HasValue bool
	Pos      token.Position // of the key
	ValuePos token.Position // of the value
}
