package main

import (
	"fmt"

	"github.com/mcpgen/mcpgen/runtime"
)

// SimplePrompt takes no arguments.
//
//mcp:prompt name=test_simple_prompt
func SimplePrompt() string { return "This is a simple prompt for testing." }

// PromptWithArguments says what it is given.
//
//mcp:prompt name=test_prompt_with_arguments
//mcp:param arg1 description="First test argument"
//mcp:param arg2 description="Second test argument"
func PromptWithArguments(arg1, arg2 string) string {
	return fmt.Sprintf("Prompt with arguments: arg1='%s', arg2='%s'", arg1, arg2)
}

// PromptWithEmbeddedResource contains a resource.
//
//mcp:prompt name=test_prompt_with_embedded_resource
//mcp:param resourceUri description="URI of the resource to embed"
//lint:ignore ST1003 the suite sends the argument by this name
func PromptWithEmbeddedResource(resourceUri string) []runtime.Message {
	return []runtime.Message{
		{Content: runtime.File{
			URI:      resourceUri,
			MIMEType: "text/plain",
			Text:     "Embedded resource content for testing.",
		}},
		runtime.User("Please process the embedded resource above."),
	}
}

// PromptWithImage contains an image.
//
//mcp:prompt name=test_prompt_with_image
func PromptWithImage() []runtime.Message {
	return []runtime.Message{
		{Content: runtime.Image{Data: pixel, MIMEType: "image/png"}},
		runtime.User("Please analyze the image above."),
	}
}

// CompleteArg1 suggests values of the first argument.
//
//mcp:complete prompt=PromptWithArguments argument=arg1
func CompleteArg1(value string) []string {
	return runtime.Matching(value, []string{"paris", "park", "party"})
}
