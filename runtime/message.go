package runtime

import "github.com/modelcontextprotocol/go-sdk/mcp"

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
		if m.Content == nil {
			m.Content = Text("")
		}
		if m.Role == "" {
			m.Role = RoleUser
		}
		out.Messages = append(out.Messages, &mcp.PromptMessage{Role: mcp.Role(m.Role), Content: m.Content.block()})
	}
	return out
}
