package faults

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// A Peer is the client of a server, without any help of an SDK.
type Peer struct {
	In  io.WriteCloser
	Out *bufio.Reader
}

// NewPeer returns a client that writes to in and reads from out.
func NewPeer(in io.WriteCloser, out io.Reader) *Peer {
	return &Peer{in, bufio.NewReaderSize(out, 1<<20)}
}

// Send sends a line.
func (p *Peer) Send(format string, arguments ...any) error {
	_, err := fmt.Fprintf(p.In, format+"\n", arguments...)
	return err
}

// Until reads lines until one has all the texts in it.
func (p *Peer) Until(texts ...string) (string, error) {
next:
	for {
		line, err := p.Out.ReadString('\n')
		if err != nil {
			return "", fmt.Errorf("waiting for %q: %w", texts, err)
		}
		for _, text := range texts {
			if !strings.Contains(line, text) {
				continue next
			}
		}
		return line, nil
	}
}

// Initialize begins a session.
func (p *Peer) Initialize() error {
	p.Send(`{"jsonrpc":"2.0","id":"init","method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"peer","version":"1"}}}`)
	if _, err := p.Until(`"id":"init","result"`); err != nil {
		return err
	}
	return p.Send(`{"jsonrpc":"2.0","method":"notifications/initialized"}`)
}

// Modern is the _meta of a modern request.
const Modern = `"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"peer","version":"1"}`

// CallLine is a call of the tool. The id is JSON; meta are further members of _meta,
// or nothing.
func CallLine(id, what, with, meta string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"method":"tools/call","params":{"name":"do","arguments":{"what":%q,"with":%q},"_meta":{%s}}}`, id, what, with, meta)
}

// Begin calls a tool that goes on, and waits until it has begun.
func (p *Peer) Begin(id, what, with string) error {
	p.Send("%s", CallLine(id, what, with, `"progressToken":"begun"`))
	_, err := p.Until(`"progressToken":"begun"`)
	return err
}

// Call calls a tool and returns the line of the answer.
func (p *Peer) Call(id, what, with string) (string, error) {
	p.Send("%s", CallLine(id, what, with, ""))
	return p.Until(`"id":` + id + `,`)
}
