// Command taskstart measures how long it takes from a tools/call to the first line of
// the tool's function: of a direct call, of one that could become a task and is
// answered straight, and of one that becomes a task at once, kept in memory. Client and
// server are one process. The three take turns, so that a machine that slows down slows
// all of them. A task is wanted to start less than 100 µs later than a direct call.
//
//	go run ./taskstart [-calls N]
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("taskstart: ")
	calls := flag.Int("calls", 5000, "measured calls of each way, behind a tenth that is not counted")
	flag.Parse()
	if err := run(context.Background(), os.Stdout, *calls); err != nil {
		log.Fatal(err)
	}
}

// way is one of the ways that a call takes. The client takes tasks in any case, and says
// so: it has to be read, whatever comes of it.
type way struct {
	name    string
	support runtime.TaskSupport
	tasks   task.Options

	client *client
	took   []time.Duration
}

func run(ctx context.Context, out io.Writer, calls int) error {
	ways := []*way{
		{name: "direct call", support: runtime.TaskForbidden},
		{name: "straight answer", support: runtime.TaskOptional},
		{name: "task, created at once", support: runtime.TaskOptional, tasks: task.Options{Grace: -1}},
	}
	for _, w := range ways {
		var err error
		if w.client, err = connect(ctx, w); err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
		defer w.client.stop()
	}
	for i := range calls + calls/10 {
		for _, w := range ways {
			took, err := w.client.call(ctx)
			if err != nil {
				return fmt.Errorf("%s: %w", w.name, err)
			}
			if i >= calls/10 {
				w.took = append(w.took, took)
			}
		}
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "from tools/call to the function\tmedian\tp99\tmedian above direct\t")
	direct := quantile(ways[0].took, 0.5)
	for _, w := range ways {
		fmt.Fprintf(table, "%s\t%v\t%v\t%v\t\n", w.name, quantile(w.took, 0.5), quantile(w.took, 0.99), quantile(w.took, 0.5)-direct)
	}
	return table.Flush()
}

// quantile sorts d.
func quantile(d []time.Duration, q float64) time.Duration {
	slices.Sort(d)
	return d[int(q*float64(len(d)-1))].Round(100 * time.Nanosecond)
}

// request are the params of each call.
const request = `{"name":"begin","arguments":{},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",` +
	`"io.modelcontextprotocol/clientCapabilities":{"extensions":{"io.modelcontextprotocol/tasks":{}}}}}`

// client calls a tool that tells when it begins.
type client struct {
	conn  mcp.Connection
	stop  func()
	begun chan time.Time
	last  int64
}

// connect starts a server, and a client of it.
func connect(ctx context.Context, w *way) (*client, error) {
	c := &client{begun: make(chan time.Time, 1)}
	s := runtime.NewServer(runtime.Info{Name: "bench"}, runtime.WithLogger(slog.New(slog.DiscardHandler)), runtime.WithTasks(nil, w.tasks))
	tool := runtime.Tool{Name: "begin", Description: "Begins.", InputSchema: `{"type":"object"}`, Task: w.support, TTL: time.Minute}
	runtime.AddTool(s, tool, runtime.NoArguments, func(context.Context, *runtime.Call, struct{}) (*runtime.Result, error) {
		c.begun <- time.Now()
		return runtime.TextResult("begun"), nil
	})
	if err := s.Start(ctx); err != nil {
		return nil, err
	}
	ours, its := mcp.NewInMemoryTransports()
	if _, err := s.SDK().Connect(ctx, its, nil); err != nil {
		return nil, err
	}
	var err error
	c.conn, err = ours.Connect(ctx)
	c.stop = func() { c.conn.Close(); s.Stop(ctx) }
	return c, err
}

// call calls the tool, and returns when both the answer and the function have come.
func (c *client) call(ctx context.Context) (time.Duration, error) {
	c.last++
	id, err := jsonrpc.MakeID(float64(c.last))
	if err != nil {
		return 0, err
	}
	called := time.Now()
	if err := c.conn.Write(ctx, &jsonrpc.Request{ID: id, Method: "tools/call", Params: json.RawMessage(request)}); err != nil {
		return 0, err
	}
	message, err := c.conn.Read(ctx)
	if err != nil {
		return 0, err
	}
	if response, ok := message.(*jsonrpc.Response); !ok || response.Error != nil {
		return 0, fmt.Errorf("the call was answered with %+v", message)
	}
	return (<-c.begun).Sub(called), nil
}
