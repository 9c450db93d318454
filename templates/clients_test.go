package templates

import (
	"testing"

	"github.com/mcpgen/mcpgen/examples/echo/client"
)

// TestClients uses each template as it will be used, with clients that are not
// ours. The tests inside the templates go along to the user; these stay.
func TestClients(t *testing.T) {
	t.Parallel()
	client.Need(t)

	t.Run("stdio", func(t *testing.T) {
		t.Parallel()
		client.Check(t, client.Stdio(client.Build(t, "stdio")), "testdata/stdio.json")
	})
	t.Run("http", func(t *testing.T) {
		t.Parallel()
		client.Check(t, client.Start(t, client.Build(t, "http"), "-http", "127.0.0.1:0"), "testdata/http.json")
	})
}
