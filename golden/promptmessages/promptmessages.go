// Package promptmessages makes prompts of several messages, of both sides, and of
// more than text.
package promptmessages

import (
	"errors"

	"github.com/mcpgen/mcpgen/runtime"
)

// Interview starts an interview in the middle.
//
//mcp:prompt
func Interview(topic string) ([]runtime.Message, error) {
	if topic == "" {
		return nil, errors.New("no topic")
	}
	return []runtime.Message{
		runtime.User("Interview me about " + topic + "."),
		runtime.Assistant("Gladly. How did you come to it?"),
	}, nil
}

// Remind repeats what the assistant promised.
//
//mcp:prompt
func Remind() runtime.Message { return runtime.Assistant("I promised to be brief.") }

// Describe asks for a description of a picture.
//
//mcp:prompt
func Describe() runtime.Image {
	return runtime.Image{Data: []byte("picture"), MIMEType: "image/png"}
}

// Debate is a whole prompt, made by hand.
//
//mcp:prompt
func Debate(side string) *runtime.PromptResult {
	return &runtime.PromptResult{
		Description: "A debate, " + side,
		Messages:    []runtime.Message{runtime.User("Argue " + side + ".")},
	}
}
