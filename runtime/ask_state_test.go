package runtime_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

var modern = way{"2026-07-28", false}

// yes is a person who agrees.
func yes() *person { return accept(map[string]any{"confirm": true}) }

// ended calls the tool and returns the params with which to go on.
func ended(t *testing.T, session *mcp.ClientSession, p *person) *mcp.CallToolParams {
	t.Helper()
	params := bookRome()
	result, err := session.CallTool(t.Context(), params)
	if err != nil {
		t.Fatal(err)
	}
	if !result.NeedsInput() {
		t.Fatalf("the call ended with %q, want a question", text(result))
	}
	params.RequestState, params.InputResponses = result.RequestState, p.respond(result.InputRequests)
	return params
}

// outcome calls the tool and tells the text of the result, or the code and the text
// of the error.
func outcome(t *testing.T, session *mcp.ClientSession, params *mcp.CallToolParams) string {
	t.Helper()
	result, err := session.CallTool(t.Context(), params)
	if e := (*jsonrpc.Error)(nil); errors.As(err, &e) {
		return fmt.Sprintf("%d %s", e.Code, e.Message)
	}
	if err != nil {
		t.Fatal(err)
	}
	if result.NeedsInput() {
		return "a question"
	}
	return text(result)
}

const foreign = "-32602 requestState is not one that this server made: call again without it"

func TestRequestStateHoldsForOneCall(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name   string
		change func(params *mcp.CallToolParams)
		want   string
	}{
		{"as it was", func(*mcp.CallToolParams) {}, "true second"},
		{"arguments spelled otherwise", func(p *mcp.CallToolParams) { p.Arguments = json.RawMessage(`{ "to":"\u0052ome" }`) }, "true second"},
		{"other arguments", func(p *mcp.CallToolParams) { p.Arguments = map[string]any{"to": "Paris"} },
			"-32602 requestState belongs to another call: repeat the request with the same name and arguments"},
		{"another tool", func(p *mcp.CallToolParams) { p.Name = "other" },
			"-32602 requestState belongs to another call: repeat the request with the same name and arguments"},
		{"a changed byte", func(p *mcp.CallToolParams) {
			b := []byte(p.RequestState)
			b[len(b)/2] ^= 1
			p.RequestState = string(b)
		}, foreign},
		{"cut", func(p *mcp.CallToolParams) { p.RequestState = p.RequestState[:20] }, foreign},
		{"made up", func(p *mcp.CallToolParams) { p.RequestState = "e30" }, foreign},
		{"no base64", func(p *mcp.CallToolParams) { p.RequestState = "{}" }, foreign},
		{"too long", func(p *mcp.CallToolParams) { p.RequestState = strings.Repeat("a", 1<<20) },
			"-32602 requestState is longer than 262144 bytes"},
		{"no state", func(p *mcp.CallToolParams) { p.RequestState = "" }, "a question"},
		{"no answer", func(p *mcp.CallToolParams) { p.InputResponses = nil }, "a question"},
		{"answer to something else", func(p *mcp.CallToolParams) {
			p.InputResponses = mcp.InputResponseMap{"other": &mcp.ElicitResult{Action: "accept"}}
		}, "a question"},
		{"no answer of a person", func(p *mcp.CallToolParams) {
			for key := range p.InputResponses {
				//lint:ignore SA1019 deprecated, and still what a client may send
				p.InputResponses[key] = &mcp.ListRootsResult{Roots: []*mcp.Root{}}
			}
		}, "a question"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			p := yes()
			session := modern.connect(t, startTwo(t), p.client())
			params := ended(t, session, p)
			row.change(params)
			if got := outcome(t, session, params); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

// startTwo starts a server with two tools that ask the same.
func startTwo(t *testing.T) *runtime.Server {
	t.Helper()
	s := runtime.NewServer(runtime.Info{}, runtime.WithLogger(slog.New(slog.DiscardHandler)))
	addAsker(s, "book", book)
	addAsker(s, "other", book)
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Stop(context.Background()) })
	return s
}

func TestRequestStateExpires(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		after time.Duration
		want  string
	}{
		{29 * time.Minute, "true second"},
		{30 * time.Minute, "-32602 requestState has expired: call again without it"},
	} {
		synctest.Test(t, func(t *testing.T) {
			p := yes()
			session := modern.connect(t, startAsker(t, book), p.client())
			params := ended(t, session, p)
			time.Sleep(row.after)
			if got := outcome(t, session, params); got != row.want {
				t.Errorf("after %v: got %q, want %q", row.after, got, row.want)
			}
		})
	}
}

func TestStateKeys(t *testing.T) {
	t.Parallel()
	old, next := bytes.Repeat([]byte("o"), 32), bytes.Repeat([]byte("n"), 40)
	for _, row := range []struct {
		name        string
		asks, reads []runtime.Option
		want        string
	}{
		{"none", nil, nil, foreign},
		{"shared", []runtime.Option{runtime.StateKeys(old)}, []runtime.Option{runtime.StateKeys(old)}, "true second"},
		{"different", []runtime.Option{runtime.StateKeys(old)}, []runtime.Option{runtime.StateKeys(next)}, foreign},
		{"rotated", []runtime.Option{runtime.StateKeys(old)}, []runtime.Option{runtime.StateKeys(next, old)}, "true second"},
		{"announced", []runtime.Option{runtime.StateKeys(next, old)}, []runtime.Option{runtime.StateKeys(old, next)}, "true second"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			p := yes()
			params := ended(t, modern.connect(t, startAsker(t, book, row.asks...), p.client()), p)
			other := modern.connect(t, startAsker(t, book, row.reads...), p.client())
			if got := outcome(t, other, params); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func TestShortStateKeyIsAStartError(t *testing.T) {
	t.Parallel()
	s := runtime.NewServer(runtime.Info{}, runtime.StateKeys(make([]byte, 32), []byte("secret")))
	const want = "state key 2 has 6 bytes, want at least 32"
	if err := s.Start(t.Context()); err == nil || err.Error() != want {
		t.Errorf("Start() = %v, want %s", err, want)
	}
}

// bearer names its user in the header.
type bearer string

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+string(b))
	return http.DefaultTransport.RoundTrip(r)
}

func TestRequestStateHoldsForOneCaller(t *testing.T) {
	t.Parallel()
	verify := func(_ context.Context, token string, _ *http.Request) (*auth.TokenInfo, error) {
		return &auth.TokenInfo{UserID: token, Expiration: time.Now().Add(time.Hour)}, nil
	}
	server := httptest.NewServer(auth.RequireBearerToken(verify, nil)(startAsker(t, book).Handler()))
	t.Cleanup(server.Close)
	p := yes()
	session := func(user string) *mcp.ClientSession {
		session, err := p.client().Connect(t.Context(), &mcp.StreamableClientTransport{
			Endpoint: server.URL, HTTPClient: &http.Client{Transport: bearer(user)},
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { session.Close() })
		return session
	}
	ada, eve := session("ada"), session("eve")
	params := ended(t, ada, p)
	if got, want := outcome(t, eve, params), "-32602 requestState belongs to another caller"; got != want {
		t.Errorf("of another caller: got %q, want %q", got, want)
	}
	if got, want := outcome(t, ada, params), "true second"; got != want {
		t.Errorf("of the caller: got %q, want %q", got, want)
	}
}

func TestClientThatCannotAsk(t *testing.T) {
	t.Parallel()
	for name, w := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mute := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "v1"}, nil)
			urls := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "v1"}, &mcp.ClientOptions{
				Capabilities: &mcp.ClientCapabilities{Elicitation: &mcp.ElicitationCapabilities{URL: &mcp.URLElicitationCapabilities{}}},
			})
			for _, client := range []*mcp.Client{mute, urls} {
				session := w.connect(t, startAsker(t, book), client)
				result, err := session.CallTool(t.Context(), bookRome())
				if w.version < "2026-07-28" {
					const want = "this client cannot ask its user: it does not offer elicitation with forms"
					if err != nil || !result.IsError || text(result) != want {
						t.Errorf("got %v, %v, want the tool error %q", result, err, want)
					}
					continue
				}
				var e *jsonrpc.Error
				if !errors.As(err, &e) || e.Code != -32021 || string(e.Data) != `{"requiredCapabilities":{"elicitation":{"form":{}}}}` {
					t.Errorf("got %v (%+v), want the error -32021 with the capability", err, e)
				}
			}
		})
	}
}

func TestFunctionMayDoWithoutAsking(t *testing.T) {
	t.Parallel()
	careful := func(ctx context.Context, in trip, ask runtime.Ask[Confirmation]) (string, error) {
		if _, err := ask(ctx, "Sure?"); errors.Is(err, runtime.ErrCannotAsk) {
			return "not asked", nil
		}
		return "asked", nil
	}
	for name, w := range ways {
		session := w.connect(t, startAsker(t, careful), mcp.NewClient(&mcp.Implementation{Name: "test", Version: "v1"}, nil))
		if got, want := callBook(t, session, nil), "not asked"; got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestQuestionsWithoutEnd(t *testing.T) {
	t.Parallel()
	runs := 0
	restless := func(ctx context.Context, in trip, ask runtime.Ask[Confirmation]) (string, error) {
		runs++
		_, err := ask(ctx, fmt.Sprint("Run ", runs, "?"))
		return "", err
	}
	p := yes()
	session := modern.connect(t, startAsker(t, restless), p.client())
	const want = "tool error: asked 32 times without an end: a question has to be the same each time the function runs"
	if got := callBook(t, session, p); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A question whose words have changed is asked anew: nobody has agreed to 200 EUR.
func TestAnswerBelongsToItsQuestion(t *testing.T) {
	t.Parallel()
	price := 100
	rising := func(ctx context.Context, in trip, ask runtime.Ask[Confirmation]) (string, error) {
		price = min(price*2, 400)
		_, err := ask(ctx, fmt.Sprint("For ", price, " EUR?"))
		return fmt.Sprint("booked for ", price), err
	}
	p := yes()
	session := modern.connect(t, startAsker(t, rising), p.client())
	if got, want := callBook(t, session, p), "booked for 400"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := fmt.Sprint(p.asked), "[For 200 EUR? For 400 EUR?]"; got != want {
		t.Errorf("asked %s, want %s", got, want)
	}
}

func TestFormOfEachVersion(t *testing.T) {
	t.Parallel()
	for name, w := range ways {
		p := yes()
		session := w.connect(t, startAsker(t, book), p.client())
		callBook(t, session, p)
		got := fmt.Sprint(p.schemas...)
		old := strings.Contains(got, "enumNames:[First class Second class]") && strings.Contains(got, "enum:[first second]")
		titled := strings.Contains(got, "map[const:first title:First class]")
		if wantOld := w.version < "2025-11-25"; old != wantOld || titled == wantOld {
			t.Errorf("%s: the form is %s", name, got)
		}
	}
}

func TestAnswersStayOutOfLogs(t *testing.T) {
	t.Parallel()
	var log lockedBuffer
	handler := slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})
	for name, w := range ways {
		p := accept(map[string]any{"confirm": "hunter2", "class": "hunter2"})
		session := w.connect(t, startAsker(t, book, runtime.WithLogger(slog.New(handler))), p.client())
		if got := callBook(t, session, p); !strings.Contains(got, "hunter2") {
			t.Errorf("%s: got %q, want the answer in it", name, got)
		}
	}
	if got := log.String(); strings.Contains(got, "hunter2") || !strings.Contains(got, runtime.ErrInvalidAnswer.Error()) {
		t.Errorf("the log is %s", got)
	}
}

// A call that ends with a question has not succeeded, and a provider that asks has
// not failed.
func TestAskInProvider(t *testing.T) {
	t.Parallel()
	for name, w := range ways {
		var log lockedBuffer
		var outcomes []error
		s := runtime.NewServer(runtime.Info{}, runtime.WithLogger(slog.New(slog.NewTextHandler(&log, nil))))
		runtime.AddTool(s, runtime.Tool{Name: "provided", Description: "Asks.", InputSchema: `{"type":"object"}`}, runtime.NoArguments,
			func(ctx context.Context, call *runtime.Call, _ struct{}) (*runtime.Result, error) {
				ask := runtime.NewAsk(call, "ask", confirmationForm, decodeConfirmation)
				_, err := runtime.Open(call.Scope(), "p.Begin", func() (int, func(error) error, error) {
					return 0, func(outcome error) error { outcomes = append(outcomes, outcome); return nil }, nil
				})
				if err != nil {
					return nil, err
				}
				answer, err := runtime.Provide(call.Scope(), "p.Ask", func() (Confirmation, error) { return ask(ctx, "Sure?") })
				if err != nil {
					return nil, err
				}
				return runtime.TextResult(answer.Class), nil
			})
		if err := s.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, p := range []*person{yes(), does("decline")} {
			outcomes = nil
			session := w.connect(t, s, p.client())
			params := &mcp.CallToolParams{Name: "provided"}
			result, err := session.CallTool(t.Context(), params)
			if err == nil && result.NeedsInput() {
				if len(outcomes) != 1 || !errors.Is(outcomes[0], runtime.ErrInputRequired) {
					t.Errorf("%s: the clean-up was told %v", name, outcomes)
				}
				params.RequestState, params.InputResponses = result.RequestState, p.respond(result.InputRequests)
				result, err = session.CallTool(t.Context(), params)
			}
			if err != nil {
				t.Fatal(err)
			}
			want := "second"
			if result.IsError {
				want = runtime.ErrDeclined.Error()
			}
			if got := text(result); got != want {
				t.Errorf("%s: got %q, want %q", name, got, want)
			}
		}
		if got := log.String(); got != "" {
			t.Errorf("%s: the log is %s", name, got)
		}
		s.Stop(context.Background())
	}
}

func TestAskEndsWithTheCall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		never := &mcp.ClientOptions{ElicitationHandler: func(ctx context.Context, _ *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}}
		client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "v1"}, never)
		// A context without an end does not help.
		patient := func(_ context.Context, in trip, ask runtime.Ask[Confirmation]) (string, error) {
			_, err := ask(context.Background(), "Sure?")
			return "", err
		}
		session := way{"2025-11-25", false}.connect(t, startAsker(t, patient), client)
		if got, want := callBook(t, session, nil), "tool error: timed out after 60s"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestAskAfterTheCall(t *testing.T) {
	t.Parallel()
	for name, w := range ways {
		var late runtime.Ask[Confirmation]
		keep := func(_ context.Context, _ trip, ask runtime.Ask[Confirmation]) (string, error) {
			late = ask
			return "kept", nil
		}
		p := yes()
		callBook(t, w.connect(t, startAsker(t, keep), p.client()), p)
		if _, err := late(t.Context(), "Sure?"); err == nil || !strings.Contains(err.Error(), "the call is over") {
			t.Errorf("%s: error = %v, want that the call is over", name, err)
		}
	}
}

func TestAskCanBeReplaced(t *testing.T) {
	t.Parallel()
	ask := runtime.Ask[Confirmation](func(context.Context, string) (Confirmation, error) {
		return Confirmation{Confirm: true, Class: "first"}, nil
	})
	s := startAsker(t, book, runtime.Replace(ask))
	session := modern.connect(t, s, mcp.NewClient(&mcp.Implementation{Name: "test", Version: "v1"}, nil))
	if got, want := callBook(t, session, nil), "true first"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestAskOnAnSDKServer is for clients as the SDK makes them, which go on by
// themselves, and for a server that exists already.
func TestAskOnAnSDKServer(t *testing.T) {
	t.Parallel()
	for name, w := range ways {
		if w.http {
			continue
		}
		server := mcp.NewServer(&mcp.Implementation{Name: "mine", Version: "v1"}, nil)
		s, err := runtime.Mount(t.Context(), server, registerAsker(book))
		if err != nil {
			t.Fatal(err)
		}
		p := accept(map[string]any{"confirm": true, "class": "first"})
		client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "v1"}, &mcp.ClientOptions{ElicitationHandler: p.elicit})
		if got, want := callBook(t, w.connect(t, s, client), p), "true first"; got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
		if len(p.schemas) != 1 || p.schemas[0] == nil {
			t.Errorf("%s: the forms are %v, want one", name, p.schemas)
		}
	}
}
