// Package depsproviders builds on what the program hands in: providers may need
// fields of the //mcp:deps struct.
package depsproviders

import (
	"context"
	"fmt"
)

// Deps is what this package needs of the program.
//
//mcp:deps
type Deps struct {
	Settings *Settings
}

// Settings are the program's.
type Settings struct{ Region string }

// Client talks to a region.
type Client struct{ region string }

//mcp:provide scope=server
func dial(_ context.Context, settings *Settings) (*Client, error) {
	return &Client{settings.Region}, nil
}

// Request is one conversation.
type Request struct {
	client *Client
	deps   Deps
}

//mcp:provide
func newRequest(client *Client, deps Deps) *Request { return &Request{client, deps} }

// Where says where the servers are.
//
//mcp:tool
func Where(request *Request, service string) string {
	return fmt.Sprintf("%s runs in %s", service, request.client.region)
}
