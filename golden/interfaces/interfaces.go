// Package interfaces asks for interfaces: the one provided type that implements
// it is bound, checked when generating.
package interfaces

import "errors"

// Store is what the tools need.
type Store interface {
	Get(key string) (string, bool)
}

// Reporter is needed by a provider.
type Reporter interface {
	report(text string) string
}

// memory is a Store.
type memory struct{ values map[string]string }

// Get finds a value.
func (m *memory) Get(key string) (string, bool) {
	value, ok := m.values[key]
	return value, ok
}

//mcp:provide scope=server
func newMemory() *memory { return &memory{map[string]string{"a": "1"}} }

type printer struct{}

func (printer) report(text string) string { return "> " + text }

//mcp:provide
func newPrinter() printer { return printer{} }

// Desk answers questions.
type Desk struct {
	store    Store
	reporter Reporter
}

//mcp:provide
func newDesk(store Store, reporter Reporter) *Desk { return &Desk{store, reporter} }

// Lookup finds a value.
//
//mcp:tool
func Lookup(key string, store Store) (string, error) {
	value, ok := store.Get(key)
	if !ok {
		return "", errors.New("no such key")
	}
	return value, nil
}

// Announce finds a value and makes much of it.
//
//mcp:tool
func Announce(key string, desk *Desk) string {
	value, _ := desk.store.Get(key)
	return desk.reporter.report(value)
}
