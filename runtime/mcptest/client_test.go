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
