package golden

import (
	"errors"

	"github.com/mcpgen/mcpgen/golden/deps"
	"github.com/mcpgen/mcpgen/golden/depsproviders"
	"github.com/mcpgen/mcpgen/runtime"
)

// withDeps has the cases whose Register takes the dependencies of the program.
var withDeps = map[string]func(*runtime.Server){
	"deps": func(s *runtime.Server) {
		deps.Register(s, deps.Deps{
			Mailer: mailer{},
			Index:  &deps.Index{Addresses: map[string]string{"Ada": "ada@example.com"}},
			Prefix: "Dear friend, ",
		})
	},
	"depsproviders": func(s *runtime.Server) {
		depsproviders.Register(s, depsproviders.Deps{Settings: &depsproviders.Settings{Region: "north"}})
	},
}

// mailer refuses to send mail to nowhere.
type mailer struct{}

func (mailer) Send(to, _ string) error {
	if to == "" {
		return errors.New("no address")
	}
	return nil
}

// register is the Register function of a case, or nil.
func register(name string) func(*runtime.Server) {
	if r, ok := withDeps[name]; ok {
		return r
	}
	return registry[name]
}
