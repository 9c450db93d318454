package main

import (
	_ "embed"
	"errors"

	"github.com/mcpgen/mcpgen/runtime"
)

// pixel is a red dot.
//
//go:embed testdata/pixel.png
var pixel []byte

// silence is a sound file without samples.
//
//go:embed testdata/silence.wav
var silence []byte

// SimpleText answers with text.
//
//mcp:tool name=test_simple_text readonly
func SimpleText() string { return "This is a simple text response for testing." }

// ImageContent answers with an image.
//
//mcp:tool name=test_image_content readonly
func ImageContent() runtime.Image { return runtime.Image{Data: pixel, MIMEType: "image/png"} }

// AudioContent answers with a sound.
//
//mcp:tool name=test_audio_content readonly
func AudioContent() runtime.Audio { return runtime.Audio{Data: silence, MIMEType: "audio/wav"} }

// EmbeddedResource answers with the contents of a resource.
//
//mcp:tool name=test_embedded_resource readonly
func EmbeddedResource() runtime.File {
	return runtime.File{
		URI:      "test://embedded-resource",
		MIMEType: "text/plain",
		Text:     "This is an embedded resource content.",
	}
}

// MultipleContentTypes answers with text, an image and a resource.
//
//mcp:tool name=test_multiple_content_types readonly
func MultipleContentTypes() []runtime.Content {
	return []runtime.Content{
		runtime.Text("Multiple content types test:"),
		runtime.Image{Data: pixel, MIMEType: "image/png"},
		runtime.File{
			URI:      "test://mixed-content-resource",
			MIMEType: "application/json",
			Text:     `{"test":"data","value":123}`,
		},
	}
}

// ErrorHandling always fails.
//
//mcp:tool name=test_error_handling
func ErrorHandling() error {
	return errors.New("this tool intentionally returns an error for testing")
}
