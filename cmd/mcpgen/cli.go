package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// command is a parsed command line, ready to run.
type command interface {
	run(ctx context.Context, e *env) error
}

// cli is the grammar of the command line. The manual pages in help/ describe
// it; a test compares the two.
type cli struct {
	Help helpFlag `short:"h"`

	Generate generateCommand `cmd:"" default:"withargs"`
	Check    checkCommand    `cmd:""`
	Init     initCommand     `cmd:""`
	Inspect  inspectCommand  `cmd:""`
	Manual   manualCommand   `cmd:"" name:"help"`
	Version  versionCommand  `cmd:""`
}

// parse reads the arguments that follow the program's name. It runs nothing.
func parse(args []string) (command, error) {
	var grammar cli
	parser, err := newParser(&grammar)
	if err != nil {
		return nil, err
	}
	parsed, err := parser.Parse(longFlags(parser.Model, args))
	if err == nil {
		return parsed.Selected().Target.Addr().Interface().(command), nil
	}
	page := pageFor(err)
	if errors.Is(err, errHelp) {
		return &manualCommand{Topic: page}, nil
	}
	if page != "" {
		page += " "
	}
	return nil, fmt.Errorf("%w; see mcpgen %s-h", err, page)
}

func newParser(grammar *cli) (*kong.Kong, error) {
	return kong.New(grammar, kong.Name("mcpgen"), kong.NoDefaultHelp())
}

// longFlags writes the flags that are spelled as the go command spells them,
// -json and -t=http, as kong wants them: --json and -thttp. Values, other short
// flags and everything after "--" stay as they are.
func longFlags(app *kong.Application, args []string) []string {
	long, short := map[string]bool{}, map[string]bool{}
	_ = kong.Visit(app, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok {
			long[flag.Name] = true
			short[string(flag.Short)] = true
		}
		return next(nil)
	})

	out := make([]string, 0, len(args))
	for i, arg := range args {
		if arg == "--" {
			return append(out, args[i:]...)
		}
		name, value, assigned := strings.Cut(strings.TrimPrefix(arg, "-"), "=")
		switch {
		case !strings.HasPrefix(arg, "-") || name == "" || name[0] == '-':
		case long[name] || !short[name[:1]]:
			arg = "-" + arg
		case assigned && len(name) == 1:
			arg = "-" + name + value
		}
		out = append(out, arg)
	}
	return out
}

// helpFlag is -h. It stops the parsing, so that the help on a command can be
// had without the command's required arguments.
type helpFlag bool

var errHelp = errors.New("help wanted")

// BeforeReset is called by kong when the flag is present.
func (helpFlag) BeforeReset() error { return errHelp }

// pageFor is the manual page of the command at which parsing stopped: "" is the
// one of the whole program.
func pageFor(err error) string {
	stopped, ok := errors.AsType[*kong.ParseError](err)
	if !ok {
		return ""
	}
	selected := stopped.Context.Selected()
	if selected == nil || selected == selected.Parent.DefaultCmd {
		return ""
	}
	return selected.Name
}
