//go:build linux

package faults

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// lines are what clients write that is no message, or an odd one.
var lines = []fault{
	{"S30", "34 odd lines, and a call after each", reply, oddLines},
	{"S33", "5 million brackets", reply, brackets},
	{"S35", "a request id in use", reply, duplicateID},
	{"S36", "a cancelled call, legacy", reply, cancelledCall("")},
	{"S36", "a cancelled call, modern", reply, cancelledCall(Modern)},
	{"S37", "part of a line, then the end", idle, partialLine},
	{"S38", "a message without its line break", reply, noLineBreak},
	{"S39", "a line of 100 MB", 5 * time.Second, longLine},
	{"S44", "two subscriptions of one kind", reply, twoSubscriptions},
	{"a.5", "a method of the user's without params", reply, noParams},
	{"d.5", "both versions of the protocol on one stream", reply, bothEras},
}

// odd are lines and what the answer has in it; "" is for no answer.
var odd = []struct{ line, want string }{
	{`hello`, `"id":null,"error":{"code":-32700`},
	{`{"jsonrpc":"2.0","id":1`, `"id":null,"error":{"code":-32700`},
	{`{"jsonrpc":"2.0","id":1,"method":"ping"} {"jsonrpc":"2.0","id":2,"method":"ping"}`, `"id":null,"error":{"code":-32700`},
	{`{"jsonrpc":"2.0","id":1,"method":"ping"}}`, `"id":null,"error":{"code":-32700`},
	{"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"x\":\"\xff\"}", `"id":null,"error":{"code":-32700,"message":"invalid UTF-8"`},
	{"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"x\":\"\x01\"}", `"id":null,"error":{"code":-32700`},
	{`{"jsonrpc":"2.0","id":1,"method":"ping"}   `, `"id":1,"result":{}`},
	{`   {"jsonrpc":"2.0","id":1,"method":"ping"}`, `"id":1,"result":{}`},
	{"\ufeff" + `{"jsonrpc":"2.0","id":1,"method":"ping"}`, `"id":1,"result":{}`},
	{`{"jsonrpc":"2.0","id":1,"method":"ping"}` + "\r", `"id":1,"result":{}`},
	{``, ``},
	{`   `, ``},
	{`{}`, `"id":null,"error":{"code":-32600`},
	{`42`, `"id":null,"error":{"code":-32600`},
	{`null`, `"id":null,"error":{"code":-32600`},
	{`[]`, `"id":null,"error":{"code":-32600`},
	{`[{"jsonrpc":"2.0","id":1,"method":"ping"}]`, `"id":null,"error":{"code":-32600,"message":"batches`},
	{`{"jsonrpc":"2.0","id":true,"method":"ping"}`, `"id":null,"error":{"code":-32600`},
	{`{"jsonrpc":"2.0","id":{},"method":"ping"}`, `"id":null,"error":{"code":-32600`},
	{`{"jsonrpc":"2.0","id":null,"method":"ping"}`, `"id":null,"error":{"code":-32600`},
	{`{"jsonrpc":"2.0","id":1,"method":5}`, `"id":1,"error":{"code":-32600`},
	{`{"jsonrpc":"2.0","result":{}}`, `"id":null,"error":{"code":-32600`},
	{`{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"what?"}}`, ``},
	{`{"jsonrpc":"2.0","id":99,"result":{}}`, ``},
	{`{"jsonrpc":"1.0","id":1,"method":"ping"}`, `"id":1,"error":{"code":-32600`},
	{`{"jsonrpc":"2.0","id":1,"METHOD":"ping"}`, `"id":1,"error":{"code":-32600`},
	{`{"jsonrpc":"2.0","id":1,"method\u0000":"ping"}`, `"id":1,"error":{"code":-32600`},
	{`{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/list"}`, `"id":1,"error":{"code":-32600,"message":"method comes twice"`},
	{`{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}`, `"id":1,"error":{"code":-32602`},
	{`{"jsonrpc":"2.0","id":9007199254740993,"method":"ping"}`, `"id":9007199254740993,"error":{"code":-32600`},
	{`{"jsonrpc":"2.0","id":1.5,"method":"ping"}`, `"id":1.5,"error":{"code":-32600`},
	{`{"jsonrpc":"2.0","id":1e300,"method":"ping"}`, `"id":1e300,"error":{"code":-32600`},
	{`{"jsonrpc":"2.0","id":1,"method":"ping","params":` + nested(1000) + `}`, `"id":null,"error":{"code":-32600,"message":"the JSON text is nested too deeply"`},
	{`{"jsonrpc":"2.0","id":1,"method":"ping","params":` + nested(20_000) + `}`, `"id":null,"error":{"code":-32600,"message":"the JSON text is nested too deeply"`},
}

func nested(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }

// oddLines returns the longest time to an answer.
func oddLines(t *testing.T) (most time.Duration) {
	p := serving(t, nil)
	for _, row := range odd {
		most = max(most, took(func() {
			p.Send("%s", row.line)
			p.Send(`{"jsonrpc":"2.0","id":"next","method":"ping"}`)
			want := row.want
			if want == "" {
				want = `"id":"next"`
			}
			line, err := p.Out.ReadString('\n')
			must(t, err)
			if !strings.Contains(line, want) {
				t.Errorf("the answer to %.200q is %.300s, want %s in it", row.line, line, want)
			}
			if row.want != "" {
				_, err := p.Until(`"id":"next"`)
				must(t, err)
			}
		}))
		p.probe()
	}
	return most
}

func brackets(t *testing.T) time.Duration {
	p := serving(t, nil)
	p.probe()
	before := resident(t, p.cmd.Process.Pid)
	line := strings.Repeat("[", 5_000_000) + "\n"
	d := took(func() {
		p.in.WriteString(line)
		_, err := p.Until(`"id":null,"error":{"code":-32600`)
		must(t, err)
	})
	p.probe()
	p.within(before + 20)
	return d
}

func duplicateID(t *testing.T) time.Duration {
	p := serving(t, nil)
	must(t, p.Begin("1", "sleep", "1h"))
	d := took(func() {
		p.Send("%s", CallLine("1", "echo", "second", ""))
		_, err := p.Until(`"id":null,"error":{"code":-32600,"message":"the request id 1 is in use"`)
		must(t, err)
	})
	p.probe()
	return d
}

// cancelledCall wants no more messages of a call that was cancelled.
func cancelledCall(meta string) func(*testing.T) time.Duration {
	return func(t *testing.T) time.Duration {
		p := serving(t, nil)
		with := `"progressToken":"begun"`
		if meta != "" {
			with += "," + meta
		}
		p.Send("%s", CallLine("1", "progress", "", with))
		_, err := p.Until(`"progressToken":"begun"`)
		must(t, err)
		d := took(func() {
			p.Send(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}`)
			p.probe()
		})
		p.answer("2", "sleep", "150ms", "slept") // three reports of progress, if there were any
		p.in.Close()
		if rest := p.readAll(); rest != "" {
			t.Errorf("after the cancellation came %s", rest)
		}
		return d
	}
}

func partialLine(t *testing.T) time.Duration {
	p := serving(t, nil)
	fmt.Fprint(p.in, `{"jsonrpc":"2.0","id":1,"method":"ping"}`)
	return took(func() {
		p.in.Close()
		if rest := p.readAll(); rest != "" {
			t.Errorf("the answer is %s, want none", rest)
		}
		p.exit(0)
	})
}

// noLineBreak sends a message in two parts; what comes first belongs to the other.
func noLineBreak(t *testing.T) time.Duration {
	p := serving(t, nil)
	fmt.Fprint(p.in, `{"jsonrpc":"2.0","id":1,"method":"ping"`)
	return took(func() {
		fmt.Fprint(p.in, "}\n")
		_, err := p.Until(`"id":1,"result"`)
		must(t, err)
	})
}

func longLine(t *testing.T) time.Duration {
	p := serving(t, nil)
	line := strings.Repeat("x", 100<<20) + "\n"
	d := took(func() {
		p.in.WriteString(line)
		_, err := p.Until(`"id":null,"error":{"code":-32600,"message":"the message is too long"`)
		must(t, err)
	})
	p.probe()
	p.within(100)
	return d
}

func subscribe(id, kind string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"method":"subscriptions/listen","params":{"notifications":{%q:true},"_meta":{%s}}}`, id, kind, Modern)
}

// twoSubscriptions wants each to be told under its own id, and to go on when the
// other is cancelled, which is not answered.
func twoSubscriptions(t *testing.T) time.Duration {
	p := serving(t, nil)
	for _, id := range []string{"71", "72"} {
		p.Send("%s", subscribe(id, "toolsListChanged"))
		_, err := p.Until("notifications/subscriptions/acknowledged", `subscriptionId":`+id)
		must(t, err)
	}
	p.Send("%s", CallLine("1", "add", "one", ""))
	seen := ""
	for !strings.Contains(seen, `subscriptionId":71`) || !strings.Contains(seen, `subscriptionId":72`) {
		line, err := p.Until("notifications/tools/list_changed", "subscriptionId")
		must(t, err)
		seen += line
	}
	p.Send(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":72}}`)
	p.probe()
	d := took(func() {
		p.Send("%s", CallLine("2", "add", "two", ""))
		for {
			line, err := p.Out.ReadString('\n')
			must(t, err)
			if strings.Contains(line, `subscriptionId":72`) || strings.Contains(line, `"id":72`) {
				t.Errorf("the cancelled subscription is told %s", line)
			}
			if strings.Contains(line, "notifications/tools/list_changed") && strings.Contains(line, `subscriptionId":71`) {
				return
			}
		}
	})
	return d
}

func noParams(t *testing.T) time.Duration {
	p := serving(t, nil)
	return took(func() {
		for _, params := range []string{``, `,"params":null`, `,"params":{}`} {
			p.Send(`{"jsonrpc":"2.0","id":1,"method":"custom/version"%s}`, params)
			_, err := p.Until(`"id":1`, `"empty":true`)
			must(t, err)
		}
		p.probe()
	})
}

// bothEras mixes messages of both, and asks the handshake for a modern version.
func bothEras(t *testing.T) time.Duration {
	p := start(t, nil)
	return took(func() {
		p.Send("%s", CallLine("1", "echo", "early", ""))
		_, err := p.Until(`"id":1`, `"code":-32600`)
		must(t, err)
		p.Send(`{"jsonrpc":"2.0","id":2,"method":"server/discover","params":{"_meta":{%s}}}`, Modern)
		_, err = p.Until(`"id":2`, `"resultType":"complete"`)
		must(t, err)
		p.Send(`{"jsonrpc":"2.0","id":3,"method":"initialize","params":{"protocolVersion":"2026-07-28","capabilities":{},"clientInfo":{"name":"peer","version":"1"}}}`)
		_, err = p.Until(`"id":3`, `"protocolVersion":"2025-11-25"`)
		must(t, err)
		p.Send(`{"jsonrpc":"2.0","method":"notifications/initialized"}`)
		p.answer("4", "echo", "legacy", "legacy")
		p.Send("%s", CallLine("5", "echo", "modern", Modern))
		_, err = p.Until(`"id":5`, `"resultType":"complete"`)
		must(t, err)
		p.answer("6", "echo", "legacy", "legacy")
	})
}
