package golden

import (
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	clients "github.com/mcpgen/mcpgen/examples/echo/client"
	"github.com/mcpgen/mcpgen/runtime"
)

// TestMistakesWithClients has the official clients make the calls of the case
// mistakes, and shows that what they hand to the model is all that the server said.
func TestMistakesWithClients(t *testing.T) {
	t.Parallel()
	clients.Need(t)
	s := runtime.NewServer(runtime.Info{Name: "mistakes"}, runtime.WithLogger(slog.New(slog.DiscardHandler)))
	register("mistakes")(s)
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s.Handler())
	t.Cleanup(web.Close) // once the subtests, which are parallel, have ended
	clients.Check(t, clients.HTTP(web.URL), mistakesSpec(t))
}

// mistakesSpec is the conversation of the case, as the clients' check takes it.
func mistakesSpec(t *testing.T) string {
	t.Helper()
	script, err := txtar.ParseFile(filepath.Join("mistakes", "wire.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	type call struct {
		Tool      string          `json:"tool"`
		Arguments json.RawMessage `json:"arguments"`
		Text      string          `json:"text,omitempty"`
		Error     string          `json:"error,omitempty"`
	}
	var calls []call
	for i, section := range script.Files {
		if section.Name != "> tools/call" {
			continue
		}
		var params struct {
			Name      string
			Arguments json.RawMessage
		}
		var reply struct {
			IsError bool
			Content []struct{ Text string }
		}
		unmarshal(t, section.Data, &params)
		unmarshal(t, script.Files[i+1].Data, &reply)
		c := call{Tool: params.Name, Arguments: params.Arguments}
		if text := reply.Content[0].Text; reply.IsError {
			if got := strings.Count(text, "\n/"); got != 7 {
				t.Errorf("the answer has %d lines with a place, want 7:\n%s", got, text)
			}
			c.Error = text
		} else {
			c.Text = text
		}
		calls = append(calls, c)
	}
	spec, err := json.Marshal(map[string]any{"server": "mistakes", "tools": []string{"place_order"}, "calls": calls})
	if err != nil {
		t.Fatal(err)
	}
	return string(spec)
}

func unmarshal(t *testing.T, data []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatal(err)
	}
}
