package runtime

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/mcpgen/mcpgen/runtime/internal/wait"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Catalog is what the server offers, to be changed while it runs. Functions and
// providers of either scope take a *Catalog; clients are told what they asked to
// be told. It is safe for concurrent use. A nil *Catalog does nothing, which is
// convenient in tests.
type Catalog struct{ server *Server }

// Catalog returns what changes the server's offer.
func (s *Server) Catalog() *Catalog { return &Catalog{s} }

// Catalog returns what changes the server's offer.
func (c *Call) Catalog() *Catalog { return c.server.Catalog() }

// Catalog returns what changes the server's offer, for server-scoped providers.
func (s *Scope) Catalog() *Catalog { return s.catalog }

// updateGrace is how long [Catalog.ResourceUpdated] waits for slow clients.
const updateGrace = time.Second

// ResourceUpdated tells the clients that have subscribed to a resource that it has
// changed, so that they read it again. It returns when all have been told, or
// after a second; the slow ones are told later, once for all changes meanwhile.
// Nothing is sent about a URI that the server does not have.
//
// On a server made by [Mount], clients can only subscribe if the SDK server was
// made with a SubscribeHandler.
func (c *Catalog) ResourceUpdated(uri string) {
	if c == nil || c.server.identity != nil && !c.server.readable(uri) {
		return
	}
	wait.For(c.server.updates.tell(uri, func() {
		err := c.server.sdk.ResourceUpdated(context.Background(), &mcp.ResourceUpdatedNotificationParams{URI: uri})
		if err != nil {
			c.server.log.Debug("telling of an update failed", "uri", uri, "error", err)
		}
	}), updateGrace)
}

// HideTools takes tools, by their names, out of the list that clients get, and
// refuses calls of them as if they did not exist; calls that are running go on. It
// changes nothing if one of the names is unknown.
func (c *Catalog) HideTools(names ...string) error { return c.set(true, names, "tool") }

// ShowTools undoes [Catalog.HideTools].
func (c *Catalog) ShowTools(names ...string) error { return c.set(false, names, "tool") }

// HidePrompts is [Catalog.HideTools] for prompts.
func (c *Catalog) HidePrompts(names ...string) error { return c.set(true, names, "prompt") }

// ShowPrompts undoes [Catalog.HidePrompts].
func (c *Catalog) ShowPrompts(names ...string) error { return c.set(false, names, "prompt") }

// HideResources is [Catalog.HideTools] for resources, by their URIs, and resource
// templates.
func (c *Catalog) HideResources(uris ...string) error {
	return c.set(true, uris, "resource", "resource template")
}

// ShowResources undoes [Catalog.HideResources].
func (c *Catalog) ShowResources(uris ...string) error {
	return c.set(false, uris, "resource", "resource template")
}

func (c *Catalog) set(hidden bool, names []string, kinds ...string) error {
	if c == nil {
		return nil
	}
	s := c.server
	s.hiding.Lock()
	defer s.hiding.Unlock()
	var found []registration
	for _, name := range names {
		r, ok := s.registered(name, kinds...)
		if !ok {
			return fmt.Errorf("there is no %s %s", kinds[0], name)
		}
		found = append(found, r)
	}
	if s.hidden == nil {
		s.hidden = make(map[registrationKey]bool)
	}
	for _, r := range found {
		changed := s.hidden[r.key()] != hidden
		s.hidden[r.key()] = hidden
		switch {
		case !changed || !s.offering.Load(): // what is hidden now will not be installed
		case hidden:
			r.remove(s.sdk)
		default:
			r.install(s.sdk)
		}
	}
	return nil
}

// registered finds a registration of one of the kinds by its name.
func (s *Server) registered(name string, kinds ...string) (registration, bool) {
	i := slices.IndexFunc(s.registrations, func(r registration) bool {
		return r.name == name && slices.Contains(kinds, r.kind)
	})
	if i < 0 {
		return registration{}, false
	}
	return s.registrations[i], true
}

// readable reports whether there is a resource of this URI, or a template for it.
func (s *Server) readable(uri string) bool {
	s.hiding.RLock()
	defer s.hiding.RUnlock()
	for _, r := range s.registrations {
		switch {
		case s.hidden[r.key()]:
		case r.kind == "resource" && r.name == uri:
			return true
		case r.template != nil && (r.template.matches(uri) || r.template.matches(escapeURI(uri))):
			return true
		}
	}
	return false
}

// hides reports whether what a completion is of is hidden.
func (s *Server) hides(c Completion) bool {
	s.hiding.RLock()
	defer s.hiding.RUnlock()
	return s.hidden[registrationKey{"prompt", c.Prompt}] || s.hidden[registrationKey{"resource template", c.URITemplate}]
}
