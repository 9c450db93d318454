package model

import "go/token"

// Completion is a function marked //mcp:complete: it suggests values while a user
// types.
type Completion struct {
	Func
	Targets []*Target
	Plan    *Plan `json:",omitempty"`
}

// Typed is the parameter of a completion that is what the user has typed so far.
const Typed = "value"

// Target is one argument of a prompt, or one variable of a resource template,
// that a completion is for.
type Target struct {
	// Prompt or Resource says whose: as written, by the name of a Go function or as
	// clients know it. The other is "".
	Prompt, Resource string
	Argument         string
	DirectivePos     token.Position
	OwnerPos         token.Position // of the value of prompt= or resource=
	ArgumentPos      token.Position
	// OfPrompt or OfResource is the owner. From resolve.
	OfPrompt   *Prompt   `json:"-"`
	OfResource *Resource `json:"-"`
}

// Kind is what the protocol calls an argument of the owner.
func (t *Target) Kind() string {
	if t.Resource != "" {
		return "variable"
	}
	return "argument"
}
