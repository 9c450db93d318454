package runtime

import (
	"errors"
	"fmt"
	goruntime "runtime"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// registration is one tool, prompt, resource or template of a server. The SDK gets
// it when the server has started, so that nothing is offered that cannot work.
type registration struct {
	kind, name  string       // together unique in a server
	by          string       // the function that registered it
	tool        *tool        // nil for the other kinds
	template    *uriTemplate // nil for the other kinds
	completions completions  // of its arguments, nil for those that have none
	completes   Completion   // of a completion, with its completer
	completer   completer
	problem     string // why it cannot be offered, "" if it can
	install     func(*mcp.Server)
	remove      func(*mcp.Server)
}

// registrationKey identifies a registration in its server.
type registrationKey struct{ kind, name string }

func (r registration) key() registrationKey { return registrationKey{r.kind, r.name} }

// add keeps r for the start.
func (s *Server) add(r registration) {
	r.by = registrar()
	s.registrations = append(s.registrations, r)
	s.pin(r.kind)
}

// registrar is the function that called into this package, such as
// "example.com/sales.Register".
func registrar() string {
	var pcs [8]uintptr
	frames := goruntime.CallersFrames(pcs[:goruntime.Callers(3, pcs[:])])
	for {
		frame, more := frames.Next()
		name, _, _ := strings.Cut(frame.Function, "[") // the type arguments of AddTool
		if path, ok := strings.CutPrefix(name, "github.com/mcpgen/mcpgen/runtime."); !ok || !registers(path) || !more {
			return name
		}
	}
}

// registers reports whether a function of this package is on the way to add.
func registers(function string) bool {
	switch function {
	case "AddTool", "(*Server).addTool", "AddResource", "AddResourceTemplate", "AddPrompt", "AddCompletion":
		return true
	}
	return false
}

// problems returns all reasons why the server cannot start.
func (s *Server) problems() error {
	var problems []error
	if s.stateKeysErr != nil {
		problems = append(problems, s.stateKeysErr)
	}
	first := make(map[registrationKey]registration)
	for _, r := range s.registrations {
		if other, ok := first[r.key()]; ok {
			problems = append(problems, fmt.Errorf("%s %s is registered twice, by %s and by %s; rename one of them", r.kind, r.name, other.by, r.by))
			continue
		}
		first[r.key()] = r
		if r.problem != "" {
			problems = append(problems, fmt.Errorf("%s %s, registered by %s: %s", r.kind, r.name, r.by, r.problem))
		}
	}
	return errors.Join(problems...)
}

// install gives everything to the SDK, or nothing if it refuses something, which
// it does by panicking.
func (s *Server) install() error {
	var err error
	if s.completions, err = newCompletions(s.registrations); err != nil {
		return err
	}
	s.hiding.Lock()
	defer s.hiding.Unlock()
	for i, r := range s.registrations {
		if s.hidden[r.key()] {
			continue
		}
		if err := tryInstall(s.sdk, r); err != nil {
			for _, installed := range s.registrations[:i] {
				installed.remove(s.sdk)
			}
			return fmt.Errorf("%s %s, registered by %s: %w", r.kind, r.name, r.by, err)
		}
	}
	if s.identity == nil {
		s.sdk.AddReceivingMiddleware(s.guest()...)
	}
	s.offering.Store(true)
	return nil
}

func tryInstall(server *mcp.Server, r registration) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	r.install(server)
	return nil
}

// uninstall takes everything back from an SDK server that goes on without us.
func (s *Server) uninstall() {
	s.offering.Store(false)
	if s.identity != nil {
		return
	}
	for _, r := range s.registrations {
		r.remove(s.sdk)
	}
}
