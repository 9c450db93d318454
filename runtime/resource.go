package runtime

import (
	"cmp"
	"context"
	"fmt"

	"github.com/mcpgen/mcpgen/runtime/codec"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Resource declares something that clients can read at a fixed URI.
type Resource struct {
	URI                                string
	Name, Title, Description, MIMEType string
	// Icon is the URL of an image, or a data URI that holds one.
	Icon string
	// Audience says for whom the resource is: "user", "assistant", or both.
	Audience []string
	// Priority is from 0 to 1, the most important; 0 is left out.
	Priority float64
	// Caching tells clients how long they may keep the contents.
	Caching Caching
}

// AddResource declares a resource that read returns.
func AddResource(s *Server, r Resource, read func(context.Context, *Call) ([]File, error)) {
	handler := func(ctx context.Context, request *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
		c := s.newCall("resource", r.Name, request.Params.URI, request)
		return readResource(ctx, s, c, r.MIMEType, r.Caching, read)
	}
	s.add(registration{
		kind: "resource",
		name: r.URI,
		install: func(server *mcp.Server) {
			server.AddResource(&mcp.Resource{
				URI:         r.URI,
				Name:        r.Name,
				Title:       r.Title,
				Description: r.Description,
				MIMEType:    r.MIMEType,
				Icons:       icons(r.Icon),
				Annotations: annotations(r.Audience, r.Priority),
			}, handler)
		},
		remove: func(server *mcp.Server) { server.RemoveResources(r.URI) },
	})
}

// readResource runs a read and turns its files into the SDK's result.
func readResource(ctx context.Context, s *Server, c *Call, mimeType string, caching Caching, read invocation[[]File]) (*mcp.ReadResourceResult, error) {
	files, err := invoke(ctx, s, c, s.timeout, read)
	if q, ok := err.(*inputRequired); ok {
		return &mcp.ReadResourceResult{InputRequests: q.requests, RequestState: q.state}, nil
	}
	if err != nil {
		return nil, wireError(err)
	}
	if override := c.caching.Load(); override != nil {
		caching = *override
	}
	result := &mcp.ReadResourceResult{Cacheable: caching.wire(), Contents: make([]*mcp.ResourceContents, 0, len(files))}
	for _, f := range files {
		if f.URI == "" {
			f.URI = c.uri
		}
		f.MIMEType = cmp.Or(f.MIMEType, mimeType, f.fallbackType)
		result.Contents = append(result.Contents, f.contents())
	}
	return result, nil
}

// annotations are nil if there is nothing to say.
func annotations(audience []string, priority float64) *mcp.Annotations {
	if len(audience) == 0 && priority == 0 {
		return nil
	}
	a := &mcp.Annotations{Priority: priority}
	for _, role := range audience {
		a.Audience = append(a.Audience, mcp.Role(role))
	}
	return a
}

// TextContents is the contents of a resource that is text.
func TextContents(text string) []File { return []File{{Text: text}} }

// BlobContents is the contents of a resource that is binary, also if data is nil.
func BlobContents(data []byte) []File {
	if data == nil {
		data = []byte{}
	}
	return []File{{Data: data}}
}

// FileContents is the contents of a resource that consists of files.
func FileContents(files ...File) []File { return files }

// JSONContents is the contents of a resource that is a value in JSON. Its type is
// "application/json", unless another one was declared.
func JSONContents[T any](v T, encode func(*codec.Encoder, T)) ([]File, error) {
	data, err := encoded(v, encode)
	if err != nil {
		return nil, fmt.Errorf("result: %w", err)
	}
	return []File{{Text: string(data), fallbackType: "application/json"}}, nil
}
