//go:build linux

package faults

import (
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// floods are more than a server can do at a time.
var floods = []fault{
	{"S40", "10,000 calls at once, legacy", 5 * time.Second, pipelined("")},
	{"S40", "10,000 calls at once, modern", 8 * time.Second, pipelined(Modern)},
	{"S40", "10,000 calls with answers of 10 kB, slow reader", patience, slowReader},
	{"S41", "a ping and a cancellation behind 10,000 slow calls", time.Second, queued},
	{"S42", "SIGTERM under a flood whose answers nobody reads", signal1, flood(syscall.SIGTERM)},
	{"S42", "the end of the input under such a flood", drained + time.Second, flood(0)},
	{"S43", "20,000 subscriptions", patience, subscriptions},
}

// count reads until n lines have the text in it.
func (p *process) count(n int, text string) {
	p.t.Helper()
	for range n {
		if _, err := p.Until(text); err != nil {
			p.t.Fatal(err)
		}
	}
}

func pipelined(meta string) func(*testing.T) time.Duration {
	return func(t *testing.T) time.Duration {
		p := serving(t, nil)
		var input strings.Builder
		for i := range 10_000 {
			input.WriteString(CallLine(fmt.Sprint(i), "echo", "fast", meta) + "\n")
		}
		d := took(func() {
			go p.in.WriteString(input.String())
			p.count(10_000, `"text":"fast"`)
		})
		p.within(64)
		return d
	}
}

// slowReader reads 100 MB so slowly that all limits are reached, and closes the
// input before it begins to.
func slowReader(t *testing.T) time.Duration {
	p := serving(t, nil)
	return took(func() {
		var input strings.Builder
		for i := range 10_000 {
			input.WriteString(CallLine(fmt.Sprint(i), "big", "10000", "") + "\n")
		}
		written := make(chan struct{})
		go func() {
			defer close(written)
			p.in.WriteString(input.String())
			p.in.Close()
		}()
		<-written
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for i := range 10_000 {
			if i%10 == 0 {
				<-tick.C
			}
			_, err := p.Until(`"result"`)
			must(t, err)
		}
		p.exit(0)
	})
}

func queued(t *testing.T) time.Duration {
	p := serving(t, nil)
	var input strings.Builder
	for i := range 10_000 {
		input.WriteString(CallLine(fmt.Sprint(i), "sleep", "1s", "") + "\n")
	}
	input.WriteString(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":9999}}` + "\n")
	p.in.WriteString(input.String())
	d := took(func() {
		p.Send(`{"jsonrpc":"2.0","id":"ping","method":"ping"}`)
		_, err := p.Until(`"id":"ping"`)
		must(t, err)
	})
	p.count(9_999, `"text":"slept"`)
	p.Send(`{"jsonrpc":"2.0","id":"ping","method":"ping"}`)
	line, err := p.Out.ReadString('\n')
	must(t, err)
	if !strings.Contains(line, `"id":"ping"`) {
		t.Errorf("after all answers came %s", line)
	}
	p.within(128)
	return d
}

// flood sends calls whose answers nobody reads, until the server does not take any
// more, and then ends it by a signal or the end of the input.
func flood(s syscall.Signal) func(*testing.T) time.Duration {
	return func(t *testing.T) time.Duration {
		p := serving(t, nil)
		line := CallLine("%d", "big", "10000", "") + "\n"
		for i := 0; ; i++ {
			p.in.SetWriteDeadline(time.Now().Add(2 * time.Second))
			if _, err := fmt.Fprintf(p.in, line, i); os.IsTimeout(err) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
		p.within(200)
		return took(func() {
			if s != 0 {
				p.cmd.Process.Signal(s)
			} else {
				p.in.Close()
			}
			p.exit(0)
		})
	}
}

func subscriptions(t *testing.T) time.Duration {
	p := serving(t, nil)
	d := took(func() {
		go func() {
			for i := range 20_000 {
				p.Send("%s", subscribe(fmt.Sprint(i), "toolsListChanged"))
			}
		}()
		p.count(20_000-64, "at most 64 subscriptions at a time")
	})
	p.probe()
	p.within(64)
	p.in.Close()
	go io.Copy(io.Discard, p.Out)
	p.exit(0)
	return d
}
