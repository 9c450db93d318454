package runtime

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/mcpgen/mcpgen/runtime/task"
)

// wireMessage is any message of JSON-RPC.
type wireMessage struct {
	JSONRPC string          `json:"jsonrpc"`
	ID      *int            `json:"id,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *wireFailure    `json:"error,omitempty"`
}

type wireFailure struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Data    json.RawMessage `json:"data,omitempty"`
}

// wireClient speaks the protocol as it is written, since the SDK's client knows no
// tasks.
type wireClient struct {
	t       *testing.T
	version string
	offers  string                   // capabilities, in JSON
	header  http.Header              // of HTTP requests, besides what they need
	post    func(wireMessage) error  // sends a message
	answers func(wireMessage) string // to requests of the server, in JSON
	noted   chan wireMessage         // notifications
	begun   json.RawMessage          // the result of initialize
	meta    string                   // members of the _meta of requests, in JSON

	mu      sync.Mutex
	last    int
	waiting map[int]chan wireMessage
}

// newWireClient returns a client that has no way to a server yet.
func newWireClient(t *testing.T, version string) *wireClient {
	return &wireClient{t: t, version: version, offers: withTasks, noted: make(chan wireMessage, 1000), waiting: make(map[int]chan wireMessage)}
}

// withTasks are the capabilities of a client that can do everything.
const withTasks = `{"elicitation":{},"extensions":{"io.modelcontextprotocol/tasks":{}}}`

// wireWay is an era and a transport.
type wireWay struct {
	version string
	http    bool
}

var wireWays = map[string]wireWay{
	"2026-07-28 http":  {modernVersion, true},
	"2026-07-28 stdio": {modernVersion, false},
	"2025-11-25 http":  {legacyVersion, true},
	"2025-11-25 stdio": {legacyVersion, false},
}

// owner of the tasks of an unauthenticated client.
func (w wireWay) owner() string {
	if w.http {
		return ""
	}
	return localOwner
}

// eachWay runs a test for both eras and transports, with a server of its own.
func eachWay(t *testing.T, o task.Options, register func(*Server), f func(*testing.T, wireWay, *Server, *wireClient)) {
	t.Parallel()
	for name, way := range wireWays {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := NewServer(Info{}, WithLogger(slog.New(slog.DiscardHandler)), WithTasks(nil, o))
			register(s)
			f(t, way, s, way.connect(t, s, withTasks))
		})
	}
}

// connect begins a conversation with s, which it starts.
func (w wireWay) connect(t *testing.T, s *Server, offers string) *wireClient {
	t.Helper()
	c := newWireClient(t, w.version)
	c.offers = offers
	if w.http {
		c.post = c.overHTTP(startHTTP(t, s), "")
	} else {
		c.post = c.overStdio(s)
	}
	c.begin()
	return c
}

// begin is the handshake, of the era that has one.
func (c *wireClient) begin() {
	c.t.Helper()
	if c.version >= modernVersion {
		return
	}
	c.begun = c.call(initializeMethod, `{"protocolVersion":"`+c.version+`","capabilities":`+c.offers+`,"clientInfo":{"name":"t","version":"1"}}`)
	if err := c.post(wireMessage{JSONRPC: "2.0", Method: "notifications/initialized"}); err != nil {
		c.t.Fatal(err)
	}
}

// overStdio serves s at one end of two pipes and returns how to write to the other.
func (c *wireClient) overStdio(s *Server) func(wireMessage) error {
	in, input := io.Pipe()
	output, out := io.Pipe()
	served := make(chan struct{})
	go func() {
		defer close(served)
		s.serveStream(context.Background(), in, out)
		out.Close()
	}()
	go c.read(output, "")
	c.t.Cleanup(func() {
		input.Close()
		<-served
	})
	var writing sync.Mutex
	return func(m wireMessage) error {
		writing.Lock()
		defer writing.Unlock()
		return json.NewEncoder(input).Encode(m)
	}
}

// overHTTP returns how to post to url, as the user that a token names.
func (c *wireClient) overHTTP(url, token string) func(wireMessage) error {
	session := ""
	ctx, cancel := context.WithCancel(context.Background())
	c.t.Cleanup(cancel)
	return func(m wireMessage) error {
		body, err := json.Marshal(m)
		if err != nil {
			return err
		}
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
		if err != nil {
			return err
		}
		var names struct{ Name, TaskID string }
		json.Unmarshal(m.Params, &names)
		maps.Copy(r.Header, c.header)
		for header, value := range map[string]string{
			"Content-Type": "application/json", "Accept": "application/json, text/event-stream",
			"Mcp-Protocol-Version": c.version, "Mcp-Method": m.Method, "Mcp-Name": names.Name + names.TaskID,
			"Mcp-Session-Id": session, "Authorization": token, "X-Asked-For": "yes",
		} {
			if value != "" && (header != "Mcp-Protocol-Version" || m.Method != initializeMethod) {
				r.Header.Set(header, value)
			}
		}
		exchange := func() error {
			response, err := http.DefaultClient.Do(r)
			if err != nil {
				return err
			}
			if id := response.Header.Get("Mcp-Session-Id"); m.Method == initializeMethod {
				session = id
			}
			c.read(response.Body, response.Header.Get("Content-Type"))
			return nil
		}
		if m.ID != nil { // the answer may take its time
			go exchange()
			return nil
		}
		err = exchange()
		if m.Method == "notifications/initialized" {
			c.listen(r, session)
		}
		return err
	}
}

// listen opens the stream of a legacy session for what is about no request.
func (c *wireClient) listen(like *http.Request, session string) {
	r := like.Clone(like.Context())
	r.Method, r.Body, r.ContentLength = http.MethodGet, http.NoBody, 0
	r.Header.Set("Mcp-Protocol-Version", c.version)
	r.Header.Set("Mcp-Session-Id", session)
	r.Header.Set("Accept", "text/event-stream")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Error(err)
		return
	}
	go c.read(response.Body, response.Header.Get("Content-Type"))
}

// read takes what the server sends, a message a line or an event.
func (c *wireClient) read(from io.ReadCloser, contentType string) {
	defer from.Close()
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		line := lines.Text()
		if strings.HasPrefix(contentType, "text/event-stream") {
			var ok bool
			if line, ok = strings.CutPrefix(line, "data: "); !ok {
				continue
			}
		}
		var m wireMessage
		if json.Unmarshal([]byte(line), &m) == nil {
			c.take(m)
		}
	}
}

// take gives a message to whom it concerns.
func (c *wireClient) take(m wireMessage) {
	switch {
	case m.Method != "" && m.ID == nil:
		c.noted <- m
	case m.Method != "":
		c.post(wireMessage{JSONRPC: "2.0", ID: m.ID, Result: json.RawMessage(c.answers(m))})
	case m.ID != nil:
		c.mu.Lock()
		waiting := c.waiting[*m.ID]
		c.mu.Unlock()
		waiting <- m
	}
}

// send sends a request and returns where its answer will be.
func (c *wireClient) send(method, params string) <-chan wireMessage {
	c.t.Helper()
	meta := c.meta
	if c.version >= modernVersion {
		if meta != "" {
			meta += ","
		}
		meta += `"io.modelcontextprotocol/protocolVersion":"` + c.version + `","io.modelcontextprotocol/clientCapabilities":` + c.offers
	}
	if meta != "" {
		begin := strings.TrimSuffix(params, "}")
		if begin != "{" {
			begin += ","
		}
		params = begin + `"_meta":{` + meta + `}}`
	}
	c.mu.Lock()
	c.last++
	id, answer := c.last, make(chan wireMessage, 1)
	c.waiting[id] = answer
	c.mu.Unlock()
	if err := c.post(wireMessage{JSONRPC: "2.0", ID: &id, Method: method, Params: json.RawMessage(params)}); err != nil {
		c.t.Fatal(err)
	}
	return answer
}

// call sends a request and returns its result.
func (c *wireClient) call(method, params string) json.RawMessage {
	c.t.Helper()
	m := <-c.send(method, params)
	if m.Error != nil {
		c.t.Fatalf("%s %s: error %d %s", method, params, m.Error.Code, m.Error.Message)
	}
	return m.Result
}

// refused sends a request and returns the code of its error.
func (c *wireClient) refused(method, params string) int {
	c.t.Helper()
	m := <-c.send(method, params)
	if m.Error == nil {
		c.t.Fatalf("%s %s: result %s, want an error", method, params, m.Result)
	}
	return m.Error.Code
}

// wireTask is a task of either era.
type wireTask struct {
	TaskID, Status, StatusMessage, ResultType string
	TTLMs, TTL                                int64
	InputRequests                             map[string]json.RawMessage
	Result                                    json.RawMessage
	Error                                     *wireFailure
	Task                                      *wireTask                  // of a legacy CreateTaskResult
	Meta                                      map[string]json.RawMessage `json:"_meta"`
}

func readTask(t *testing.T, data json.RawMessage) (task wireTask) {
	t.Helper()
	if err := json.Unmarshal(data, &task); err != nil {
		t.Fatal(err)
	}
	return task
}

// create calls a tool and returns the task that it becomes.
func (c *wireClient) create(tool, arguments string) wireTask {
	c.t.Helper()
	params := fmt.Sprintf(`{"name":%q,"arguments":%s}`, tool, arguments)
	if c.version < modernVersion {
		params = fmt.Sprintf(`{"name":%q,"arguments":%s,"task":{}}`, tool, arguments)
	}
	data := c.call(callToolMethod, params)
	created := readTask(c.t, data)
	if created.Task != nil {
		created = *created.Task
	}
	if created.TaskID == "" {
		c.t.Fatalf("%s was answered with %s, want a task", tool, data)
	}
	return created
}

// get asks for a task.
func (c *wireClient) get(id string) wireTask {
	c.t.Helper()
	return readTask(c.t, c.call("tasks/get", `{"taskId":"`+id+`"}`))
}

// end waits for the end of a task and returns it, with its result or error in
// either era.
func (c *wireClient) end(s *Server, owner, id string) wireTask {
	c.t.Helper()
	if _, err := s.tasks.manager.Wait(c.t.Context(), owner, id); err != nil {
		c.t.Fatal(err)
	}
	ended := c.get(id)
	if c.version < modernVersion {
		m := <-c.send("tasks/result", `{"taskId":"`+id+`"}`)
		ended.Result, ended.Error = m.Result, m.Error
	}
	return ended
}

// awaitInput waits until a task asks.
func awaitInput(t *testing.T, s *Server, owner, id string, questions int) {
	t.Helper()
	for r, err := range s.tasks.manager.Watch(t.Context(), owner, id) {
		if err != nil || r.Status.Terminal() {
			t.Fatalf("the task does not ask: %s, %v", r.Status, err)
		}
		if len(r.Open()) == questions {
			return
		}
	}
}
