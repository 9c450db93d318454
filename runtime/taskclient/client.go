package taskclient

import (
	"context"

	"github.com/mcpgen/mcpgen/runtime/internal/frame"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// A Client is a client of the official SDK whose sessions know tasks.
type Client struct {
	*mcp.Client
	hands *hands
}

// NewClient returns a client, as [mcp.NewClient] does. Nil options are fine.
//
// The handlers among the options, and the roots that the client is given, answer
// also what running tasks ask. A client that answers some of it by hand, see
// [Options], needs no handlers, but has to say in options.Capabilities what it can
// answer.
func NewClient(identity *mcp.Implementation, options *mcp.ClientOptions) *Client {
	o := mcp.ClientOptions{}
	if options != nil {
		o = *options
	}
	c := &Client{hands: newHands()}
	c.hands.wrap(&o)
	c.Client = mcp.NewClient(identity, &o)
	if err := addTaskMethods(c.Client); err != nil {
		panic(err) // the SDK has methods of these names, and this package has to use them
	}
	return c
}

// Connect begins a session, as [mcp.Client.Connect] does, in the latest version of
// the protocol that both sides know, or in that of the options. The transport may be
// any; over HTTP it has to be a [*mcp.StreamableClientTransport], or a
// [*mcp.LoggingTransport] with one inside.
func (c *Client) Connect(ctx context.Context, transport mcp.Transport, o *mcp.ClientSessionOptions) (*Session, error) {
	t := newTap()
	e := newExchange()
	session, err := c.Client.Connect(e.with(ctx), t.into(transport), o)
	begun := e.close()
	if err != nil {
		return nil, err
	}
	return &Session{
		ClientSession: session,
		client:        c,
		tap:           t,
		listening:     make(chan struct{}, maxListening),
		tools:         newTools(session.InitializeResult().ProtocolVersion, begun),
	}, nil
}

// maxListening is how many tasks of a session are listened to at a time. Servers
// limit such streams, and over HTTP/1 each is a connection. The others are polled.
const maxListening = 32

// A Session is a session of the official SDK that knows tasks. The methods of the
// SDK are there as they are: CallTool, for one, declares no tasks and gets none.
type Session struct {
	*mcp.ClientSession
	client    *Client
	tap       *tap
	listening chan struct{} // has an element for each task that is listened to
	tools     *tools
}

// modern reports whether the session is of an era without sessions.
func (s *Session) modern() bool { return s.InitializeResult().ProtocolVersion >= frame.Modern }
