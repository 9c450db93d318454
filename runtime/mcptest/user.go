package mcptest

import (
	"context"
	"encoding/json"
	"slices"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// user is the person behind a client.
type user struct {
	mu      sync.Mutex
	answers []*mcp.ElicitResult // to the next questions
	asked   []Question
}

// Question is what a server has asked.
type Question struct {
	Message string
	// Form is the JSON Schema of what is to be filled in.
	Form json.RawMessage
}

// Answer has the user fill in content, which encodes as a JSON object such as the
// struct of a [runtime.Ask], when the server asks next. A test that gives more
// answers than there are questions fails, and so does one that gives fewer. As
// clients do, this one holds the content against the form.
func (c *Client) Answer(content any) {
	c.t.Helper()
	data, err := json.Marshal(content)
	if err != nil {
		c.t.Fatalf("answer: %v", err)
	}
	filled := make(map[string]any)
	if err := json.Unmarshal(data, &filled); err != nil {
		c.t.Fatalf("answer: %v in %s", err, data)
	}
	c.prepare(&mcp.ElicitResult{Action: "accept", Content: filled})
}

// Decline has the user refuse to answer when the server asks next.
func (c *Client) Decline() {
	c.t.Helper()
	c.prepare(&mcp.ElicitResult{Action: "decline"})
}

// Cancel has the user close the question when the server asks next.
func (c *Client) Cancel() {
	c.t.Helper()
	c.prepare(&mcp.ElicitResult{Action: "cancel"})
}

func (c *Client) prepare(answer *mcp.ElicitResult) {
	c.t.Helper()
	if c.user == nil {
		c.t.Fatalf("this client is mute: it has no user who could answer")
	}
	c.user.mu.Lock()
	defer c.user.mu.Unlock()
	c.user.answers = append(c.user.answers, answer)
}

// Questions returns what the server has asked this client so far.
func (c *Client) Questions() []Question {
	if c.user == nil {
		return nil
	}
	c.user.mu.Lock()
	defer c.user.mu.Unlock()
	return slices.Clone(c.user.asked)
}

// elicit is how the SDK asks the user.
func (c *Client) elicit(_ context.Context, request *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
	form, err := json.Marshal(request.Params.RequestedSchema)
	if err != nil {
		return nil, err
	}
	c.user.mu.Lock()
	defer c.user.mu.Unlock()
	c.user.asked = append(c.user.asked, Question{request.Params.Message, form})
	if len(c.user.answers) == 0 {
		c.t.Errorf("the server asks %q, and the test has no answer to it: give it with Answer, Decline or Cancel", request.Params.Message)
		return &mcp.ElicitResult{Action: "cancel"}, nil
	}
	answer := c.user.answers[0]
	c.user.answers = c.user.answers[1:]
	return answer, nil
}

// answered looks for answers that were in vain.
func (c *Client) answered() {
	c.t.Helper()
	c.user.mu.Lock()
	defer c.user.mu.Unlock()
	if n := len(c.user.answers); n > 0 {
		c.t.Errorf("%d more answers than questions", n)
	}
}
