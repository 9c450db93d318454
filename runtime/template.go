package runtime

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/mcpgen/mcpgen/runtime/codec"
	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/yosida95/uritemplate/v3"
)

// ResourceTemplate declares a family of resources. The variables of its RFC 6570
// template are the arguments of the function that reads them.
type ResourceTemplate struct {
	URITemplate                        string
	Name, Title, Description, MIMEType string
	// Icon is the URL of an image, or a data URI that holds one.
	Icon string
	// Audience says for whom the resources are: "user", "assistant", or both.
	Audience []string
	// Priority is from 0 to 1, the most important; 0 is left out.
	Priority float64
	// Caching tells clients how long they may keep the contents.
	Caching Caching
	// Values are what variables can be, by their names, where they are known. Clients
	// that ask get those that fit what their user types.
	Values map[string][]string
}

// AddResourceTemplate declares resources that read returns. The variables in the
// URI are decoded and checked before read is called; what is wrong with them is
// answered with the error -32602.
func AddResourceTemplate[In any](s *Server, t ResourceTemplate, decode func(*codec.Decoder) In, read func(context.Context, *Call, In) ([]File, error)) {
	prepare := preparation(codec.Options{Kind: "variable"}, decode, read)
	template, err := newTemplate(t.URITemplate)
	if err != nil {
		s.add(registration{kind: "resource template", name: t.URITemplate, problem: err.Error()})
		return
	}
	handler := func(ctx context.Context, request *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
		uri := askedURI(ctx, request)
		variables, ok := template.match(request.Params.URI)
		if !ok {
			return nil, wireError(NotFound(uri))
		}
		c := s.newCall("resource", t.Name, uri, request)
		invocation, err := prepare.run(c, uri, variables)
		if err != nil {
			return nil, wireError(err)
		}
		return readResource(ctx, s, c, t.MIMEType, t.Caching, invocation)
	}
	s.add(registration{
		kind:        "resource template",
		name:        t.URITemplate,
		template:    template,
		completions: t.completions(template.names),
		install: func(server *mcp.Server) {
			server.AddResourceTemplate(&mcp.ResourceTemplate{
				URITemplate: t.URITemplate,
				Name:        t.Name,
				Title:       t.Title,
				Description: t.Description,
				MIMEType:    t.MIMEType,
				Icons:       icons(t.Icon),
				Annotations: annotations(t.Audience, t.Priority),
			}, handler)
		},
		remove: func(server *mcp.Server) { server.RemoveResourceTemplates(t.URITemplate) },
	})
}

// uriTemplate takes the variables out of a URI. The template's query, the part
// from "{?" on, is matched by us: a URI may have it in any order, and the library
// matches only the template's own.
type uriTemplate struct {
	path     *uritemplate.Template
	query    bool
	exploded map[string]bool
	names    []string // of its variables
}

func newTemplate(raw string) (*uriTemplate, error) {
	whole, err := uritemplate.New(raw)
	if err != nil {
		return nil, fmt.Errorf("no URI template: %w", err)
	}
	t := &uriTemplate{exploded: make(map[string]bool), names: whole.Varnames()}
	for expression := range expressions(raw) {
		for spec := range strings.SplitSeq(strings.TrimLeft(expression, "+#./;?&"), ",") {
			if name, ok := strings.CutSuffix(spec, "*"); ok {
				t.exploded[name] = true
			}
		}
	}
	path, _, query := strings.Cut(raw, "{?")
	t.query = query
	t.path, err = uritemplate.New(path)
	return t, err
}

// expressions yields what is inside the braces of a template.
func expressions(raw string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for {
			_, rest, ok := strings.Cut(raw, "{")
			if !ok {
				return
			}
			var expression string
			if expression, raw, ok = strings.Cut(rest, "}"); !ok || !yield(expression) {
				return
			}
		}
	}
}

// match returns the variables of uri as a JSON object: strings, and lists of
// strings for those that the template explodes. It reports false if uri is not of
// the template.
func (t *uriTemplate) match(uri string) ([]byte, bool) {
	path, query := uri, ""
	if t.query {
		path, query, _ = strings.Cut(uri, "?")
	}
	matched := t.path.Match(path)
	if matched == nil {
		return nil, false
	}
	variables := make(map[string][]string)
	for name, value := range matched {
		name, _, _ = strings.Cut(name, ":") // of {name:3}
		variables[name] = value.V
	}
	for pair := range strings.SplitSeq(query, "&") {
		name, value, err := unescapePair(pair)
		if err != nil {
			return nil, false
		}
		if name != "" {
			variables[name] = append(variables[name], value)
		}
	}
	return t.object(variables), true
}

// matches reports whether uri is of the template.
func (t *uriTemplate) matches(uri string) bool {
	_, ok := t.match(uri)
	return ok
}

func unescapePair(pair string) (name, value string, err error) {
	name, value, _ = strings.Cut(pair, "=")
	if name, err = url.PathUnescape(name); err != nil {
		return "", "", err
	}
	value, err = url.PathUnescape(value)
	return name, value, err
}

// object is the JSON object of variables. A variable that is not exploded is one
// string, also if it has commas, which the library takes for a list.
func (t *uriTemplate) object(variables map[string][]string) []byte {
	e := codec.NewEncoder()
	e.BeginObject()
	for _, name := range slices.Sorted(maps.Keys(variables)) {
		e.Name(name)
		if t.exploded[name] {
			codec.EncodeSlice(e, variables[name], (*codec.Encoder).String)
			continue
		}
		e.String(strings.Join(variables[name], ","))
	}
	e.EndObject()
	return e.JSON()
}
