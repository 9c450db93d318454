package runtime

import "sync"

// A gate counts those who are inside, and can be shut for newcomers. The zero
// value is open and empty. It is safe for concurrent use.
type gate struct {
	mu     sync.Mutex
	inside int
	shut   bool
	empty  chan struct{} // made by close, closed when the last one leaves
}

// enter counts the caller in and reports true, or false if the gate is shut.
func (g *gate) enter() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut {
		return false
	}
	g.inside++
	return true
}

// leave counts out a caller for whom enter reported true.
func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.inside--
	if g.shut && g.inside == 0 {
		close(g.empty)
	}
}

// count is how many are inside.
func (g *gate) count() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.inside
}

// close shuts the gate and returns a channel that is closed once nobody is
// inside. It may be called more than once.
func (g *gate) close() <-chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.shut {
		g.shut = true
		g.empty = closed
		if g.inside > 0 {
			g.empty = make(chan struct{})
		}
	}
	return g.empty
}

// closed is what a gate without anybody inside gives out, so that shutting one
// costs nothing.
var closed = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()
