package scan

import (
	"cmp"
	"go/types"
	"slices"

	"github.com/mcpgen/mcpgen/gen/internal/directive"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// builder turns what a package declares into its model.
type builder struct {
	*unit
	typer   *typer
	model   *model.Package
	offered map[model.TypeID]bool // by providers and the dependency struct
	wanted  map[model.TypeID]bool // interfaces that something asks for
}

// model is the package as the later stages see it.
func (u *unit) model() *model.Package {
	b := &builder{
		unit: u,
		model: &model.Package{
			Path: u.pkg.PkgPath, Name: u.folder.name, Dir: u.folder.dir,
			Implements: map[model.TypeID][]model.TypeID{}, Types: model.Types{},
		},
		offered: map[model.TypeID]bool{},
		wanted:  map[model.TypeID]bool{},
	}
	b.typer = u.typer(b.model.Types, u.visibleRows())
	b.server()
	b.deps()
	for _, f := range u.functions {
		b.function(f)
	}
	for _, f := range u.providers() {
		b.provider(f)
	}
	b.faulty()
	b.travelling()
	b.unexposed()
	b.unique()
	b.implements()
	b.declared()
	b.model.Table = u.tableModel()
	b.incomplete = b.typer.rows.wantFaulty
	return b.model
}

func (b *builder) server() {
	if s := b.unit.server; s != nil {
		b.model.Server = &model.Server{Name: s.Name, Version: s.Version, Title: s.Title,
			Instructions: s.Instructions, Tasks: s.Tasks, Profile: s.Profile, Pos: s.Pos}
	}
}

func (b *builder) deps() {
	if b.depsType == nil {
		return
	}
	d := &model.Deps{Type: b.offer(b.depsType.Type()), Pos: b.unit.deps.Pos}
	for f := range b.depsType.Type().Underlying().(*types.Struct).Fields() {
		if f.Exported() && !invalid(f.Type()) {
			d.Fields = append(d.Fields, &model.DepsField{Name: f.Name(), Type: b.offer(f.Type()), Pos: b.pos(f.Pos())})
		}
	}
	b.model.Deps = d
}

// offer notes a type that is there for whoever asks.
func (b *builder) offer(t types.Type) model.TypeID {
	id := b.typer.id(t)
	b.offered[id] = true
	return id
}

// ask notes a type that something needs.
func (b *builder) ask(id model.TypeID) model.TypeID {
	if b.model.Types[id].Kind == model.Interface {
		b.wanted[id] = true
	}
	return id
}

// fn is the part that everything callable has.
func (b *builder) fn(f *function) model.Func {
	sig := f.signature()
	out := model.Func{
		PkgPath: f.object.Pkg().Path(), PkgName: f.object.Pkg().Name(), Name: f.name(),
		Err: f.shape.err, Doc: f.description(), Pos: f.pos(),
	}
	if recv := sig.Recv(); recv != nil {
		out.Recv = b.param(f, recv)
	}
	for v := range sig.Params().Variables() {
		out.Params = append(out.Params, b.param(f, v))
	}
	if f.shape.result != nil {
		out.Result, out.ResultPos = b.typer.id(f.shape.result), b.pos(f.decl.Type.Results.List[0].Type.Pos())
	}
	return out
}

func (b *builder) param(f *function, v *types.Var) *model.Param {
	return &model.Param{Name: v.Name(), Type: b.ask(b.typer.id(v.Type())), Pos: b.pos(v.Pos()), Keywords: f.keywords(v.Name())}
}

func (b *builder) function(f *function) {
	switch d := f.main.(type) {
	case *directive.Tool:
		b.tool(f, d)
	case *directive.Resource:
		b.resource(f, d)
	case *directive.Prompt:
		b.model.Prompts = append(b.model.Prompts, &model.Prompt{
			Func: b.fn(f), PromptName: nameOr(d.Name, f), Title: d.Title, Icon: d.Icon,
			DirectivePos: d.Pos, NamePos: d.ValuePos("name", f.pos()),
		})
	case *directive.Complete:
		b.model.Completions = append(b.model.Completions, &model.Completion{Func: b.fn(f), Targets: f.targets()})
	}
}

func nameOr(name string, f *function) string {
	if name != "" {
		return name
	}
	return model.SnakeCase(f.name())
}

func (b *builder) tool(f *function, d *directive.Tool) {
	t := &model.Tool{
		Func: b.fn(f), ToolName: nameOr(d.Name, f), Title: d.Title, Task: d.Task,
		AskBefore: d.AskBefore, TTL: d.TTL, Poll: d.Poll, Timeout: d.Timeout, Retries: d.Retries,
		ReadOnly: d.ReadOnly, Destructive: d.Destructive, Idempotent: d.Idempotent, OpenWorld: d.OpenWorld,
		Strict: d.Strict, Icon: d.Icon, Scopes: d.Scopes,
		DirectivePos: d.Pos, NamePos: d.ValuePos("name", f.pos()),
	}
	t.SchemaFile = b.schemaFile(d)
	if t.Task == "" && b.model.Server != nil {
		t.Task = b.model.Server.Tasks
	}
	if t.Task == "" {
		t.Task = "false"
	}
	b.taskKeys(t, d)
	if !toolName.MatchString(t.ToolName) {
		b.diags.Addf(t.NamePos, "%q is no name for a tool: it has from 1 to 128 of the characters A-Z a-z 0-9 _ - .", t.ToolName).
			Suggest("write name=%s", cmp.Or(legalName(t.ToolName), "... with such a name"))
	}
	b.model.Tools = append(b.model.Tools, t)
}

func (b *builder) resource(f *function, d *directive.Resource) {
	uri, ok := d.Arg("uri")
	if !ok || d.URI == "" || !b.checkURI(uri) {
		return
	}
	b.model.Resources = append(b.model.Resources, &model.Resource{
		Func: b.fn(f), URI: d.URI, Variables: variables(uri), ResourceName: nameOr(d.Name, f), Title: d.Title,
		MIME: d.MIME, Audience: d.Audience, Priority: d.Priority, Icon: d.Icon,
		MaxAge: d.MaxAge, Public: d.Cache == "public",
		DirectivePos: d.Pos, URIPos: uri.ValuePos, NamePos: d.ValuePos("name", f.pos()),
	})
}

func (b *builder) provider(f *function) {
	d := f.main.(*directive.Provide)
	p := &model.Provider{Func: b.fn(f), Scope: model.CallScope, Cleanup: f.shape.cleanup,
		Own: f.unit == b.unit, DirectivePos: d.Pos}
	if d.Scope != "" {
		p.Scope = model.Scope(d.Scope)
	}
	b.offer(f.shape.result)
	b.model.Providers = append(b.model.Providers, p)
}

// faulty notes what providers with mistakes would give, so that nobody is told
// that it is missing.
func (b *builder) faulty() {
	for _, f := range b.visible(func(u *unit) []*function { return u.faulty }) {
		if results := resultTypes(f.signature()); len(results) > 0 && !isError(results[0]) && !invalid(results[0]) {
			b.model.Faulty = append(b.model.Faulty, b.offer(results[0]))
		}
	}
}

// unexposed finds the exported methods beside tool methods that nothing was said of.
func (b *builder) unexposed() {
	tools := map[model.TypeID]bool{}
	for _, t := range b.model.Tools {
		if t.Recv != nil {
			tools[b.receiver(t.Recv.Type)] = true
		}
	}
	for _, f := range b.plain {
		recv := f.signature().Recv().Type()
		if f.object.Exported() && tools[b.receiver(typeID(recv))] && !f.invalid() {
			fn := b.fn(f)
			b.model.Unexposed = append(b.model.Unexposed, &fn)
		}
	}
}

// receiver is the named type behind a receiver.
func (b *builder) receiver(id model.TypeID) model.TypeID {
	if t := b.model.Types[id]; t != nil && t.Kind == model.Pointer {
		return t.Elem
	}
	return id
}

// implements fills in what satisfies the interfaces that something asks for.
func (b *builder) implements() {
	for _, t := range b.model.Types {
		for _, f := range t.Fields {
			if f.Inject {
				b.ask(f.Type)
			}
		}
	}
	for id := range b.wanted {
		wanted := b.typer.known[id].Underlying().(*types.Interface)
		for offered := range b.offered {
			if offered != id && types.Implements(b.typer.known[offered], wanted) {
				b.model.Implements[id] = append(b.model.Implements[id], offered)
			}
		}
		slices.Sort(b.model.Implements[id])
	}
}

// declared are the names of the package block, without those of the stub.
func (b *builder) declared() {
	scope := b.pkg.Types.Scope()
	for _, name := range scope.Names() {
		if !b.inStub(scope.Lookup(name)) {
			b.model.Declared = append(b.model.Declared, name)
		}
	}
}

func (b *builder) inStub(o types.Object) bool {
	return o.Name() == "Register" && !b.folder.foreign && isStub(b.pos(o.Pos()))
}
