package taskclient_test

import (
	"context"
	"fmt"
	"log"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/mcpgen/mcpgen/runtime/taskclient"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func Example() {
	ctx := context.Background()
	client := taskclient.NewClient(&mcp.Implementation{Name: "example", Version: "1.0.0"}, nil)
	session, err := client.Connect(ctx, trainer(ctx), nil)
	if err != nil {
		log.Fatal(err)
	}
	defer session.Close()

	train := &mcp.CallToolParams{Name: "train"}
	result, err := session.Call(ctx, train, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(result.Content[0].(*mcp.TextContent).Text)

	begun, err := session.Start(ctx, train, nil)
	if err != nil {
		log.Fatal(err)
	}
	again := session.Resume(begun.ID(), nil) // in another process, say
	if _, err := again.Wait(ctx); err != nil {
		log.Fatal(err)
	}
	status, err := begun.Status(ctx)
	fmt.Println(status.State, err)
	// Output:
	// trained
	// completed <nil>
}

// trainer is the way to a server with a tool that runs as a task.
func trainer(ctx context.Context) mcp.Transport {
	server := runtime.NewServer(runtime.Info{Name: "trainer"}, runtime.WithTasks(nil, task.Options{Grace: -1}))
	runtime.AddTool(server, runtime.Tool{Name: "train", Description: "Trains a model.", InputSchema: `{"type":"object"}`, Task: runtime.TaskOptional},
		runtime.NoArguments, func(context.Context, *runtime.Call, struct{}) (*runtime.Result, error) {
			return runtime.TextResult("trained"), nil
		})
	if err := server.Start(ctx); err != nil {
		log.Fatal(err)
	}
	ours, its := mcp.NewInMemoryTransports()
	if _, err := server.SDK().Connect(ctx, its, nil); err != nil {
		log.Fatal(err)
	}
	return ours
}
