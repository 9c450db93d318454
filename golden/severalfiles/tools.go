// Package severalfiles is spread over files; there is one generated file for all.
package severalfiles

// Zoom looks closer.
//
//mcp:tool
func Zoom(in View) View {
	in.Scale *= 2
	return in
}

// Pan looks elsewhere.
//
//mcp:tool
func Pan(camera *Camera, right int) string { return camera.move(right) }
