package schema

import "testing"

func TestTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(object("In", field("a", "int", "")))
	w.tool("sales.In", "[]int")
	w.tool("", "").Title = "<Do>"
	w.run(t)
	const (
		first = `{"name":"do",` +
			`"inputSchema":{"properties":{"a":{"type":"integer"}},"additionalProperties":false,"type":"object","required":["a"]},` +
			`"outputSchema":{"properties":{"result":{"items":{"type":"integer"},"type":"array"}},"type":"object","required":["result"]}}`
		second = `{"name":"do","title":"<Do>","inputSchema":{"properties":{},"additionalProperties":false,"type":"object"}}`
	)
	total := 0
	for i, text := range []string{first, second} {
		want := (len(text) + 3) / 4
		if got := w.Tools[i].Tokens; got != want {
			t.Errorf("tool %d: got %d tokens, want %d", i, got, want)
		}
		total += want
	}
	if w.Tokens != total {
		t.Errorf("got %d tokens in all, want %d", w.Tokens, total)
	}
}
