package mcptest

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/internal/stdio"
	"github.com/mcpgen/mcpgen/runtime/taskclient"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Client is a client of a server under test. Its methods end the test, as
// [testing.TB.Fatal] does, when they do not get what they promise, so they are to
// be called by the goroutine of the test.
type Client struct {
	t       testing.TB
	server  *runtime.Server
	session *taskclient.Session
	user    *user
}

// Start starts a server with what register adds to it, and connects to it. For a
// Register function that takes dependencies, write
//
//	mcptest.Start(t, func(s *runtime.Server) { sales.Register(s, deps) })
//
// When the test ends, the server stops. The test fails if that fails, or if a value
// given to [runtime.Replace] was not asked for.
func Start(t testing.TB, register func(*runtime.Server), options ...runtime.Option) *Client {
	t.Helper()
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	options = append([]runtime.Option{runtime.WithLogger(log)}, options...)
	server := runtime.NewServer(runtime.Info{}, options...)
	register(server)
	if err := server.Start(t.Context()); err != nil {
		t.Fatalf("starting the server: %v", err)
	}
	t.Cleanup(func() { stop(t, server) })

	return connect(t, server, "", new(user))
}

// Speaking returns another client of the same server, which speaks an earlier
// version of the protocol, such as "2025-11-25". Without it a client speaks the
// latest.
func (c *Client) Speaking(version string) *Client {
	c.t.Helper()
	return connect(c.t, c.server, version, new(user))
}

// Mute returns another client of the same server, which cannot ask its user
// anything.
func (c *Client) Mute() *Client {
	c.t.Helper()
	return connect(c.t, c.server, c.session.InitializeResult().ProtocolVersion, nil)
}

// stop stops the server and looks for replacements that were in vain.
func stop(t testing.TB, server *runtime.Server) {
	t.Helper()
	if err := server.Stop(context.Background()); err != nil {
		t.Errorf("stopping the server: %v", err)
	}
	for _, name := range server.UnusedReplacements() {
		t.Errorf("the replacement of %s was not used: nothing that was called depends on exactly this type", name)
	}
}

// connect returns a client whose session ends before the server stops. It speaks
// the latest version if that is "", and has nobody to ask if user is nil.
func connect(t testing.TB, server *runtime.Server, version string, user *user) *Client {
	t.Helper()
	c := &Client{t: t, server: server, user: user}
	options := &mcp.ClientOptions{}
	if user != nil {
		options.ElicitationHandler = c.elicit
		t.Cleanup(c.answered)
	}
	transport, served := serve(server, t)
	client := taskclient.NewClient(&mcp.Implementation{Name: "mcptest", Version: "v1"}, options)
	session, err := client.Connect(context.WithoutCancel(t.Context()), transport, &mcp.ClientSessionOptions{ProtocolVersion: version})
	if err != nil {
		t.Fatalf("connecting to the server: %v", err)
	}
	t.Cleanup(func() {
		if err := session.Close(); err != nil && err != io.EOF {
			t.Logf("closing the session: %v", err)
		}
		<-served
	})
	c.session = session
	return c
}

// serve serves one client as a process does on its standard input and output, whose
// other ends are the transport. It ends with the connection.
func serve(server *runtime.Server, t testing.TB) (_ mcp.Transport, served <-chan struct{}) {
	in, input := io.Pipe()
	output, out := io.Pipe()
	done := make(chan struct{})
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	go func() {
		defer close(done)
		stdio.Serve(context.Background(), server.SDK(), in, out, stdio.Options{Log: log, Abort: func() {}})
		out.Close()
	}()
	return &mcp.IOTransport{Reader: output, Writer: input}, done
}

// Session returns the session of the official SDK, for what Client does not offer.
func (c *Client) Session() *mcp.ClientSession { return c.session.ClientSession }

// Call calls a tool with arguments that encode as a JSON object, such as a struct
// or a map; nil means none. If the call becomes a task, that is waited for. A tool
// error is a result too: see [Result.IsError] and [Client.CallError].
func (c *Client) Call(name string, arguments any) *Result {
	c.t.Helper()
	return c.Begin(name, arguments).Wait()
}

// CallError calls a tool that has to fail, and returns the text of its error,
// whether that is a tool error or one of the protocol.
func (c *Client) CallError(name string, arguments any) string {
	c.t.Helper()
	task, err := c.begin(name, arguments)
	if err != nil {
		return err.Error()
	}
	return task.WaitError()
}

// Read reads a resource.
func (c *Client) Read(uri string) *Resource {
	c.t.Helper()
	result, err := c.session.ReadResource(c.t.Context(), &mcp.ReadResourceParams{URI: uri})
	if err != nil {
		c.t.Fatalf("resource %s: %v", uri, err)
	}
	return &Resource{t: c.t, uri: uri, Contents: result.Contents}
}

// ReadError reads a resource that has to fail, and returns the text of the error.
func (c *Client) ReadError(uri string) string {
	c.t.Helper()
	_, err := c.session.ReadResource(c.t.Context(), &mcp.ReadResourceParams{URI: uri})
	if err == nil {
		c.t.Fatalf("resource %s: want an error, got contents", uri)
	}
	return err.Error()
}

// Prompt gets a prompt.
func (c *Client) Prompt(name string, arguments map[string]string) *Prompt {
	c.t.Helper()
	result, err := c.session.GetPrompt(c.t.Context(), &mcp.GetPromptParams{Name: name, Arguments: arguments})
	if err != nil {
		c.t.Fatalf("prompt %s: %v", name, err)
	}
	return &Prompt{Description: result.Description, Messages: result.Messages}
}

// PromptError gets a prompt that has to fail, and returns the text of the error.
func (c *Client) PromptError(name string, arguments map[string]string) string {
	c.t.Helper()
	_, err := c.session.GetPrompt(c.t.Context(), &mcp.GetPromptParams{Name: name, Arguments: arguments})
	if err == nil {
		c.t.Fatalf("prompt %s: want an error, got messages", name)
	}
	return err.Error()
}

// Complete returns the values that the server suggests for an argument.
func (c *Client) Complete(of runtime.Completion, in runtime.CompletionInput) []string {
	c.t.Helper()
	ref := &mcp.CompleteReference{Type: "ref/prompt", Name: of.Prompt}
	if of.URITemplate != "" {
		ref = &mcp.CompleteReference{Type: "ref/resource", URI: of.URITemplate}
	}
	result, err := c.session.Complete(c.t.Context(), &mcp.CompleteParams{
		Ref:      ref,
		Argument: mcp.CompleteParamsArgument{Name: of.Argument, Value: in.Value},
		Context:  &mcp.CompleteContext{Arguments: in.Arguments},
	})
	if err != nil {
		c.t.Fatalf("completion %s: %v", of, err)
	}
	return result.Completion.Values
}

// text is the text of contents, a line each; what is no text is named by its type.
func text(contents []mcp.Content) string {
	var lines []string
	for _, c := range contents {
		lines = append(lines, textOf(c))
	}
	return strings.Join(lines, "\n")
}
