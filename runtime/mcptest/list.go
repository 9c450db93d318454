package mcptest

import (
	"iter"
	"slices"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Tools returns the tools that the server offers, sorted by name.
func (c *Client) Tools() []*mcp.Tool {
	c.t.Helper()
	return collect(c, "tools", c.session.Tools(c.t.Context(), nil))
}

// Tool returns the tool of this name, which the server has to offer.
func (c *Client) Tool(name string) *mcp.Tool {
	c.t.Helper()
	tools := c.Tools()
	i := slices.IndexFunc(tools, func(t *mcp.Tool) bool { return t.Name == name })
	if i < 0 {
		var names []string
		for _, t := range tools {
			names = append(names, t.Name)
		}
		c.t.Fatalf("there is no tool %s, only %q", name, names)
	}
	return tools[i]
}

// Resources returns the resources that the server offers, sorted by URI.
func (c *Client) Resources() []*mcp.Resource {
	c.t.Helper()
	return collect(c, "resources", c.session.Resources(c.t.Context(), nil))
}

// ResourceTemplates returns the resource templates that the server offers, sorted
// by template.
func (c *Client) ResourceTemplates() []*mcp.ResourceTemplate {
	c.t.Helper()
	return collect(c, "resource templates", c.session.ResourceTemplates(c.t.Context(), nil))
}

// Prompts returns the prompts that the server offers, sorted by name.
func (c *Client) Prompts() []*mcp.Prompt {
	c.t.Helper()
	return collect(c, "prompts", c.session.Prompts(c.t.Context(), nil))
}

// collect gathers all pages of a list.
func collect[T any](c *Client, what string, pages iter.Seq2[T, error]) (all []T) {
	c.t.Helper()
	for item, err := range pages {
		if err != nil {
			c.t.Fatalf("listing %s: %v", what, err)
		}
		all = append(all, item)
	}
	return all
}
