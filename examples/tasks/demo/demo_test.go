package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mcpgen/mcpgen/runtime/taskclient"
)

// binary is the server.
var binary string

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "tasks")
	if err == nil {
		binary, err = build(context.Background(), folder)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(folder)
	os.Exit(code)
}

// short is the script for those in a hurry.
func short() script {
	s := theScript
	s.acts = append([]act(nil), s.acts...)
	for i := range s.acts {
		switch s.acts[i].tool {
		case "crunch":
			s.acts[i].arguments = map[string]any{"seconds": 1.2}
		case "break_down":
			s.acts[i].arguments = map[string]any{"after": 0.4}
		}
	}
	s.think, s.sleep = 0, 600*time.Millisecond
	return s
}

// TestPlay plays the script with the real server, in both eras.
func TestPlay(t *testing.T) {
	t.Parallel()
	for era, version := range eras {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			b := &board{out: &out, width: 200}
			if err := play(t.Context(), start(binary), version, b, short()); err != nil {
				t.Error(err)
			}
			for _, want := range []string{
				"protocol " + version,
				"crunch      ████████████████████████ crunched 100 numbers in 1.2 seconds",
				"plan_trip   How long do you want to stay in Lisbon? nights: 4",
				"plan_trip   How do you want to travel to Lisbon for 4 nights? vehicle: train",
				"book_trip   Book it for 120 EUR? agreed: true",
				"✓ book_trip   ████████████████████████ booked Lisbon for Ada",
				"✗ break_down  ████████████░░░░░░░░░░░░ the engine is smoking",
				"■ sleep       ░░░░░░░░░░░░░░░░░░░░░░░░ was cancelled while it ran",
				": 1 cancelled, 3 completed, 1 failed\n",
			} {
				if !strings.Contains(out.String(), want) {
					t.Errorf("%q is missing", want)
				}
			}
			if t.Failed() {
				t.Logf("shown:\n%s", &out)
			}
		})
	}
}

// TestSurprises plays a script that expects something else.
func TestSurprises(t *testing.T) {
	t.Parallel()
	b := &board{out: io.Discard, width: 80}
	s := script{acts: []act{{"break_down", map[string]any{"after": 0}, completed}, {"fly", nil, completed}}}
	err := play(t.Context(), start(binary), eras["modern"], b, s)
	want := "break_down has failed, and should have completed\n      fly has failed, and should have completed"
	if err == nil || err.Error() != want {
		t.Errorf("error = %v, want %q", err, want)
	}
}

func TestArguments(t *testing.T) {
	t.Parallel()
	out, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	for _, row := range []struct {
		args string
		want string
	}{
		{"-era ancient", "want demo [-era modern|legacy] [-http URL]"},
		{"more", "want demo [-era modern|legacy] [-http URL]"},
		{"-h", flag.ErrHelp.Error()},
		{"-http http://127.0.0.1:1/mcp", "connection refused"},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		if err := run(ctx, strings.Fields(row.args), out); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("demo %s: error = %v, want %q", row.args, err, row.want)
		}
	}
}

// TestTerminal draws over rows, and leaves what is said above them.
func TestTerminal(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	b := &board{out: &out, terminal: true, width: 60}
	r := b.add("crunch")
	b.update(r, taskclient.Status{State: taskclient.Working, Message: "half of it, and more than fits", Progress: taskclient.Progress{Done: 1, Total: 2}})
	b.ask(r, "How?", "so")
	b.end(r, completed, "done\nand more")
	b.finish("over")
	const up = "\x1b[1A\x1b[J"
	want := "  crunch      ░░░░░░░░░░░░░░░░░░░░░░░░ called\n" +
		up + "  crunch      ████████████░░░░░░░░░░░░ half of it, and more…\n" +
		up + "  crunch      How? so\n" +
		"  crunch      ████████████░░░░░░░░░░░░ half of it, and more…\n" +
		up + "✓ crunch      ████████████████████████ done\n" +
		"\nover\n"
	if got := out.String(); got != want {
		t.Errorf("drawn:\n%q\nwant:\n%q", got, want)
	}
}
