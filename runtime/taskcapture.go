//lint:file-ignore SA1019 sampling and roots are deprecated since 2026-07-28, and clients still offer them

package runtime

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// captured is what a task keeps of the request that created it, so that its
// function finds it in the [Call], wherever and whenever it runs.
type captured struct {
	Arguments    json.RawMessage         `json:"arguments"`
	Version      string                  `json:"version"`
	Client       *mcp.Implementation     `json:"client,omitempty"`
	Capabilities *mcp.ClientCapabilities `json:"capabilities,omitempty"`
	Roots        *mcp.RootCapabilities   `json:"roots,omitempty"`  // of the capabilities, which do not write them
	Offers       any                     `json:"offers,omitempty"` // the capabilities where they are in the _meta, as they are there
	Header       http.Header             `json:"header,omitempty"`
	HTTP         bool                    `json:"http,omitempty"`
	Token        *capturedToken          `json:"token,omitempty"`
	Meta         map[string]any          `json:"meta,omitempty"`
	Round        int                     `json:"round,omitempty"`   // of questions before it was a task
	Answers      map[string]answer       `json:"answers,omitempty"` // to them
	Depth        int                     `json:"depth,omitempty"`   // of tools that call each other
}

// capture keeps what there is to keep of a call of t.
func capture(c *Call, t *tool) *captured {
	read := t.KeepRequest || len(c.server.middleware) > 0 // which is given the Call
	k := &captured{
		Arguments: c.asking.arguments,
		Version:   c.ProtocolVersion(),
		Client:    c.ClientInfo(),
		Offers:    c.Meta()[mcp.MetaKeyClientCapabilities],
		Meta:      kept(c.Meta(), read),
	}
	if k.Offers == nil {
		k.Capabilities = c.ClientCapabilities()
	}
	if k.Capabilities != nil {
		k.Roots = k.Capabilities.RootsV2
	}
	if extra := c.request.GetExtra(); extra != nil {
		k.HTTP, k.Header = true, kept(extra.Header, read)
		k.Token = captureToken(extra.TokenInfo, extra.Header)
	}
	return k
}

// answered adds the answers that the request brings from the rounds before.
func (k *captured) answered(ctx context.Context, c *Call) error {
	if err := c.asking.begin(ctx, c); err != nil {
		return err
	}
	if r, ok := c.asking.asker.(*rounds); ok {
		k.Round, k.Answers = r.round, r.answers
	}
	return nil
}

// restored is a request that was captured.
type restored struct {
	captured
	params *mcp.CallToolParamsRaw
	extra  *mcp.RequestExtra
}

func (r *restored) ClientInfo() *mcp.Implementation { return r.Client }
func (r *restored) ProtocolVersion() string         { return r.Version }
func (r *restored) GetExtra() *mcp.RequestExtra     { return r.extra }
func (r *restored) GetParams() mcp.Params           { return r.params }
func (r *restored) GetSession() mcp.Session         { return nil }

// ClientCapabilities has the SDK read them, as it does for any request.
func (r *restored) ClientCapabilities() *mcp.ClientCapabilities {
	if r.Offers == nil {
		return r.Capabilities
	}
	meta := mcp.Meta{mcp.MetaKeyProtocolVersion: r.Version, mcp.MetaKeyClientCapabilities: r.Offers}
	return (&mcp.CallToolRequest{Params: &mcp.CallToolParamsRaw{Meta: meta}}).ClientCapabilities()
}

// taskRun is what a [Call] knows of being a task.
type taskRun struct {
	*task.Run
	arguments []byte
	timeout   time.Duration // of each start
}

// cause is why the context of a call has ended, in the words that a call has for it.
func (r *taskRun) cause(cause error) error {
	if r != nil && errors.Is(cause, task.ErrTimeout) {
		return &timeoutError{r.timeout}
	}
	return cause
}

// report has the task tell its progress, or, before it is one, the call.
func (r *taskRun) report(p mcp.ProgressNotificationParams) error {
	r.Report(p.Message, task.Progress{Done: p.Progress, Total: p.Total})
	return nil
}

// restore returns the call that a task is to make.
func (ts *tasks) restore(t *tool, run *task.Run) (*Call, error) {
	r := new(restored)
	if err := json.Unmarshal(run.Payload(), &r.captured); err != nil {
		return nil, fmt.Errorf("what was kept of the call: %w", err)
	}
	if r.Capabilities != nil {
		r.Capabilities.RootsV2 = r.Roots
	}
	r.params = &mcp.CallToolParamsRaw{Name: t.Name, Arguments: r.Arguments, Meta: r.Meta}
	if r.HTTP {
		r.extra = &mcp.RequestExtra{Header: r.Header, TokenInfo: r.Token.restore()}
	}
	c := ts.server.newCall("tool", t.Name, "", r)
	c.run = &taskRun{run, r.Arguments, t.Timeout}
	c.children.depth = r.Depth
	c.asking.asker = newTaskAsker(c, t.AskBefore, r.Round, r.Answers)
	return c, nil
}
