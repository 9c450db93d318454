// Server is the server whose faults are tested, and everything around it: the first
// argument tells which part it plays.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/codec"
)

func main() {
	parts := map[string]func([]string) error{"client": client, "proxy": proxy, "launcher": launcher, "library": library, "thread": thread}
	if len(os.Args) > 1 && parts[os.Args[1]] != nil {
		if err := parts[os.Args[1]](os.Args[2:]); err != nil {
			log.Fatal(err)
		}
		return
	}
	runtime.Main(runtime.Info{Name: "victim", Version: "v1.0.0"}, register)
}

// do is the argument of the one tool: what to do, and a number or text for it.
type do struct{ what, with string }

func decode(d *codec.Decoder) (v do) {
	for name := range d.Object(codec.Members{{Name: "what", Required: true}, {Name: "with"}}) {
		switch name {
		case "what":
			v.what = codec.String[string](d)
		case "with":
			v.with = codec.String[string](d)
		}
	}
	return v
}

func register(s *runtime.Server) {
	tool := runtime.Tool{Name: "do", Description: "Does.", InputSchema: `{"type":"object"}`, Timeout: time.Hour}
	runtime.AddTool(s, tool, decode, func(ctx context.Context, call *runtime.Call, v do) (*runtime.Result, error) {
		if v.what == "add" {
			s.SDK().AddTool(&mcp.Tool{Name: v.with, InputSchema: map[string]any{"type": "object"}}, nil)
			return runtime.EmptyResult(), nil
		}
		act, ok := deeds[v.what]
		if !ok {
			return nil, errors.New("do what?")
		}
		text, err := act(ctx, call, v.with)
		return runtime.TextResult(text), err
	})
	s.OnStart(func(_ context.Context, scope *runtime.Scope) error {
		_, err := runtime.Open(scope, "marker", func() (int, func() error, error) {
			return 0, func() error {
				if name := os.Getenv("MARKER"); name != "" {
					return os.WriteFile(name, []byte("closed"), 0o600)
				}
				return nil
			}, nil
		})
		return err
	})
	mcp.AddReceivingCustomMethod(s.SDK(), "custom/version", func(_ context.Context, session *mcp.ServerSession, p *customParams) (*customResult, error) {
		return &customResult{Empty: len(p.GetMeta()) == 0}, nil
	})
}

type customParams struct{ mcp.ParamsBase }

type customResult struct {
	mcp.ResultBase
	Empty bool `json:"empty"`
}

// deeds are what a tool can do to its server.
var deeds = map[string]func(ctx context.Context, call *runtime.Call, with string) (string, error){
	"echo": func(_ context.Context, _ *runtime.Call, with string) (string, error) { return with, nil },
	"sleep": func(ctx context.Context, call *runtime.Call, with string) (string, error) {
		d, err := time.ParseDuration(with)
		if err != nil {
			return "", err
		}
		begun(call)
		select {
		case <-time.After(d):
			return "slept", nil
		case <-ctx.Done():
			return "", ctx.Err()
		}
	},
	"deaf": func(_ context.Context, call *runtime.Call, _ string) (string, error) {
		begun(call)
		select {}
	},
	"spin": func(_ context.Context, call *runtime.Call, _ string) (string, error) {
		begun(call)
		for i := 0; ; i++ {
			if i < 0 {
				return "", nil
			}
		}
	},
	"progress": func(ctx context.Context, call *runtime.Call, _ string) (string, error) {
		begun(call)
		ticker := time.NewTicker(50 * time.Millisecond)
		defer ticker.Stop()
		for done := 2.0; ; done++ {
			select {
			case <-ticker.C:
				call.Progress().Report(done, 0, "")
			case <-ctx.Done():
				return "", ctx.Err()
			}
		}
	},
	"big": func(_ context.Context, _ *runtime.Call, with string) (string, error) {
		n, err := strconv.Atoi(with)
		return strings.Repeat("x", n), err
	},
	"print": func(context.Context, *runtime.Call, string) (string, error) {
		fmt.Print("no newline!")
		os.NewFile(1, "").WriteString("descriptor 1\n")
		println("to stderr")
		child := exec.Command("sh", "-c", "echo child")
		child.Stdin, child.Stdout = os.Stdin, os.Stdout
		return "printed", child.Run()
	},
	"read": func(context.Context, *runtime.Call, string) (string, error) {
		text, err := io.ReadAll(os.Stdin)
		return strconv.Itoa(len(text)), err
	},
	"log": func(_ context.Context, call *runtime.Call, with string) (string, error) {
		n, err := strconv.Atoi(with)
		for range n / 200 {
			call.Logger().Error(strings.Repeat("x", 100))
			fmt.Fprintln(os.Stderr, strings.Repeat("y", 100))
		}
		return "logged", err
	},
	"child": func(_ context.Context, _ *runtime.Call, with string) (string, error) {
		child := exec.Command("sleep", with)
		child.Stdin, child.Stdout, child.Stderr = os.Stdin, os.Stdout, os.Stderr
		err := child.Start()
		return strconv.Itoa(child.Process.Pid), err
	},
	"helper": func(ctx context.Context, _ *runtime.Call, with string) (string, error) {
		child := runtime.Command(context.WithoutCancel(ctx), "sleep", with)
		err := child.Start()
		return strconv.Itoa(child.Process.Pid), err
	},
	"output": func(ctx context.Context, _ *runtime.Call, with string) (string, error) {
		ctx, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
		defer cancel()
		runtime.Command(ctx, "sh", "-c", "sleep "+with+" & echo; sleep "+with).Output()
		return "returned", nil
	},
	"panic": func(context.Context, *runtime.Call, string) (string, error) { panic("oops") },
	"gopanic": func(context.Context, *runtime.Call, string) (string, error) {
		go panic("oops in a goroutine")
		select {}
	},
	"exit": func(context.Context, *runtime.Call, string) (string, error) {
		log.Fatal("the last words")
		return "", nil
	},
	"group": func(context.Context, *runtime.Call, string) (string, error) {
		return strconv.Itoa(syscall.Getpgrp()), nil
	},
	"pid": func(context.Context, *runtime.Call, string) (string, error) {
		return strconv.Itoa(os.Getpid()), nil
	},
}

// begun tells the client that a tool runs.
func begun(call *runtime.Call) { call.Progress().Report(1, 0, "") }
