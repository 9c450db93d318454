package runtime

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/auth"
)

// ownerNamed is the owner of the tasks of a caller over HTTP.
func ownerNamed(user string) string { return identity(&auth.TokenInfo{UserID: user}) }

// rawClient posts requests and returns the answers to the byte.
type rawClient struct {
	t                           *testing.T
	url, version, user, session string
}

// request is one of the protocol, as the client's version has it.
func (c *rawClient) request(method, params string) *http.Request {
	c.t.Helper()
	if c.version >= modernVersion {
		params = strings.TrimSuffix(params, "}") + `,"_meta":{"io.modelcontextprotocol/protocolVersion":"` + c.version +
			`","io.modelcontextprotocol/clientCapabilities":` + withTasks + `}}`
	}
	body := fmt.Sprintf(`{"jsonrpc":"2.0","id":7,"method":%q,"params":%s}`, method, params)
	r, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.url, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json, text/event-stream")
	r.Header.Set("Authorization", "Bearer "+c.user)
	r.Header.Set("Mcp-Method", method)
	if method != initializeMethod {
		r.Header.Set("Mcp-Protocol-Version", c.version)
	}
	if c.session != "" {
		r.Header.Set("Mcp-Session-Id", c.session)
	}
	return r
}

// do sends a request and returns the status, the type and the body of the answer.
func (c *rawClient) do(r *http.Request) (answer string, header http.Header) {
	c.t.Helper()
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return fmt.Sprintf("%s, %s\n%s", response.Status, response.Header.Get("Content-Type"), body), response.Header
}

// about is the answer to a request about a task, with the id taken out.
func (c *rawClient) about(verb, id string) string {
	c.t.Helper()
	params := map[string]string{
		"subscriptions/listen": `{"notifications":{"taskIds":["` + id + `"]}}`,
		"tasks/update":         `{"taskId":"` + id + `","inputResponses":{"a":{"action":"cancel"}}}`,
		"tasks/list":           `{"cursor":"` + base64.RawURLEncoding.EncodeToString([]byte(id)) + `"}`,
	}[verb]
	if params == "" {
		params = `{"taskId":"` + id + `"}`
	}
	r := c.request(verb, params)
	if strings.HasPrefix(verb, "tasks/") {
		r.Header.Set("Mcp-Name", id)
	}
	answer, _ := c.do(r)
	return strings.ReplaceAll(answer, id, "(id)")
}

// begin makes a session, in the era that has them.
func (c *rawClient) begin() *rawClient {
	if c.version < modernVersion {
		_, header := c.do(c.request(initializeMethod, `{"protocolVersion":"`+c.version+`","capabilities":{},"clientInfo":{"name":"t","version":"1"}}`))
		c.session = header.Get("Mcp-Session-Id")
	}
	return c
}

var taskID = regexp.MustCompile(`"taskId":"([^"]*)"`)

// create calls a tool and returns the id of the task that it becomes.
func (c *rawClient) create(tool string) string {
	c.t.Helper()
	r := c.request(callToolMethod, `{"name":"`+tool+`","arguments":{},"task":{}}`)
	r.Header.Set("Mcp-Name", tool)
	answer, _ := c.do(r)
	found := taskID.FindStringSubmatch(answer)
	if found == nil {
		c.t.Fatalf("%s was answered with %s, want a task", tool, answer)
	}
	return found[1]
}

// taskVerbs are all ways in which a client can ask about a task.
var taskVerbs = map[string][]string{
	modernVersion: {"tasks/get", "tasks/update", "subscriptions/listen", "tasks/cancel"},
	legacyVersion: {"tasks/get", "tasks/result", "tasks/list", "tasks/cancel"},
}

// TestT18CrossOwner has each of many callers try everything with the task of each
// other. The answers are those that they get for a task that never was.
func TestT18CrossOwner(t *testing.T) {
	t.Parallel()
	callers := append(somebody(), &auth.TokenInfo{}, &auth.TokenInfo{Extra: map[string]any{"iss": "https://a"}})
	for version, verbs := range taskVerbs {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			s := NewServer(Info{}, WithLogger(slog.New(slog.DiscardHandler)), WithTasks(nil, atOnceTasks))
			wait := background("wait")
			wait.Poll = 100 * time.Millisecond // from the beginning, so that answers do not differ in it
			add(s, wait, func(ctx context.Context, _ *Call) (*Result, error) {
				<-ctx.Done()
				return nil, ctx.Err()
			})
			verify := func(_ context.Context, token string, _ *http.Request) (*auth.TokenInfo, error) {
				var i int
				fmt.Sscan(token, &i)
				known := *callers[i]
				known.Expiration = time.Now().Add(time.Hour)
				return &known, nil
			}
			url := startHTTPBehind(t, s, auth.RequireBearerToken(verify, nil))
			ids, clients := make([]string, len(callers)), make([]*rawClient, len(callers))
			for i := range callers {
				clients[i] = (&rawClient{t: t, url: url, version: version, user: fmt.Sprint(i)}).begin()
				ids[i] = clients[i].create("wait")
			}
			unknown := rand.Text()
			for i, client := range clients {
				for _, verb := range verbs {
					want := client.about(verb, unknown)
					for j, id := range ids {
						if identity(callers[i]) == identity(callers[j]) {
							continue
						}
						if got := client.about(verb, id); got != want {
							t.Errorf("%s of the task of %+v by %+v:\n%s\nwant as of one that never was:\n%s", verb, callers[j], callers[i], got, want)
						}
					}
				}
			}
			for i, client := range clients {
				if version < modernVersion {
					list, _ := client.do(client.request("tasks/list", `{}`))
					if found := taskID.FindAllStringSubmatch(list, -1); identity(callers[i]) == "" && found != nil ||
						identity(callers[i]) != "" && (len(found) != 1 || found[0][1] != ids[i]) {
						t.Errorf("tasks/list by %+v: %s\nwant what is theirs", callers[i], list)
					}
				}
				for _, verb := range []string{"tasks/get", "tasks/cancel"} {
					if got := client.about(verb, ids[i]); !strings.HasPrefix(got, "200") || strings.Contains(got, `"error"`) {
						t.Errorf("%s by its owner %+v: %s", verb, callers[i], got)
					}
				}
			}
		})
	}
}

// TestNamelessTokens has tokens that name nobody, of which operators are told once.
func TestNamelessTokens(t *testing.T) {
	t.Parallel()
	var log output
	s := NewServer(Info{}, WithLogger(slog.New(slog.NewTextHandler(&log, nil))), WithTasks(nil, atOnceTasks))
	add(s, background("fine"), func(context.Context, *Call) (*Result, error) { return TextResult("done"), nil })
	verify := func(context.Context, string, *http.Request) (*auth.TokenInfo, error) {
		return &auth.TokenInfo{Expiration: time.Now().Add(time.Hour)}, nil
	}
	url := startHTTPBehind(t, s, auth.RequireBearerToken(verify, nil))
	c := newWireClient(t, legacyVersion)
	c.post = c.overHTTP(url, "Bearer a")
	c.begin()
	for range 2 {
		wantText(t, c.end(s, "", c.create("fine", "{}").TaskID).Result, "done")
	}
	if strings.Contains(string(c.begun), `"list":{}`) && strings.Contains(string(c.begun), `"tasks"`) {
		t.Errorf("initialize = %s, want no list of tasks", c.begun)
	}
	if code := c.refused("tasks/list", `{}`); code != -32601 {
		t.Errorf("tasks/list: code = %d, want -32601", code)
	}
	s.Stop(overdue())
	if got := strings.Count(log.String(), "does not name users"); got != 1 {
		t.Errorf("operators were told %d times, want once:\n%s", got, log.String())
	}
}
