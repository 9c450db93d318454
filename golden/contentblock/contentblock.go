// Package contentblock returns one content block that is not text: a picture, a
// sound, a file or a link.
package contentblock

import (
	"errors"

	"github.com/mcpgen/mcpgen/runtime"
)

// Draw draws a dot.
//
//mcp:tool
func Draw() runtime.Image {
	return runtime.Image{Data: []byte("GIF89a"), MIMEType: "image/gif"}
}

// Speak reads a text aloud.
//
//mcp:tool
func Speak(text string) (runtime.Audio, error) {
	if text == "" {
		return runtime.Audio{}, errors.New("nothing to say")
	}
	return runtime.Audio{Data: []byte(text), MIMEType: "audio/wav"}, nil
}

// Export writes a file.
//
//mcp:tool
func Export(name string) runtime.File {
	return runtime.File{URI: "file:///" + name, MIMEType: "text/csv", Text: "a,b\n1,2\n"}
}

// Refer returns a link to a file.
//
//mcp:tool
func Refer(name string) runtime.Link {
	return runtime.Link{URI: "file:///" + name, Name: name, MIMEType: "text/csv"}
}
