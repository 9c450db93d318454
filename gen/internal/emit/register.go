package emit

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// register writes Register, the one exported function of the file.
func (e *emitter) register() {
	e.doc("Register adds everything that package "+e.pkg.Name+" declares to s:", "")
	e.contents()

	params := []jen.Code{e.id("s").Op("*").Add(runtimeName("Server"))}
	if e.pkg.Deps != nil {
		params = append(params, e.id("deps").Add(e.typ(e.pkg.Deps.Type)))
	}
	e.file.Func().Id("Register").Params(params...).BlockFunc(func(g *jen.Group) {
		e.start(g)
		for i, t := range e.pkg.Tools {
			g.Add(e.tool(t, e.plans[i]))
		}
		plans := e.plans[len(e.pkg.Tools):]
		for i, r := range e.pkg.Resources {
			g.Add(e.resource(r, plans[i]))
		}
		plans = plans[len(e.pkg.Resources):]
		for i, p := range e.pkg.Prompts {
			g.Add(e.prompt(p, plans[i]))
		}
		plans = plans[len(e.pkg.Prompts):]
		for i, c := range e.pkg.Completions {
			for _, target := range c.Targets {
				g.Add(e.completion(target, plans[i]))
			}
		}
	})
	e.file.Line()
}

// contents lists what is registered, for who reads the documentation.
func (e *emitter) contents() {
	row := func(kind, name string) {
		e.file.Comment("//\t" + fmt.Sprintf("%-9s %s", kind, visible(name)))
	}
	for _, t := range e.pkg.Tools {
		row("tool", t.ToolName)
	}
	for _, r := range e.pkg.Resources {
		row("resource", r.URI)
	}
	for _, p := range e.pkg.Prompts {
		row("prompt", p.PromptName)
	}
}

// visible is s, quoted where a character would not show.
func visible(s string) string {
	if q := strconv.Quote(s); q != `"`+s+`"` {
		return q
	}
	return s
}

// start writes what Register does before it adds anything.
func (e *emitter) start(g *jen.Group) {
	if s := e.pkg.Server; s != nil {
		g.Add(e.id("s")).Dot("Describe").Call(ordered(runtimeName("Info"), texts(
			"Name", s.Name, "Version", s.Version, "Title", s.Title, "Instructions", s.Instructions,
		)...))
	}
	features := e.features()
	if len(features) > 0 {
		g.Add(e.id("s")).Dot("Advertise").Call(features...)
	}
	if !e.values.needed() {
		if len(features) > 0 {
			g.Line()
		}
		return
	}
	fields := []jen.Code{}
	if e.values.deps {
		fields = append(fields, field("deps", e.id("deps")))
	}
	g.Add(e.id("v")).Op(":=").Op("&").Id(e.values.typeName).Values(fields...)
	if len(e.pkg.Open) > 0 {
		g.Add(e.id("s")).Dot("OnStart").Call(e.id("v").Dot("open"))
	}
	g.Line()
}

// texts makes fields of the given names and values, without the empty ones.
func texts(pairs ...string) []jen.Code {
	var fields []jen.Code
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			fields = append(fields, field(pairs[i], text(pairs[i+1])))
		}
	}
	return fields
}

func (e *emitter) tool(t *model.Tool, c *callable) jen.Code {
	fields := texts("Name", t.ToolName, "Title", t.Title, "Description", t.Doc)
	fields = append(fields, field("InputSchema", jen.Id(e.constant(c.lower+"InputSchema", "describes the arguments of "+t.ToolName+" in JSON Schema.", t.InputSchema))))
	if t.OutputSchema != "" {
		fields = append(fields, field("OutputSchema", jen.Id(e.constant(c.lower+"OutputSchema", "describes the result of "+t.ToolName+" in JSON Schema.", t.OutputSchema))))
	}
	for _, hint := range []struct {
		name  string
		value *bool
	}{{"ReadOnly", t.ReadOnly}, {"Destructive", t.Destructive}, {"Idempotent", t.Idempotent}, {"OpenWorld", t.OpenWorld}} {
		if hint.value != nil {
			fields = append(fields, field(hint.name, runtimeName(map[bool]string{true: "True", false: "False"}[*hint.value])))
		}
	}
	if t.Strict {
		fields = append(fields, field("Strict", jen.True()))
		if t.NullIsAbsent {
			fields = append(fields, field("NullIsAbsent", jen.True()))
		}
	}
	fields = append(fields, texts("Icon", t.Icon)...)
	fields = append(fields, list("Scopes", t.Scopes)...)
	switch t.Task {
	case "true", "optional":
		fields = append(fields, field("Task", runtimeName("TaskOptional")))
	case "required":
		fields = append(fields, field("Task", runtimeName("TaskRequired")))
	}
	if t.AskBefore {
		fields = append(fields, field("AskBefore", jen.True()))
	}
	if t.Task != "false" && readsRequest(t.Plan) {
		fields = append(fields, field("KeepRequest", jen.True()))
	}
	fields = append(fields, durations("TTL", t.TTL, "Poll", t.Poll, "Timeout", t.Timeout)...)
	if t.Retries != 0 {
		fields = append(fields, field("Retries", jen.Lit(t.Retries)))
	}
	return runtimeName("AddTool").Call(e.id("s"), ordered(runtimeName("Tool"), fields...), c.decoder(e), c.function(e))
}

// readsRequest reports whether something is given what the request says beside the
// arguments.
func readsRequest(plan *model.Plan) bool {
	for s := range sources(plan) {
		if s.Kind == model.FromCall || s.Kind == model.FromHeader {
			return true
		}
	}
	return false
}

func (e *emitter) resource(r *model.Resource, c *callable) jen.Code {
	uri, typ, add := "URI", "Resource", "AddResource"
	if r.Template() {
		uri, typ, add = "URITemplate", "ResourceTemplate", "AddResourceTemplate"
	}
	mime := r.MIME
	if mime == "" && e.pkg.ResourceShape(r.Result) == model.ShapeJSON {
		mime = "application/json"
	}
	fields := texts(uri, r.URI, "Name", r.ResourceName, "Title", r.Title, "Description", r.Doc, "MIMEType", mime, "Icon", r.Icon)
	fields = append(fields, list("Audience", r.Audience)...)
	if r.Priority != nil {
		fields = append(fields, field("Priority", jen.Lit(*r.Priority)))
	}
	if r.MaxAge != "" || r.Public {
		caching := durations("MaxAge", r.MaxAge)
		if r.Public {
			caching = append(caching, field("Public", jen.True()))
		}
		fields = append(fields, field("Caching", runtimeName("Caching").Values(caching...)))
	}
	fields = append(fields, variableValues(r.Variables)...)
	args := []jen.Code{e.id("s"), ordered(runtimeName(typ), fields...)}
	if r.Template() {
		args = append(args, c.decoder(e))
	}
	return runtimeName(add).Call(append(args, c.function(e))...)
}

func (e *emitter) prompt(p *model.Prompt, c *callable) jen.Code {
	fields := texts("Name", p.PromptName, "Title", p.Title, "Description", p.Doc, "Icon", p.Icon)
	if len(p.Arguments) > 0 {
		arguments := make([]jen.Code, len(p.Arguments))
		for i, a := range p.Arguments {
			values := texts("Name", a.Name, "Title", a.Title, "Description", a.Description)
			if a.Required {
				values = append(values, field("Required", jen.True()))
			}
			values = append(values, list("Values", a.Values)...)
			arguments[i] = jen.Values(values...)
		}
		fields = append(fields, field("Arguments", ordered(jen.Index().Add(runtimeName("PromptArgument")), arguments...)))
	}
	return runtimeName("AddPrompt").Call(e.id("s"), ordered(runtimeName("Prompt"), fields...), c.decoder(e), c.function(e))
}

// list is the field name with a []string value, or nothing.
func list(name string, values []string) []jen.Code {
	if len(values) == 0 {
		return nil
	}
	items := make([]jen.Code, len(values))
	for i, v := range values {
		items[i] = text(v)
	}
	return []jen.Code{field(name, jen.Index().String().Values(items...))}
}

// durations makes fields from names and Go durations, without the empty ones.
func durations(pairs ...string) []jen.Code {
	var fields []jen.Code
	for i := 0; i < len(pairs); i += 2 {
		if d, err := time.ParseDuration(pairs[i+1]); err == nil {
			fields = append(fields, field(pairs[i], duration(d)))
		}
	}
	return fields
}

// constant keeps a long text for the end of the file and returns its name.
func (e *emitter) constant(name, comment, value string) string {
	name = e.names.name(name)
	e.constants = append(e.constants, constant{name, name + " " + strings.TrimSpace(comment), value})
	return name
}
