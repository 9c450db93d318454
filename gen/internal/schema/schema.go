// Package schema turns the types of a [model.Package] into JSON Schema of the
// dialect 2020-12, and what tags and comments say of a value into [model.Rules].
//
// The shapes are those that github.com/invopop/jsonschema documents, with its tag
// grammar, except where a generated decoder can be more exact:
//
//   - a default makes optional, as omitempty does;
//   - optional is not nullable: a pointer is its element, and only a result, where
//     a nil pointer is really written, may be null; a type that is there to tell
//     null from absence may be null everywhere;
//   - nothing is a $ref but a type that contains itself;
//   - an interface that is closed is oneOf its structs, each with the discriminator as
//     its first property;
//   - sized integers have their bounds, an array its length;
//   - a named type with constants is an enum; comments on the constants end its
//     description, one line each: "value: comment". The name of an integer's
//     constant comes before its comment;
//   - a keyword that is unknown, does not fit or contradicts another is a
//     diagnostic at its own place, where invopop drops it in silence.
package schema

import (
	"go/token"
	"slices"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// Package fills in what callers are told about p: the Rules of every argument and
// of every member of a result, the schemas of tools and the arguments of prompts.
// It needs the plans of resolve and leaves out the arguments of a function without
// one. What is wrong goes to l; the schemas of such a package are not to be used.
func Package(p *model.Package, l *diag.List) {
	b := newBuilder(p, l)
	for _, t := range p.Tools {
		b.tool(t)
		t.Tokens = weight(t)
		p.Tokens += t.Tokens
	}
	for _, r := range p.Resources {
		b.resource(r)
	}
	for _, pr := range p.Prompts {
		b.prompt(pr)
	}
	if p.Table != nil {
		b.table(p.Table)
	}
	b.forms()
	b.completions()
}

// builder is the work on one package.
type builder struct {
	pkg      *model.Package
	diags    *diag.List
	ruled    map[*model.Field]bool // fields whose Rules are made
	reached  map[visit]bool        // structs that are checked
	refused  map[*model.Field]bool // fields that have a diagnostic about their type
	circular map[model.TypeID]bool // what recursive has found
	user     user                  // the function that is looked at
}

func newBuilder(p *model.Package, l *diag.List) *builder {
	return &builder{
		pkg:      p,
		diags:    l,
		ruled:    map[*model.Field]bool{},
		reached:  map[visit]bool{},
		refused:  map[*model.Field]bool{},
		circular: map[model.TypeID]bool{},
	}
}

// user is the function that a type is for, in words.
type user struct {
	what    string // "tool analyze"
	pos     token.Position
	profile *profile // that the arguments are described in; nil for the standard
	strict  bool     // a tool that forgives no slips
}

func (b *builder) tool(t *model.Tool) {
	b.user = user{what: "tool " + t.ToolName, pos: t.Pos, profile: b.profile(), strict: t.Strict}
	b.profileNames(t)
	if t.Plan != nil {
		b.arguments(&t.Func, t.Plan.Input)
		t.InputSchema = b.inputSchema(t.Plan.Input)
		if t.SchemaFile != nil {
			t.InputSchema = b.ownSchema(t)
		}
		t.NullIsAbsent = b.user.profile == openai
	}
	switch b.pkg.ToolShape(t.Result) {
	case model.ShapeStructured:
		b.result(&t.Func)
		t.OutputSchema = b.structuredSchema(t.Result)
	case model.ShapeWrapped:
		b.result(&t.Func)
		t.OutputSchema = b.wrappedSchema(t.Result)
	}
}

func (b *builder) resource(r *model.Resource) {
	b.user = user{what: "resource " + r.ResourceName, pos: r.Pos}
	if r.Plan != nil {
		b.arguments(&r.Func, r.Plan.Input)
		b.variables(r.Plan.Input)
	}
	if b.pkg.ResourceShape(r.Result) == model.ShapeJSON {
		b.result(&r.Func)
	}
}

func (b *builder) prompt(pr *model.Prompt) {
	b.user = user{what: "prompt " + pr.PromptName, pos: pr.Pos}
	if pr.Plan != nil {
		b.arguments(&pr.Func, pr.Plan.Input)
		pr.Arguments = b.promptArguments(pr.Plan.Input)
	}
	if pr.Result != "" && b.pkg.PromptShape(pr.Result) == "" {
		b.diags.Addf(resultPos(&pr.Func), "prompt %s returns %s, which is no message", pr.PromptName, b.pkg.Spell(pr.Result)).
			Suggest("return a string, runtime.Message, []runtime.Message, runtime.Content or *runtime.PromptResult")
	}
}

// arguments makes the rules of everything that the caller of f may send.
func (b *builder) arguments(f *model.Func, in model.Input) {
	if in.Struct != "" {
		b.reach(in.Struct, argument, place{path: structParam(f, in.Struct), pos: f.Pos})
	}
	for _, p := range in.Params {
		b.reach(p.Type, argument, place{path: p.Name, pos: p.Pos})
		p.Rules = b.rules(p.Type, "", p.Keywords, b.absent(p.Type), b.diags)
	}
}

// variables makes lists in a URI optional, as an empty list expands to nothing.
func (b *builder) variables(in model.Input) {
	for _, p := range in.Params {
		forced := slices.ContainsFunc(p.Keywords, func(k model.Keyword) bool { return k.Key == "required" })
		if b.subject(p.Type).array() && !forced {
			p.Rules.Required = false
		}
	}
}

// structParam is the name of the parameter of f that is the struct of arguments.
func structParam(f *model.Func, id model.TypeID) string {
	for _, p := range f.Params {
		if p.Type == id && p.Name != "" && p.Name != "_" {
			return p.Name
		}
	}
	return "in"
}

// result makes the rules of the members that f returns.
func (b *builder) result(f *model.Func) {
	b.reach(f.Result, result, place{path: "result", pos: resultPos(f)})
}

// resultPos is what to blame for a result as a whole.
func resultPos(f *model.Func) token.Position {
	if f.ResultPos.IsValid() {
		return f.ResultPos
	}
	return f.Pos
}

func (b *builder) promptArguments(in model.Input) []model.PromptArgument {
	var all []model.PromptArgument
	add := func(name string, id model.TypeID, r *model.Rules) {
		all = append(all, model.PromptArgument{
			Name:        name,
			Title:       r.Title,
			Description: describe(b.target(id), r.Over(b.base(id))),
			Required:    r.Required,
		})
	}
	if in.Struct != "" {
		for _, f := range members(b.typ(in.Struct)) {
			add(f.Name, f.Type, b.fieldRules(f))
		}
	}
	for _, p := range in.Params {
		add(p.Name, p.Type, p.Rules)
	}
	return all
}
