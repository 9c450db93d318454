package main

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"text/tabwriter"

	"github.com/mcpgen/mcpgen/gen"
)

// inspectCommand is "mcpgen inspect [-json] [packages]".
type inspectCommand struct {
	scan
	JSON bool `name:"json"`
}

func (c *inspectCommand) run(ctx context.Context, e *env) error {
	result, err := c.load(ctx, e)
	if err != nil {
		return err
	}
	if c.JSON {
		packages := append([]*gen.Package{}, result.Packages...) // [] rather than null
		out, err := json.MarshalIndent(packages, "", "  ")
		if err != nil {
			return err
		}
		e.print("%s", out)
		return report(e, result.Diagnostics)
	}
	tools, tokens := 0, 0
	for i, p := range result.Packages {
		if i > 0 {
			e.print("")
		}
		inspector{e, p}.print()
		tools, tokens = tools+len(p.Tools), tokens+p.Tokens
	}
	if tools > 1 {
		e.print("\n%d tools, about %d tokens in all", tools, tokens)
	}
	return report(e, result.Diagnostics)
}

// inspector prints what one package declares.
type inspector struct {
	*env
	pkg *gen.Package
}

func (in inspector) print() {
	in.env.print("%s", in.pkg.Path)
	for _, t := range in.pkg.Tools {
		in.declaration("tool "+t.ToolName, &t.Func, t.Plan, fmt.Sprintf(", about %d tokens", t.Tokens))
	}
	for _, r := range in.pkg.Resources {
		in.declaration("resource "+r.URI, &r.Func, r.Plan, "")
	}
	for _, p := range in.pkg.Prompts {
		in.declaration("prompt "+p.PromptName, &p.Func, p.Plan, "")
	}
	for _, c := range in.pkg.Completions {
		in.declaration("completion "+c.Name, &c.Func, c.Plan, "")
		for _, t := range c.Targets {
			in.env.print("\tof %s %s of %s", t.Kind(), t.Argument, t.Prompt+t.Resource)
		}
	}
	if len(in.pkg.Unexposed) > 0 {
		in.env.print("\nwithout a directive")
	}
	for _, f := range in.pkg.Unexposed {
		in.env.print("\t%s (%s)", in.spell(f), in.position(f))
	}
}

// declaration prints one tool, resource or prompt. One with a mistake in its
// signature has no plan; its diagnostic says the rest.
func (in inspector) declaration(title string, f *gen.Func, plan *gen.Plan, weight string) {
	if plan == nil {
		weight = ""
	}
	in.env.print("\n%s (%s)%s", title, in.position(f), weight)
	if summary, _, _ := strings.Cut(f.Doc, "\n"); summary != "" {
		in.env.print("\t%s", summary)
	}
	if plan == nil {
		return
	}
	table := tabwriter.NewWriter(in.stdout, 0, 0, 2, ' ', 0)
	for _, row := range append(in.arguments(plan), in.injected(f, plan)...) {
		_, _ = table.Write([]byte("        " + strings.Join(row, "\t") + "\n"))
	}
	_ = table.Flush()
}

// arguments has a row for everything that the caller sends.
func (in inspector) arguments(plan *gen.Plan) (rows [][]string) {
	if arguments := in.pkg.Types[plan.Input.Struct]; arguments != nil {
		for _, field := range arguments.Fields {
			if !field.Inject {
				rows = append(rows, []string{field.Name, in.short(field.Type), need(field.Rules)})
			}
		}
	}
	for _, param := range plan.Input.Params {
		rows = append(rows, []string{param.Name, in.short(param.Type), need(param.Rules)})
	}
	return rows
}

func need(rules *gen.Rules) string {
	switch {
	case rules == nil:
		return "argument"
	case rules.Required:
		return "required argument"
	case rules.Default != nil:
		return "argument, by default " + string(rules.Default)
	default:
		return "optional argument"
	}
}

// injected has a row for everything that is provided. A context needs no mention.
func (in inspector) injected(f *gen.Func, plan *gen.Plan) (rows [][]string) {
	add := func(name string, typ gen.TypeID, source gen.Source) {
		if from := in.from(source); from != "" {
			rows = append(rows, []string{name, in.short(typ), from})
		}
	}
	if f.Recv != nil && plan.Recv != nil {
		add(f.Recv.Name, f.Recv.Type, *plan.Recv)
	}
	for i, param := range f.Params {
		add(param.Name, param.Type, plan.Args[i])
	}
	for _, injected := range plan.Fields {
		add(injected.Field.GoName, injected.Field.Type, injected.Source)
	}
	return rows
}

// from says where an injected value comes from; it is "" for a context and for
// what the caller sends. What has no source has a diagnostic.
func (in inspector) from(source gen.Source) string {
	switch source.Kind {
	case "":
		return "no provider"
	case gen.FromContext, gen.FromInput:
		return ""
	case gen.FromDeps:
		deps := in.short(in.pkg.Deps.Type)
		if source.Field == "" {
			return "injected: the argument of Register"
		}
		return "injected: " + deps + "." + source.Field
	case gen.FromServer, gen.FromStep:
		for _, p := range in.pkg.Providers {
			if p.ID() == source.Provider {
				return "injected: " + in.spell(&p.Func) + ", once a " + string(p.Scope) + " (" + in.position(&p.Func) + ")"
			}
		}
		return "injected: " + in.unqualified(source.Provider)
	default:
		return "injected: by the runtime"
	}
}

// spell is the name of a function as a person in its package writes it.
func (in inspector) spell(f *gen.Func) string {
	switch {
	case f.Recv != nil && strings.HasPrefix(string(f.Recv.Type), "*"):
		return "(" + in.short(f.Recv.Type) + ")." + f.Name
	case f.Recv != nil:
		return in.short(f.Recv.Type) + "." + f.Name
	default:
		return in.unqualified(f.PkgPath + "." + f.Name)
	}
}

func (in inspector) position(f *gen.Func) string { return gen.Position(in.dir, f.Pos) }

func (in inspector) short(id gen.TypeID) string { return in.unqualified(string(id)) }

// folders are the part of an import path that is not in the package's name.
var folders = regexp.MustCompile(`[^\s\[\](){}*,]+/`)

// unqualified drops the package's own path and the folders of all others:
// "map[string]*example.com/app.DB" is "map[string]*DB" inside example.com/app.
func (in inspector) unqualified(name string) string {
	return folders.ReplaceAllString(strings.ReplaceAll(name, in.pkg.Path+".", ""), "")
}
