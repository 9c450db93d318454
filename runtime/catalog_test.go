package runtime_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// watcher is a client that hears of changes.
type watcher struct {
	*mcp.ClientSession
	heard chan string
}

// watch connects a client that hears of changes of lists, or of the resource of
// the URI if there is one. It returns when the server knows.
func watch(t *testing.T, s *runtime.Server, era, uri string) watcher {
	t.Helper()
	heard := make(chan string, 10)
	options := &mcp.ClientOptions{
		ToolListChangedHandler:     func(context.Context, *mcp.ToolListChangedRequest) { heard <- "tools" },
		PromptListChangedHandler:   func(context.Context, *mcp.PromptListChangedRequest) { heard <- "prompts" },
		ResourceListChangedHandler: func(context.Context, *mcp.ResourceListChangedRequest) { heard <- "resources" },
	}
	if uri != "" {
		options = &mcp.ClientOptions{ResourceUpdatedHandler: func(_ context.Context, r *mcp.ResourceUpdatedNotificationRequest) {
			heard <- r.Params.URI
		}}
	}
	acknowledged := make(chan struct{}, 1)
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "v1"}, options)
	client.AddReceivingMiddleware(func(next mcp.MethodHandler) mcp.MethodHandler {
		return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
			if method == "notifications/subscriptions/acknowledged" {
				acknowledged <- struct{}{}
			}
			return next(ctx, method, request)
		}
	})
	ours, its := mcp.NewInMemoryTransports()
	if _, err := s.SDK().Connect(t.Context(), its, nil); err != nil {
		t.Fatal(err)
	}
	session, err := client.Connect(t.Context(), ours, &mcp.ClientSessionOptions{ProtocolVersion: era})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { session.Close() })
	if uri != "" {
		if err := session.Subscribe(t.Context(), &mcp.SubscribeParams{URI: uri}); err != nil {
			t.Fatal(err)
		}
	}
	if era == "2026-07-28" {
		<-acknowledged
	}
	return watcher{session, heard}
}

func (w watcher) expect(t *testing.T, want string) {
	t.Helper()
	select {
	case got := <-w.heard:
		if got != want {
			t.Errorf("heard of %s, want %s", got, want)
		}
	case <-t.Context().Done():
		t.Fatalf("heard nothing of %s", want)
	}
}

// things registers one of each kind.
func things(s *runtime.Server) {
	addTool(s, "one", nothing)
	prompt(s, runtime.Prompt{Name: "ask", Arguments: []runtime.PromptArgument{{Name: "who", Values: []string{"me"}}}})
	read := func(context.Context, *runtime.Call) ([]runtime.File, error) { return runtime.TextContents("x"), nil }
	runtime.AddResource(s, runtime.Resource{URI: "r://a", Name: "a"}, read)
	runtime.AddResourceTemplate(s, runtime.ResourceTemplate{URITemplate: "t://{x}", Name: "t"}, runtime.NoArguments,
		func(ctx context.Context, c *runtime.Call, _ struct{}) ([]runtime.File, error) { return read(ctx, c) })
	s.Advertise(runtime.Subscriptions)
}

func startedServer(t *testing.T, register func(*runtime.Server), options ...runtime.Option) *runtime.Server {
	t.Helper()
	s := runtime.NewServer(runtime.Info{}, options...)
	register(s)
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestHideAndShow(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			s := startedServer(t, things)
			w := watch(t, s, era, "")
			for _, row := range []struct {
				what       string
				hide, show func(...string) error
				name       string
			}{
				{"tools", s.Catalog().HideTools, s.Catalog().ShowTools, "one"},
				{"prompts", s.Catalog().HidePrompts, s.Catalog().ShowPrompts, "ask"},
				{"resources", s.Catalog().HideResources, s.Catalog().ShowResources, "r://a"},
				{"resources", s.Catalog().HideResources, s.Catalog().ShowResources, "t://{x}"},
			} {
				if err := row.hide(row.name, row.name); err != nil {
					t.Fatal(err)
				}
				w.expect(t, row.what)
				if err := row.show(row.name); err != nil {
					t.Fatal(err)
				}
				w.expect(t, row.what)
				if err := row.hide(row.name, "nope"); err == nil || !strings.HasSuffix(err.Error(), " nope") {
					t.Errorf("error = %v, want that there is no nope", err)
				}
			}
		})
	}
}

func TestHiddenIsGone(t *testing.T) {
	t.Parallel()
	s := runtime.NewServer(runtime.Info{})
	things(s)
	s.OnStart(func(_ context.Context, scope *runtime.Scope) error {
		c := scope.Catalog()
		return errors.Join(c.HideTools("one"), c.HidePrompts("ask"), c.HideResources("r://a", "t://{x}"))
	})
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	session := connect(t, s.SDK(), "2025-11-25")
	if c := session.InitializeResult().Capabilities; c.Tools == nil || c.Prompts == nil || c.Resources == nil || !c.Resources.Subscribe {
		t.Errorf("capabilities = %+v, want those of all that is hidden", c)
	}
	if got := toolNames(t, session); len(got) > 0 {
		t.Errorf("tools = %q, want none", got)
	}
	if _, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "one"}); err == nil {
		t.Error("a hidden tool can be called")
	}
	for _, uri := range []string{"r://a", "t://b"} {
		if err := session.Subscribe(t.Context(), &mcp.SubscribeParams{URI: uri}); err == nil {
			t.Errorf("%s is hidden, and can be subscribed to", uri)
		}
	}
	if got, err := completed(session, "ask", "who", ""); err == nil {
		t.Errorf("an argument of a hidden prompt is completed: %s", got)
	}
	if err := s.Catalog().ShowTools("one"); err != nil {
		t.Fatal(err)
	}
	if got := toolNames(t, session); !slices.Equal(got, []string{"one"}) {
		t.Errorf("tools = %q, want one", got)
	}
}

func TestResourceUpdatedReachesSubscribersOnly(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			s := startedServer(t, things)
			a, template, none := watch(t, s, era, "r://a"), watch(t, s, era, "t://b"), watch(t, s, era, "")
			for _, uri := range []string{"nobody://has", "t://c", "t://b", "r://a"} {
				s.Catalog().ResourceUpdated(uri)
			}
			a.expect(t, "r://a")
			template.expect(t, "t://b")
			for _, w := range []watcher{a, template, none} {
				if len(w.heard) > 0 {
					t.Errorf("heard of %s as well", <-w.heard)
				}
			}
		})
	}
}

func TestSubscriptionsThatAreRefused(t *testing.T) {
	t.Parallel()
	s := startedServer(t, things)
	session := connect(t, s.SDK(), "2025-11-25")
	err := session.Subscribe(t.Context(), &mcp.SubscribeParams{URI: "nobody://has"})
	if err == nil || !strings.Contains(err.Error(), "Resource not found") {
		t.Errorf("error = %v, want that there is no such resource", err)
	}

	without := startedServer(t, func(s *runtime.Server) { addTool(s, "one", nothing) })
	session = connect(t, without.SDK(), "2025-11-25")
	if err := session.Subscribe(t.Context(), &mcp.SubscribeParams{URI: "r://a"}); err == nil {
		t.Error("a server that does not advertise subscriptions accepts one")
	}
}

func TestNilCatalog(t *testing.T) {
	t.Parallel()
	var c *runtime.Catalog
	c.ResourceUpdated("r://a")
	if err := c.HideTools("one"); err != nil {
		t.Error(err)
	}
}
