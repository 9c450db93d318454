package severalfiles

import "strconv"

// Camera looks at something.
type Camera struct{}

func (*Camera) move(right int) string { return "moved by " + strconv.Itoa(right) }

//mcp:provide
func newCamera() *Camera { return &Camera{} }

// Shoot takes a picture.
//
//mcp:tool
func (*Camera) Shoot() string { return "click" }
