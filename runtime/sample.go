package runtime

//lint:file-ignore SA1019 the specification deprecates sampling and roots (SEP-2577), and clients have them

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// ErrCannotSample says that the client lends nobody its model.
var ErrCannotSample = errors.New("this client cannot be asked for a message of its model")

// Sampling is a request for a message of the client's model.
type Sampling struct {
	// Messages is the conversation so far. Their contents are [Text], [Image] or [Audio].
	Messages []Message
	// MaxTokens is how long the answer may be, 1000 tokens if it is 0.
	MaxTokens int64
	// System is a system prompt, which the client may change or leave out.
	System string
	// Temperature is handed to the model unless it is 0.
	Temperature float64
	// StopSequences end the answer.
	StopSequences []string
	// Models are names, or parts of names, of models that are preferred, the best first.
	Models []string
}

// Sampled is a message of a model.
type Sampled struct {
	Role     Role
	Contents []Content // each is [Text], [Image] or [Audio]; mostly there is one
	// Model is the model's name.
	Model string
	// StopReason is "endTurn", "stopSequence", "maxTokens" or what else the client
	// says, "" if it does not.
	StopReason string
}

// Text returns the texts of the message, one after the other.
func (s *Sampled) Text() string {
	var b strings.Builder
	for _, c := range s.Contents {
		if text, ok := c.(Text); ok {
			b.WriteString(string(text))
		}
	}
	return b.String()
}

const defaultMaxTokens = 1000

// Sample asks the client for a message of its model, which it may show its user
// before. Like [Ask] it waits for clients of versions before 2026-07-28, and for the
// others returns [ErrInputRequired], after which the function runs again and gets
// the message, as long as it asks for the same. [ErrCannotSample] says that the
// client offers no sampling.
//
// The specification deprecates sampling since 2026-07-28 (SEP-2577); clients go on
// offering it for at least a year.
func (c *Call) Sample(ctx context.Context, s Sampling) (*Sampled, error) {
	a, err := c.ask(ctx, question{"sample", s.wire()})
	if err != nil {
		return nil, err
	}
	var result mcp.CreateMessageWithToolsResult // takes one content, and a list of them
	if err := json.Unmarshal(a.Result, &result); err != nil {
		return nil, fmt.Errorf("the message of the client's model: %w", err)
	}
	sampled := &Sampled{Role: Role(result.Role), Model: result.Model, StopReason: result.StopReason}
	for _, block := range result.Content {
		content, ok := readContent(block)
		if !ok {
			return nil, fmt.Errorf("the client's model answered with %T, which is no text, image or sound", block)
		}
		sampled.Contents = append(sampled.Contents, content)
	}
	return sampled, nil
}

// wire is s as the SDK has it.
func (s Sampling) wire() *mcp.CreateMessageParams {
	params := &mcp.CreateMessageParams{
		MaxTokens:     s.MaxTokens,
		Messages:      []*mcp.SamplingMessage{},
		SystemPrompt:  s.System,
		Temperature:   s.Temperature,
		StopSequences: s.StopSequences,
	}
	if params.MaxTokens == 0 {
		params.MaxTokens = defaultMaxTokens
	}
	for _, m := range s.Messages {
		params.Messages = append(params.Messages, &mcp.SamplingMessage{Role: m.role(), Content: m.block()})
	}
	if len(s.Models) > 0 {
		params.ModelPreferences = new(mcp.ModelPreferences)
		for _, name := range s.Models {
			params.ModelPreferences.Hints = append(params.ModelPreferences.Hints, &mcp.ModelHint{Name: name})
		}
	}
	return params
}
