// Command demo shows examples/tasks in use: it starts the server, calls all of its
// tools at once, and shows how each task goes on, what it asks and how it ends.
//
//	go run ./examples/tasks/demo [-era modern|legacy] [-http URL]
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/mcpgen/mcpgen/runtime/taskclient"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "demo:", err)
		}
		os.Exit(1)
	}
}

// eras are the versions of the protocol that have tasks, each its own.
var eras = map[string]string{"modern": "2026-07-28", "legacy": "2025-11-25"}

// run shows everything once.
func run(ctx context.Context, args []string, out *os.File) error {
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	era := flags.String("era", "modern", "which tasks: those of 2026-07-28, `modern`, or of 2025-11-25, legacy")
	url := flags.String("http", "", "`URL` of a server that runs already, instead of one on stdio")
	if err := flags.Parse(args); err != nil {
		return err
	}
	version, ok := eras[*era]
	if !ok || flags.NArg() > 0 {
		return errors.New("want demo [-era modern|legacy] [-http URL]")
	}
	b := newBoard(out)
	if *url != "" {
		return play(ctx, &mcp.StreamableClientTransport{Endpoint: *url}, version, b, theScript)
	}
	folder, err := os.MkdirTemp("", "tasks")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	b.say("building the server")
	binary, err := build(ctx, folder)
	if err != nil {
		return err
	}
	return play(ctx, start(binary), version, b, theScript)
}

// build builds the server into a folder.
func build(ctx context.Context, folder string) (binary string, err error) {
	binary = filepath.Join(folder, "tasks.exe")
	text, err := exec.CommandContext(ctx, "go", "build", "-o", binary, "github.com/mcpgen/mcpgen/examples/tasks").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("building the server: %w\n%s", err, text)
	}
	return binary, nil
}

// start is the way to a server of its own. What that logs is kept out of the picture.
func start(binary string) mcp.Transport {
	command := exec.Command(binary)
	command.Stderr = io.Discard
	return &mcp.CommandTransport{Command: command}
}

// play calls all tools of the script at once, and returns when the last has ended. It
// is an error if one ends in another way than it should.
func play(ctx context.Context, transport mcp.Transport, version string, b *board, s script) error {
	p := &player{board: b, script: s, rows: make(map[string]*row)}
	client := taskclient.NewClient(&mcp.Implementation{Name: "demo", Version: "1.0.0"}, &mcp.ClientOptions{ElicitationHandler: p.answer})
	session, err := client.Connect(ctx, transport, &mcp.ClientSessionOptions{ProtocolVersion: version})
	if err != nil {
		return err
	}
	defer session.Close()
	begun := session.InitializeResult()
	b.say(fmt.Sprintf("connected to %s %s, protocol %s", begun.ServerInfo.Name, begun.ServerInfo.Version, begun.ProtocolVersion))
	if surprises := p.play(ctx, session); len(surprises) > 0 {
		return errors.New(strings.Join(surprises, "\n      "))
	}
	return nil
}
