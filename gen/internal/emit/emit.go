// Package emit renders a resolved package as Go source. Each function of the
// output has one function here that writes it, in the same order, so that the two
// read side by side.
package emit

import (
	"fmt"
	"io"
	"runtime"

	"github.com/dave/jennifer/jen"
	"golang.org/x/sync/errgroup"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// The packages that generated code imports, besides the user's own and std.
const (
	runtimePath = "github.com/mcpgen/mcpgen/runtime"
	codecPath   = "github.com/mcpgen/mcpgen/runtime/codec"
)

// handshake is a constant of the runtime that changes its name whenever generated
// code and runtime stop fitting each other. A mismatch is a compile error that
// reads as an instruction.
const handshake = "Version1RunGoGetMcpgenThenGoGenerate"

// Package renders the generated file of p. The same model gives the same bytes.
// An error is a bug of the generator, never of the user's source.
func Package(p *model.Package) ([]byte, error) {
	e := newEmitter(p)
	e.handshake()
	e.register()
	e.serverValues()
	e.calls()
	e.decoders()
	e.regexps()
	e.encoders()
	source, err := e.finish()
	if err != nil {
		return nil, fmt.Errorf("print %s: %w", p.Path, err)
	}
	return source, nil
}

type emitter struct {
	pkg   *model.Package
	names *namer // of the package block

	file         *jen.File // the part that is being built
	declarations int
	parts        []*part
	printing     errgroup.Group

	locals   map[string]string // see id
	imported map[string]string // names of packages, by path
	aliased  map[string]bool   // those that are not the packages' own names
	owners   map[model.TypeID]owner

	values *values // the fields of serverValues

	plans     []*callable             // in the order of Register
	decode    worklist                // functions that read a type
	encode    worklist                // functions that write a type
	constants []constant              // schemas, in the order of first use
	forms     map[model.TypeID]string // names of the constants that describe forms

	patterns map[string]string // names of compiled patterns, by pattern
	order    []string          // the patterns in the order of first use
}

// constant is a long text that goes to the end of the file.
type constant struct {
	name, comment, value string
}

func newEmitter(p *model.Package) *emitter {
	e := &emitter{
		pkg:      p,
		names:    newNamer(p.Declared...),
		locals:   map[string]string{},
		imported: map[string]string{},
		aliased:  map[string]bool{},
		owners:   findOwners(p.Types),
		patterns: map[string]string{},
		forms:    map[model.TypeID]string{},
	}
	e.printing.SetLimit(runtime.GOMAXPROCS(0))
	e.imports()
	e.begin()
	e.values = newValues(e)
	for _, t := range p.Tools {
		e.plans = append(e.plans, e.toolCallable(t))
	}
	for _, r := range p.Resources {
		e.plans = append(e.plans, e.resourceCallable(r))
	}
	for _, pr := range p.Prompts {
		e.plans = append(e.plans, e.promptCallable(pr))
	}
	for _, c := range p.Completions {
		e.plans = append(e.plans, e.completionCallable(c))
	}
	return e
}

// doc begins a declaration with its comment, a line each. Texts of the user never
// come here unquoted.
func (e *emitter) doc(lines ...string) {
	if e.declarations++; e.declarations%partSize == 0 {
		e.end()
		e.begin()
	}
	for _, line := range lines {
		if line == "" {
			e.file.Comment("//") // Comment adds no slashes to a text that has them
			continue
		}
		e.file.Comment(line)
	}
}

func (e *emitter) handshake() {
	e.doc(
		"If this line does not compile, mcpgen and its runtime differ in version: run",
		`"go get github.com/mcpgen/mcpgen@latest" and then "go generate ./...".`,
	)
	e.file.Const().Id("_").Op("=").Add(runtimeName(handshake))
	e.file.Line()
}

// schemas writes the constants. They are half of the output and gofmt has nothing
// to say of a raw string, so they go neither through jennifer nor through gofmt.
func (e *emitter) schemas(out io.Writer) {
	for _, c := range e.constants {
		fmt.Fprintf(out, "\n// %s\nconst %s = %s\n", c.comment, c.name, rawJSON(c.value))
	}
}

func runtimeName(name string) *jen.Statement { return jen.Qual(runtimePath, name) }

func codecName(name string) *jen.Statement { return jen.Qual(codecPath, name) }

// ordered is a struct literal whose fields keep their order, a line each.
func ordered(typ *jen.Statement, fields ...jen.Code) *jen.Statement {
	if len(fields) == 0 {
		return typ.Values()
	}
	return typ.Custom(jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}, fields...)
}

// field is one line of an ordered literal.
func field(name string, value jen.Code) jen.Code { return jen.Id(name).Op(":").Add(value) }
