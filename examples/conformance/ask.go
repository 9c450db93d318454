package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/mcpgen/mcpgen/runtime"
)

// Elicitation asks the user whatever it is told to ask.
//
//mcp:tool name=test_elicitation
//mcp:param message description="The message to show the user"
func Elicitation(ctx context.Context, message string, ask runtime.Ask[Response]) (string, error) {
	answer, err := ask(ctx, message)
	return outcome("User response", answer, err)
}

// Response is anything that a user has to say.
type Response struct {
	// User's response
	Response string `json:"response"`
}

// outcome tells how a question ended.
func outcome(what string, answer any, err error) (string, error) {
	switch {
	case errors.Is(err, runtime.ErrDeclined):
		return what + ": action=decline", nil
	case errors.Is(err, runtime.ErrCancelled):
		return what + ": action=cancel", nil
	case err != nil:
		return "", err
	}
	return fmt.Sprintf("%s: action=accept, content=%+v", what, answer), nil
}

// ElicitationDefaults shows a form that is filled in already.
//
//mcp:tool name=test_elicitation_sep1034_defaults
func ElicitationDefaults(ctx context.Context, ask runtime.Ask[Defaults]) (string, error) {
	answer, err := ask(ctx, "Please review and update the form fields with defaults")
	return outcome("Elicitation completed", answer, err)
}

// Defaults has a default of each kind.
type Defaults struct {
	// User name
	Name string `json:"name" jsonschema:"default=John Doe"`
	// User age
	Age int `json:"age" jsonschema:"default=30"`
	// User score
	Score float64 `json:"score" jsonschema:"default=95.5"`
	// User status
	Status string `json:"status" jsonschema:"enum=active,enum=inactive,enum=pending,default=active"`
	// Verification status
	Verified bool `json:"verified" jsonschema:"default=true"`
}

// ElicitationEnums shows a form with choices.
//
//mcp:tool name=test_elicitation_sep1330_enums
func ElicitationEnums(ctx context.Context, ask runtime.Ask[Choices]) (string, error) {
	answer, err := ask(ctx, "Please select options from the enum fields")
	return outcome("Elicitation completed", answer, err)
}

// Choices has a choice of each kind.
type Choices struct {
	UntitledSingle string   `json:"untitledSingle,omitempty" jsonschema:"enum=option1,enum=option2,enum=option3"`
	TitledSingle   Value    `json:"titledSingle,omitempty"`
	LegacyEnum     string   `json:"legacyEnum,omitempty" jsonschema:"enum=opt1,enum=opt2,enum=opt3" jsonschema_extras:"enumNames=Option One,enumNames=Option Two,enumNames=Option Three"`
	UntitledMulti  []string `json:"untitledMulti,omitempty" jsonschema:"enum=option1,enum=option2,enum=option3,minItems=1,maxItems=3"`
	TitledMulti    []Value  `json:"titledMulti,omitempty" jsonschema:"minItems=1,maxItems=3"`
}

// Value is a choice with titles.
type Value string

// The choices.
const (
	Value1 Value = "value1" // First Option
	Value2 Value = "value2" // Second Option
	Value3 Value = "value3" // Third Option
)

// Name is what somebody is called.
type Name struct {
	Name string `json:"name"`
}

// Colour is one that somebody likes.
type Colour struct {
	Color string `json:"color"`
}

// Consent is a yes or a no.
type Consent struct {
	OK bool `json:"ok"`
}

// AskName greets the user by name.
//
//mcp:tool name=test_input_required_result_elicitation
func AskName(ctx context.Context, userName runtime.Ask[Name]) (string, error) {
	answer, err := userName(ctx, "What is your name?")
	if err != nil {
		return "", err
	}
	return "Hello, " + answer.Name + "!", nil
}

// AskTwice asks one thing after the other.
//
//mcp:tool name=test_input_required_result_multi_round
func AskTwice(ctx context.Context, step1 runtime.Ask[Name], step2 runtime.Ask[Colour]) (string, error) {
	name, err := step1(ctx, "Step 1: What is your name?")
	if err != nil {
		return "", err
	}
	colour, err := step2(ctx, "Step 2: What is your favorite color?")
	if err != nil {
		return "", err
	}
	return name.Name + " likes " + colour.Color + ".", nil
}

// AskConsent needs the state of the call to come back.
//
//mcp:tool name=test_input_required_result_request_state
func AskConsent(ctx context.Context, confirm runtime.Ask[Consent]) (string, error) {
	return consent(ctx, confirm)
}

// AskSealed needs it to come back as it was.
//
//mcp:tool name=test_input_required_result_tampered_state
func AskSealed(ctx context.Context, confirm runtime.Ask[Consent]) (string, error) {
	return consent(ctx, confirm)
}

// AskStreaming asks while it reports progress.
//
//mcp:tool name=test_streaming_elicitation
func AskStreaming(ctx context.Context, progress runtime.Progress, confirm runtime.Ask[Consent]) (string, error) {
	progress.Report(1, 2, "Asking")
	return consent(ctx, confirm)
}

func consent(ctx context.Context, confirm runtime.Ask[Consent]) (string, error) {
	answer, err := confirm(ctx, "Please confirm")
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("state-ok: %t", answer.OK), nil
}

// PromptWithQuestion asks before it prompts.
//
//mcp:prompt name=test_input_required_result_prompt
func PromptWithQuestion(ctx context.Context, userContext runtime.Ask[PromptContext]) (string, error) {
	answer, err := userContext(ctx, "What context should the prompt use?")
	if err != nil {
		return "", err
	}
	return "Use this context: " + answer.Context, nil
}

// PromptContext is what a prompt is about.
type PromptContext struct {
	Context string `json:"context"`
}
