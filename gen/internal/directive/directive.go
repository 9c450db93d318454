// Package directive reads the //mcp: comments. One struct per directive says
// which keys it has; parsing, the help text and the table of REFERENCE.md derive from it.
//
// A directive is one line: its word, then key=value, key="quoted value", or a bare
// key for true. A // after a space ends it, as a comment.
package directive

import (
	"go/token"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// Directive is one of *[Tool], *[Resource], *[Prompt], *[Param], *[Complete],
// *[Provide], *[Deps], *[OneOf], *[Types], *[Server] and *[Skip].
type Directive interface {
	// Origin says where the directive and its arguments stand.
	Origin() *Source
}

// Tool is //mcp:tool.
type Tool struct {
	Source
	Name        string   `mcp:"name" form:"name" default:"snake_case of the Go name" help:"what clients call the tool"`
	Title       string   `mcp:"title" help:"name for people"`
	Task        string   `mcp:"task" values:"false|true|optional|required" default:"false" help:"whether a call may run in the background"`
	AskBefore   bool     `mcp:"askbefore" help:"questions are answered before a call becomes a task, not by the task"`
	TTL         string   `mcp:"ttl" form:"duration" help:"how long a task is kept after it was created"`
	Poll        string   `mcp:"poll" form:"duration" help:"how often clients should ask for a task's status"`
	Timeout     string   `mcp:"timeout" form:"duration" help:"when a call is cancelled"`
	Retries     int      `mcp:"retries" help:"how often a task whose worker died is tried again"`
	ReadOnly    *bool    `mcp:"readonly" help:"the tool changes nothing"`
	Destructive *bool    `mcp:"destructive" help:"the tool may delete or overwrite"`
	Idempotent  *bool    `mcp:"idempotent" help:"a second call with the same arguments changes nothing more"`
	OpenWorld   *bool    `mcp:"openworld" help:"the tool reaches beyond a closed system, such as the web"`
	Strict      bool     `mcp:"strict" help:"refuse the slips that models make, such as \"5\" for 5"`
	Icon        string   `mcp:"icon" help:"URL of an image"`
	Schema      string   `mcp:"schema" form:"name" help:"file with an input schema of your own, beside the Go file; arguments are still decoded into the Go types"`
	Scopes      []string `mcp:"scopes" help:"OAuth scopes that a caller needs, comma-separated"`
}

// Resource is //mcp:resource.
type Resource struct {
	Source
	URI      string   `mcp:"uri,required" help:"plain, or an RFC 6570 template whose variables are parameters"`
	Name     string   `mcp:"name" form:"name" default:"snake_case of the Go name" help:"name for programs"`
	Title    string   `mcp:"title" help:"name for people"`
	MIME     string   `mcp:"mime" form:"media type" help:"media type of the content"`
	Audience []string `mcp:"audience" values:"user|assistant" help:"whom the content is for, comma-separated"`
	Priority *float64 `mcp:"priority" form:"number from 0 to 1" help:"how important the content is, from 0 to 1"`
	Icon     string   `mcp:"icon" help:"URL of an image"`
	MaxAge   string   `mcp:"maxage" form:"duration" help:"how long clients may keep the content"`
	Cache    string   `mcp:"cache" values:"private|public" default:"private" help:"whether a cache may give the content only to who asked for it, or to everybody"`
}

// Prompt is //mcp:prompt.
type Prompt struct {
	Source
	Name  string `mcp:"name" form:"name" default:"snake_case of the Go name" help:"what clients call the prompt"`
	Title string `mcp:"title" help:"name for people"`
	Icon  string `mcp:"icon" help:"URL of an image"`
}

// Param is //mcp:param.
type Param struct {
	Source
	Name     string          `mcp:",word" show:"NAME" help:"the parameter"`
	Keywords []model.Keyword `mcp:",keywords" show:"KEYWORD=VALUE" help:"description, and every keyword of the jsonschema tag"`
	NamePos  token.Position
}

// Complete is //mcp:complete.
type Complete struct {
	Source
	Prompt   string `mcp:"prompt" form:"name" help:"the prompt: its Go function, or its name"`
	Resource string `mcp:"resource" form:"name" help:"or the resource template: its Go function, or its URI template"`
	Argument string `mcp:"argument,required" help:"the argument of the prompt, or the variable of the template"`
}

// Provide is //mcp:provide.
type Provide struct {
	Source
	Scope string `mcp:"scope" values:"call|server" default:"call" help:"whether a value lives for one call or as long as the server"`
}

// Deps is //mcp:deps.
type Deps struct{ Source }

// OneOf is //mcp:oneof.
type OneOf struct {
	Source
	Variants      []Arg  `mcp:",variants" show:"TYPE[=VALUE]..." help:"the structs that a value may be; VALUE, by default the snake_case of TYPE, stands for it in JSON"`
	Discriminator string `mcp:"discriminator" form:"name" default:"type" help:"the member that holds VALUE"`
}

// Types is //mcp:types.
type Types struct{ Source }

// Server is //mcp:server.
type Server struct {
	Source
	Name         string `mcp:"name" help:"name of the server"`
	Version      string `mcp:"version" help:"version of the server"`
	Title        string `mcp:"title" help:"name for people"`
	Instructions string `mcp:"instructions" help:"what a model should know about the server as a whole"`
	Tasks        string `mcp:"tasks" values:"false|true|optional|required" default:"false" help:"default of task= for every tool of the package"`
	Profile      string `mcp:"profile" values:"standard|gemini|openai" default:"standard" help:"whose API the input schemas are written for"`
}

// Skip is //mcp:skip.
type Skip struct {
	Source
	Reason string `mcp:",text" show:"REASON" help:"why the method is not exposed"`
}

// kind is one row of everything that is known about directives.
type kind struct {
	word string
	on   string
	does string
	make func() Directive
}

// kinds are all directives, in the order of help.
var kinds = []kind{
	{"tool", "a function or method", "makes it a tool", func() Directive { return new(Tool) }},
	{"resource", "a function or method", "makes it a resource, or a resource template", func() Directive { return new(Resource) }},
	{"prompt", "a function or method", "makes it a prompt", func() Directive { return new(Prompt) }},
	{"param", "a tool, prompt or resource template", "describes one plain parameter", func() Directive { return new(Param) }},
	{"complete", "a function or method", "suggests values of an argument while a user types", func() Directive { return new(Complete) }},
	{"provide", "a function", "makes it the source of the type that it returns", func() Directive { return new(Provide) }},
	{"deps", "a struct type", "lets the caller of Register hand in the values of its fields", func() Directive { return new(Deps) }},
	{"oneof", "an interface type", "closes it, so that it can be in arguments and results", func() Directive { return new(OneOf) }},
	{"types", "a struct type", "says how types look in JSON, in every package that may import this one", func() Directive { return new(Types) }},
	{"server", "the package comment", "describes the server", func() Directive { return new(Server) }},
	{"skip", "an exported method", "says that it is no tool on purpose", func() Directive { return new(Skip) }},
}

func kindOf(word string) (kind, bool) {
	for _, k := range kinds {
		if k.word == word {
			return k, true
		}
	}
	return kind{}, false
}

func words() []string {
	all := make([]string, len(kinds))
	for i, k := range kinds {
		all[i] = k.word
	}
	return all
}
