package mcptest_test

import (
	"context"
	"errors"
	"fmt"
	goruntime "runtime"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/codec"
	"github.com/mcpgen/mcpgen/runtime/mcptest"
)

// clock is a dependency.
type clock struct{ hour int }

// register is what mcpgen would generate for a package with a tool of each kind.
func register(s *runtime.Server) {
	tool := func(name string, call func(context.Context, *runtime.Call, struct{}) (*runtime.Result, error)) {
		runtime.AddTool(s, runtime.Tool{Name: name, Description: "Is a test.", InputSchema: `{"type":"object"}`}, runtime.NoArguments, call)
	}
	tool("hour", func(_ context.Context, call *runtime.Call, _ struct{}) (*runtime.Result, error) {
		c, err := runtime.Provide(call.Scope(), "example.com/p.Clock", func() (*clock, error) { return &clock{12}, nil })
		if err != nil {
			return nil, err
		}
		return runtime.WrappedResult(int64(c.hour), (*codec.Encoder).Int)
	})
	tool("fail", func(context.Context, *runtime.Call, struct{}) (*runtime.Result, error) {
		return nil, errors.New("it failed")
	})
	tool("refuse", func(context.Context, *runtime.Call, struct{}) (*runtime.Result, error) {
		return nil, &runtime.ProtocolError{Code: -32000, Message: "refused"}
	})
	tool("blocks", func(context.Context, *runtime.Call, struct{}) (*runtime.Result, error) {
		return runtime.ContentResult(
			runtime.Text("a"),
			runtime.Image{MIMEType: "image/png", Data: []byte("1234")},
			runtime.Audio{MIMEType: "audio/wav"},
			runtime.Link{URI: "a:b", Name: "b"},
			runtime.File{URI: "c:d", Text: "d"},
		), nil
	})
	resource := func(uri string, files []runtime.File, err error) {
		runtime.AddResource(s, runtime.Resource{URI: uri, Name: uri, Description: "Is a test."},
			func(context.Context, *runtime.Call) ([]runtime.File, error) { return files, err })
	}
	resource("x:text", runtime.TextContents(`{"a":1}`), nil)
	resource("x:blob", runtime.BlobContents([]byte("blob")), nil)
	resource("x:two", runtime.FileContents(runtime.File{Text: "1"}, runtime.File{Text: "2"}), nil)
	resource("x:fail", nil, errors.New("it failed"))
	runtime.AddPrompt(s, runtime.Prompt{Name: "greet", Description: "Greets."}, runtime.NoArguments,
		func(context.Context, *runtime.Call, struct{}) (*runtime.PromptResult, error) {
			return runtime.PromptMessages(runtime.User("hello"), runtime.Assistant("hi")), nil
		})
	runtime.AddPrompt(s, runtime.Prompt{Name: "fail", Description: "Fails."}, runtime.NoArguments,
		func(context.Context, *runtime.Call, struct{}) (*runtime.PromptResult, error) {
			return nil, errors.New("it failed")
		})
}

func TestClient(t *testing.T) {
	t.Parallel()
	client := mcptest.Start(t, register)

	var result struct{ Result int }
	client.Call("hour", nil).Decode(&result)
	if result.Result != 12 {
		t.Errorf("hour = %d, want 12", result.Result)
	}
	var data struct{ A int }
	client.Read("x:text").Decode(&data)
	if data.A != 1 {
		t.Errorf("a = %d, want 1", data.A)
	}
	for _, row := range []struct{ what, got, want string }{
		{"blocks", client.Call("blocks", nil).Text(), "a\n[image image/png, 4 bytes]\n[audio audio/wav, 0 bytes]\n[link a:b]\n[file c:d]"},
		{"tool error", client.CallError("fail", nil), "it failed"},
		{"protocol error", client.CallError("refuse", nil), `calling "tools/call": refused`},
		{"blob", client.Read("x:blob").Text(), "blob"},
		{"failing resource", client.ReadError("x:fail"), `calling "resources/read": it failed`},
		{"prompt", client.Prompt("greet", nil).Text(), "user: hello\nassistant: hi"},
		{"failing prompt", client.PromptError("fail", nil), `calling "prompts/get": it failed`},
		{"tool", client.Tool("hour").Name, "hour"},
		{"lists", fmt.Sprint(len(client.Tools()), len(client.Resources()), len(client.ResourceTemplates()), len(client.Prompts())), "4 4 0 2"},
	} {
		if row.got != row.want {
			t.Errorf("%s = %q, want %q", row.what, row.got, row.want)
		}
	}
}

// reply is what people fill in.
type reply struct {
	Name string `json:"name"`
}

func decodeReply(d *codec.Decoder) (v reply) {
	for name := range d.Object(codec.Members{{Name: "name", Required: true}}) {
		if name == "name" {
			v.Name = codec.String[string](d)
		}
	}
	return v
}

// registerGreeter adds a tool that asks for two names.
func registerGreeter(s *runtime.Server) {
	const form = `{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}`
	runtime.AddTool(s, runtime.Tool{Name: "greet", Description: "Is a test.", InputSchema: `{"type":"object"}`}, runtime.NoArguments,
		func(ctx context.Context, call *runtime.Call, _ struct{}) (*runtime.Result, error) {
			ask := runtime.NewAsk(call, "ask", form, decodeReply)
			one, err := ask(ctx, "Who are you?")
			if err != nil {
				return nil, err
			}
			other, err := ask(ctx, "Whom does "+one.Name+" greet?")
			return runtime.TextResult(one.Name + " greets " + other.Name), err
		})
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	latest := mcptest.Start(t, registerGreeter)
	for _, client := range []*mcptest.Client{latest, latest.Speaking("2025-11-25"), latest.Speaking("2025-06-18")} {
		version := client.Session().InitializeResult().ProtocolVersion
		client.Answer(reply{"Ada"})
		client.Answer(map[string]string{"name": "Bob"})
		if got, want := client.Call("greet", nil).Text(), "Ada greets Bob"; got != want {
			t.Errorf("%s: greet = %q, want %q", version, got, want)
		}
		questions := client.Questions()
		if len(questions) != 2 || questions[1].Message != "Whom does Ada greet?" || !strings.Contains(string(questions[1].Form), `"name"`) {
			t.Errorf("%s: questions = %s", version, questions)
		}
		client.Decline()
		if got, want := client.CallError("greet", nil), runtime.ErrDeclined.Error(); got != want {
			t.Errorf("%s: error = %q, want %q", version, got, want)
		}
		client.Answer(reply{"Ada"})
		client.Cancel()
		if got, want := client.CallError("greet", nil), runtime.ErrCancelled.Error(); got != want {
			t.Errorf("%s: error = %q, want %q", version, got, want)
		}
		if got, want := client.Mute().CallError("greet", nil), runtime.ErrCannotAsk.Error(); !strings.Contains(got, want) {
			t.Errorf("%s: error = %q, want %q in it", version, got, want)
		}
	}
}

func TestReplacement(t *testing.T) {
	t.Parallel()
	client := mcptest.Start(t, register, runtime.Replace(&clock{3}))
	if got, want := client.Call("hour", nil).Text(), `{"result":3}`; got != want {
		t.Errorf("hour = %s, want %s", got, want)
	}
}

// recorder is a test that may fail.
type recorder struct {
	testing.TB
	failures []string
	cleanUps []func()
}

func (r *recorder) Helper()          {}
func (r *recorder) Cleanup(f func()) { r.cleanUps = append(r.cleanUps, f) }

func (r *recorder) Errorf(format string, args ...any) {
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	goruntime.Goexit()
}

// failures returns how a test fails.
func failures(t *testing.T, test func(t testing.TB)) string {
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			for i := range r.cleanUps {
				r.cleanUps[len(r.cleanUps)-1-i]()
			}
		}()
		test(r)
	}()
	<-done
	return strings.Join(r.failures, "\n")
}

func TestFailures(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name string
		test func(c *mcptest.Client)
		want string
	}{
		{"nothing", func(c *mcptest.Client) { c.Call("hour", nil) }, ""},
		{"protocol error", func(c *mcptest.Client) { c.Call("refuse", nil) }, `tool refuse: calling "tools/call": refused`},
		{"no such tool", func(c *mcptest.Client) { c.Call("none", nil) }, `tool none: calling "tools/call": unknown tool "none"`},
		{"success", func(c *mcptest.Client) { c.CallError("hour", nil) }, `tool hour: want an error, got {"result":12}`},
		{"decoding a tool error", func(c *mcptest.Client) { c.Call("fail", nil).Decode(new(int)) }, `tool fail: it failed`},
		{"decoding blocks", func(c *mcptest.Client) { c.Call("blocks", nil).Decode(new(int)) }, "tool blocks: no structured content, only \"a\\n[image image/png, 4 bytes]\\n[audio audio/wav, 0 bytes]\\n[link a:b]\\n[file c:d]\""},
		{"decoding another type", func(c *mcptest.Client) { c.Call("hour", nil).Decode(new(int)) }, `tool hour: json: cannot unmarshal object into Go value of type int in {"result":12}`},
		{"no such resource", func(c *mcptest.Client) { c.Read("x:none") }, `resource x:none: calling "resources/read": Resource not found`},
		{"a resource", func(c *mcptest.Client) { c.ReadError("x:text") }, `resource x:text: want an error, got contents`},
		{"two files", func(c *mcptest.Client) { c.Read("x:two").Text() }, `resource x:two: 2 pieces of contents, want one`},
		{"no JSON", func(c *mcptest.Client) { c.Read("x:blob").Decode(new(int)) }, `resource x:blob: invalid character 'b' looking for beginning of value in "blob"`},
		{"failing prompt", func(c *mcptest.Client) { c.Prompt("fail", nil) }, `prompt fail: calling "prompts/get": it failed`},
		{"a prompt", func(c *mcptest.Client) { c.PromptError("greet", nil) }, `prompt greet: want an error, got messages`},
		{"no such declaration", func(c *mcptest.Client) { c.Tool("none") }, `there is no tool none, only ["blocks" "fail" "hour" "refuse"]`},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			got := failures(t, func(t testing.TB) { row.test(mcptest.Start(t, register)) })
			if got != row.want {
				t.Errorf("\n got %s\nwant %s", got, row.want)
			}
		})
	}
}

func TestAnswersThatDoNotFitFail(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name string
		test func(c *mcptest.Client)
		want string
	}{
		{"too few", func(c *mcptest.Client) { c.CallError("greet", nil) },
			`the server asks "Who are you?", and the test has no answer to it: give it with Answer, Decline or Cancel`},
		{"too many", func(c *mcptest.Client) { c.Decline(); c.Cancel(); c.CallError("greet", nil) }, "1 more answers than questions"},
		{"no object", func(c *mcptest.Client) { c.Answer(1) }, "answer: json: cannot unmarshal number into Go value of type map[string]interface {} in 1"},
		{"no JSON", func(c *mcptest.Client) { c.Answer(func() {}) }, "answer: json: unsupported type: func()"},
		{"nobody there", func(c *mcptest.Client) { c.Mute().Decline() }, "this client is mute: it has no user who could answer"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			got := failures(t, func(t testing.TB) { row.test(mcptest.Start(t, registerGreeter)) })
			if got != row.want {
				t.Errorf("\n got %s\nwant %s", got, row.want)
			}
		})
	}
}

func TestUnusedReplacementFails(t *testing.T) {
	t.Parallel()
	got := failures(t, func(t testing.TB) {
		client := mcptest.Start(t, register, runtime.Replace(clock{3}), runtime.Replace[fmt.Stringer](nil), runtime.Replace(&clock{3}))
		client.Call("hour", nil)
	})
	const want = "the replacement of fmt.Stringer was not used: nothing that was called depends on exactly this type\n" +
		"the replacement of mcptest_test.clock was not used: nothing that was called depends on exactly this type"
	if got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

func TestServerThatCannotStartFails(t *testing.T) {
	t.Parallel()
	got := failures(t, func(t testing.TB) {
		mcptest.Start(t, func(s *runtime.Server) {
			s.OnStart(func(context.Context, *runtime.Scope) error { return errors.New("no database") })
		})
	})
	if want := "starting the server: no database"; got != want {
		t.Errorf("failures = %q, want %q", got, want)
	}
}

func TestServerThatCannotStopFails(t *testing.T) {
	t.Parallel()
	got := failures(t, func(t testing.TB) {
		mcptest.Start(t, func(s *runtime.Server) {
			s.OnStart(func(_ context.Context, scope *runtime.Scope) error {
				_, err := runtime.Open(scope, "p.Open", func() (int, func() error, error) {
					return 0, func() error { return errors.New("disk full") }, nil
				})
				return err
			})
		})
	})
	if want := "stopping the server: p.Open: clean-up: disk full"; got != want {
		t.Errorf("failures = %q, want %q", got, want)
	}
}
