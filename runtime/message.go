package runtime

import (
	"cmp"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Role is who speaks in a [Message].
type Role string

// The roles that the protocol knows.
const (
	RoleUser      Role = "user"
	RoleAssistant Role = "assistant"
)

// Message is one message of a prompt. An empty Role is [RoleUser].
type Message struct {
	Role    Role
	Content Content
}

// User is a text that the user says.
func User(text string) Message { return Message{RoleUser, Text(text)} }

// Assistant is a text that the model says.
func Assistant(text string) Message { return Message{RoleAssistant, Text(text)} }

// PromptResult is the complete result of a prompt.
type PromptResult struct {
	// Description replaces the one that was declared, if it is not empty.
	Description string
	Messages    []Message
}

// PromptMessages is a result of messages.
func PromptMessages(messages ...Message) *PromptResult {
	return &PromptResult{Messages: messages}
}

// wire is r as the SDK has it. A nil r has no messages.
func (r *PromptResult) wire(description string) *mcp.GetPromptResult {
	out := &mcp.GetPromptResult{Description: description, Messages: []*mcp.PromptMessage{}}
	if r == nil {
		return out
	}
	if r.Description != "" {
		out.Description = r.Description
	}
	for _, m := range r.Messages {
		out.Messages = append(out.Messages, &mcp.PromptMessage{Role: m.role(), Content: m.block()})
	}
	return out
}

func (m Message) role() mcp.Role { return mcp.Role(cmp.Or(m.Role, RoleUser)) }

// block is the content of m, which is empty without any.
func (m Message) block() mcp.Content {
	if m.Content == nil {
		return Text("").block()
	}
	return m.Content.block()
}
