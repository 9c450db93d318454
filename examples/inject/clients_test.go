package main

import (
	"testing"

	"github.com/mcpgen/mcpgen/examples/echo/client"
)

func TestStoryWithClients(t *testing.T) {
	t.Parallel()
	client.Need(t)
	client.Check(t, client.Stdio(client.Build(t, ".")), "testdata/story.json")
}
