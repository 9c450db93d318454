package runtime

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/modelcontextprotocol/go-sdk/auth"
)

// inTool starts a server with tools that are only called by another one, "outer",
// which does f, and returns the answer of outer to a client.
func inTool(t *testing.T, f func(context.Context, *Call) (*Result, error), tools ...func(*Server)) string {
	t.Helper()
	s := NewServer(Info{}, WithLogger(slog.New(slog.DiscardHandler)))
	add(s, Tool{Name: "outer", Description: "Calls."}, f)
	for _, register := range tools {
		register(s)
	}
	c := wireWays["2026-07-28 stdio"].connect(t, s, `{}`)
	return string(c.call(callToolMethod, `{"name":"outer","arguments":{}}`))
}

// answering adds a tool that returns this.
func answering(tool Tool, result *Result, err error) func(*Server) {
	return func(s *Server) {
		add(s, tool, func(context.Context, *Call) (*Result, error) { return result, err })
	}
}

func TestCallToolDecodesResults(t *testing.T) {
	t.Parallel()
	type point struct{ X, Y int }
	structured := func(text string) *Result { return structured([]byte(text)) }
	when := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	everything := &Result{
		Content: []Content{
			Text("a"), Image{[]byte("b"), "image/png"}, Audio{[]byte("c"), "audio/wav"},
			File{URI: "d:e", MIMEType: "text/plain", Text: "f"}, Link{URI: "g:h", Name: "i", Size: 7},
		},
		Structured: json.RawMessage(`{"n":9007199254740993}`),
		Meta:       map[string]any{"j": "k"},
	}
	for _, row := range []struct {
		name   string
		result *Result
		as     any // a pointer to what is wanted
	}{
		{"struct", structured(`{"X":1,"Y":2}`), &point{1, 2}},
		{"pointer", structured(`{"X":1,"Y":2}`), new(*point)},
		{"map", structured(`{"X":1}`), &map[string]int{"X": 1}},
		{"any", structured(`{"result":1}`), ptr[any](map[string]any{"result": 1.0})},
		{"raw", structured(`{"result":1}`), ptr(json.RawMessage(`{"result":1}`))},
		{"number", structured(`{"result":9007199254740993}`), ptr(int64(9007199254740993))},
		{"list", structured(`{"result":[1,2]}`), &[]int{1, 2}},
		{"time", structured(`{"result":"2026-01-02T03:04:05Z"}`), &when},
		{"a struct with that member", structured(`{"result":[1]}`), &struct{ Result []int }{[]int{1}}},
		{"text", TextResult("hello"), ptr("hello")},
		{"text of a type", TextResult("hello"), ptr(Text("hello"))},
		{"enum", structured(`{"result":"red"}`), ptr("red")},
		{"text of an object", structured(`{"X":1}`), ptr(`{"X":1}`)},
		{"nothing", EmptyResult(), &struct{}{}},
		{"nothing at all", nil, ptr("")},
		{"everything", everything, &everything},
	} {
		if row.name == "pointer" {
			*row.as.(**point) = &point{1, 2}
		}
		data, err := json.Marshal(row.result.wire())
		if err != nil {
			t.Fatal(err)
		}
		travelled, err := readResult(data)
		if err != nil {
			t.Fatal(err)
		}
		for how, result := range map[string]*Result{"called": row.result, "a task": travelled} {
			got := reflect.New(reflect.TypeOf(row.as).Elem())
			if err := result.decode(got.Interface()); err != nil || !reflect.DeepEqual(got.Interface(), row.as) {
				t.Errorf("%s, %s: %+v, %v, want %+v", row.name, how, got.Elem(), err, reflect.ValueOf(row.as).Elem())
			}
		}
	}
}

func ptr[T any](v T) *T { return &v }

func TestCallToolFails(t *testing.T) {
	t.Parallel()
	inner := Tool{Name: "inner", Description: "Is called."}
	late := inner
	late.Timeout = time.Millisecond
	closed := inner
	closed.Scopes = []string{"admin"}
	for _, row := range []struct {
		name     string
		register func(*Server)
		tool     string
		want     string
	}{
		{"tool error", answering(inner, nil, errors.New("no luck")), "inner", `"tool inner: no luck"`},
		{"result with an error", answering(inner, errorResult("no luck"), nil), "inner", `"tool inner: no luck"`},
		{"panic", func(s *Server) {
			add(s, inner, func(context.Context, *Call) (*Result, error) { panic("secret") })
		}, "inner", `"tool inner: internal error"`},
		{"timeout", func(s *Server) {
			add(s, late, func(ctx context.Context, _ *Call) (*Result, error) {
				<-ctx.Done()
				return nil, ctx.Err()
			})
		}, "inner", `"tool inner: timed out after 0.001s"`},
		{"no such tool", answering(inner, nil, nil), "other", `"tool other: there is no such tool"`},
		{"no object", answering(inner, nil, nil), "inner list", `"tool inner: invalid arguments for inner:\narguments: expected an object, got an array"`},
		{"no JSON", answering(inner, nil, nil), "inner func", `"tool inner: json: unsupported type: func()"`},
		{"text", answering(inner, TextResult("a"), nil), "inner", `"tool inner: it answers with text, which is no int"`},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			got := inTool(t, func(ctx context.Context, c *Call) (*Result, error) {
				name, how, _ := strings.Cut(row.tool, " ")
				_, err := CallTool[int](ctx, c, name, map[string]any{"": nil, "list": []int{1}, "func": func() {}}[how])
				return nil, err
			}, row.register)
			if !strings.Contains(got, row.want) || !strings.Contains(got, `"isError":true`) {
				t.Errorf("answer = %s, want the error %s", got, row.want)
			}
		})
	}
}

// TestCallToolOfACallThatIsOver calls a tool from a goroutine that was left behind.
func TestCallToolOfACallThatIsOver(t *testing.T) {
	t.Parallel()
	var left *Call
	inTool(t, func(_ context.Context, c *Call) (*Result, error) { left = c; return nil, nil })
	if _, err := CallTool[string](t.Context(), left, "outer", nil); !errors.Is(err, errCallOver) {
		t.Errorf("error = %v, want %v", err, errCallOver)
	}
}

// TestCallToolNeedsTheScopes has a caller whose token is good for the outer tool only.
func TestCallToolNeedsTheScopes(t *testing.T) {
	t.Parallel()
	for _, support := range []TaskSupport{TaskForbidden, TaskOptional} {
		s := NewServer(Info{}, WithLogger(slog.New(slog.DiscardHandler)), WithTasks(nil, atOnceTasks))
		add(s, background("outer"), func(ctx context.Context, c *Call) (*Result, error) {
			return CallTool[*Result](ctx, c, "inner", nil)
		})
		inner := Tool{Name: "inner", Description: "Is called.", Scopes: []string{"admin"}, Task: support}
		answering(inner, TextResult("done"), nil)(s)
		verify := func(context.Context, string, *http.Request) (*auth.TokenInfo, error) {
			return &auth.TokenInfo{UserID: "ada", Scopes: []string{"user"}, Expiration: time.Now().Add(time.Hour)}, nil
		}
		url := startHTTPBehind(t, s, auth.RequireBearerToken(verify, nil))
		c := newWireClient(t, modernVersion)
		c.post = c.overHTTP(url, "Bearer a")
		got := c.end(s, ownerNamed("ada"), c.create("outer", "{}").TaskID)
		if got.Error == nil || !strings.Contains(got.Error.Message, "needed are admin") {
			t.Errorf("the task is %+v, want that a scope is missing", got)
		}
	}
}

// TestCallToolAsks has the inner tool ask, in calls that are tasks and that are not.
func TestCallToolAsks(t *testing.T) {
	register := func(s *Server) {
		registerConfirm(false)(s)
		outer := func(ctx context.Context, c *Call) (*Result, error) {
			text, err := CallTool[string](ctx, c, "ask", nil)
			return TextResult("asked: " + text), err
		}
		add(s, background("outer"), outer)
		add(s, Tool{Name: "direct", Description: "Calls."}, outer)
	}
	eachWay(t, atOnceTasks, register, func(t *testing.T, way wireWay, s *Server, c *wireClient) {
		const yes = `{"action":"accept","content":{"confirm":true}}`
		c.answers = func(wireMessage) string { return yes }
		id := c.create("outer", "{}").TaskID
		awaitInput(t, s, way.owner(), id, 1)
		for key := range c.get(id).InputRequests {
			c.call("tasks/update", fmt.Sprintf(`{"taskId":%q,"inputResponses":{%q:%s}}`, id, key, yes))
		}
		if c.version < modernVersion {
			wantText(t, c.call("tasks/result", `{"taskId":"`+id+`"}`), "asked: true")
			wantText(t, c.call(callToolMethod, `{"name":"direct","arguments":{}}`), "asked: true")
			return
		}
		wantText(t, c.end(s, way.owner(), id).Result, "asked: true")
		var asked struct{ RequestState string }
		if err := json.Unmarshal(c.call(callToolMethod, `{"name":"direct","arguments":{}}`), &asked); err != nil {
			t.Fatal(err)
		}
		wantText(t, c.call(callToolMethod, fmt.Sprintf(
			`{"name":"direct","arguments":{},"requestState":%q,"inputResponses":{"confirm":%s}}`, asked.RequestState, yes)), "asked: true")
	})
}

// TestChildTasks has a task call a tool that waits until it is told what to do.
func TestChildTasks(t *testing.T) {
	t.Parallel()
	for name, way := range wireWays {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			begun, end, over := make(chan *Call), make(chan struct{}), make(chan error)
			impatient := make(chan context.CancelFunc, 1)
			s := NewServer(Info{}, WithLogger(slog.New(slog.DiscardHandler)), WithTasks(nil, task.Options{Grace: time.Hour, Workers: 1}))
			inner, outer := background("inner"), background("outer")
			inner.KeepRequest, outer.KeepRequest = true, true
			outer.TTL = time.Minute
			add(s, inner, func(ctx context.Context, c *Call) (*Result, error) {
				c.Progress().Report(1, 1, "which nobody asked for")
				begun <- c
				select {
				case <-end:
					return TextResult("done"), nil
				case <-ctx.Done():
					over <- context.Cause(ctx)
					return nil, ctx.Err()
				}
			})
			add(s, outer, func(ctx context.Context, c *Call) (*Result, error) { return CallTool[*Result](ctx, c, "inner", nil) })
			add(s, background("hasty"), func(ctx context.Context, c *Call) (*Result, error) {
				soon, cancel := context.WithCancel(ctx)
				impatient <- cancel
				if _, err := CallTool[string](soon, c, "inner", nil); !errors.Is(err, context.Canceled) {
					return nil, fmt.Errorf("error = %w, want that the context ended", err)
				}
				return TextResult("gave up"), nil
			})
			c := way.connect(t, s, withTasks)
			child := func() task.Record { // is the last task
				t.Helper()
				all, err := s.tasks.manager.List(t.Context(), way.owner(), "", 10)
				if err != nil || len(all) == 0 {
					t.Fatalf("tasks = %v, %v", all, err)
				}
				r, err := s.tasks.manager.Wait(t.Context(), way.owner(), all[len(all)-1].ID)
				if err != nil {
					t.Fatal(err)
				}
				return r
			}

			id := c.create("outer", "{}").TaskID
			call := <-begun
			if got := call.Header().Get("X-Asked-For"); (got == "yes") != way.http {
				t.Errorf("header = %q, want that of the client over HTTP only", got)
			}
			if got := call.ProtocolVersion(); got != way.version {
				t.Errorf("version = %s, want %s", got, way.version)
			}
			end <- struct{}{}
			wantText(t, c.end(s, way.owner(), id).Result, "done")
			if r := child(); r.Parent != id || r.Status != task.Completed || r.TTL > time.Minute {
				t.Errorf("the child is %+v, want one of %s that is completed and has no longer to live", r, id)
			}

			id = c.create("outer", "{}").TaskID
			<-begun
			c.call("tasks/cancel", `{"taskId":"`+id+`"}`)
			if got := <-over; got != task.ErrCancelled {
				t.Errorf("the child ended with %v, want %v", got, task.ErrCancelled)
			}
			if r := child(); r.Parent != id || r.Status != task.Cancelled {
				t.Errorf("the child is %+v, want one of %s that is cancelled", r, id)
			}

			id = c.create("hasty", "{}").TaskID
			<-begun
			(<-impatient)()
			<-over
			wantText(t, c.end(s, way.owner(), id).Result, "gave up")
		})
	}
}

// TestChildNames starts a call again, whose goroutines go another way then.
func TestChildNames(t *testing.T) {
	t.Parallel()
	calls := [][2]string{{"a", `{"x":1,"y":2}`}, {"a", `{"x":2}`}, {"b", `{"x":2}`}, {"a", `{"y":2, "x":1}`}}
	names := func(order ...int) map[string]bool {
		var c children
		all := make(map[string]bool)
		for _, i := range order {
			all[c.name(calls[i][0], []byte(calls[i][1]))] = true
		}
		return all
	}
	first, again := names(0, 1, 2, 3), names(3, 2, 1, 0)
	if len(first) != len(calls) || !reflect.DeepEqual(first, again) {
		t.Errorf("children are called %v, and then %v, want the same %d names", first, again, len(calls))
	}
}
