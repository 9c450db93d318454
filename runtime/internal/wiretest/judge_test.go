package wiretest

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// A judge judges the messages of a session, in their order.
type judge struct {
	core      *schema
	extension *schema           // nil in the legacy era
	results   map[string]string // definitions of results, by method
	pending   map[string]object // requests, by who sent them and id
	seen      map[string]int    // claims, by schema and definition
}

func newJudge(core, extension *schema) *judge {
	j := &judge{core: core, extension: extension, results: legacyResults, pending: make(map[string]object), seen: make(map[string]int)}
	if extension != nil {
		j.results = modernResults
	}
	return j
}

// judge says what is wrong with a message.
func (j *judge) judge(m message) error {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(m.text))
	if err != nil {
		return err
	}
	claims, err := j.claims(m.fromClient, object{value})
	if err != nil {
		return err
	}
	for _, c := range claims {
		j.seen[c.schema.name+" "+c.definition]++
		if err := c.schema.check(c.definition, c.value); err != nil {
			return err
		}
	}
	return nil
}

// claims are what has to be true of a message.
func (j *judge) claims(fromClient bool, m object) ([]claim, error) {
	id := m.get("id").value
	method, isNamed := m.get("method").value.(string)
	switch {
	case isNamed && id != nil:
		j.pending[fmt.Sprint(fromClient, id)] = m
		return j.request(method, m)
	case isNamed:
		return j.notification(method, m)
	case m.get("error").value != nil:
		return j.failure(m), nil
	}
	request, ok := j.pending[fmt.Sprint(!fromClient, id)]
	if !ok {
		return nil, errors.New("it answers no request")
	}
	claims, err := j.result(request, m.get("result"))
	return append(claims, j.of("JSONRPCResultResponse", m)), err
}

// missing are those of the wanted claims, and of the definitions about tasks, that
// no message led to.
func (j *judge) missing(wanted ...string) (missing []string) {
	for _, s := range []*schema{j.core, j.extension} {
		if s == nil {
			continue
		}
		for _, definition := range s.definitions {
			if strings.Contains(definition, "Task") {
				wanted = append(wanted, s.name+" "+definition)
			}
		}
	}
	for _, name := range wanted {
		if j.seen[name] == 0 {
			missing = append(missing, name)
		}
	}
	slices.Sort(missing)
	return missing
}

// String is how often what was seen.
func (j *judge) String() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(j.seen)) {
		fmt.Fprintf(&b, "%4d %s\n", j.seen[name], name)
	}
	return b.String()
}

// TestJudge holds that the judge finds what is wrong.
func TestJudge(t *testing.T) {
	t.Parallel()
	legacy, modern, extension := load(t, "2025-11-25"), load(t, "2026-07-28"), load(t, "ext-tasks")
	const (
		task = `"taskId":"t","createdAt":"2026-01-01T00:00:00Z","lastUpdatedAt":"2026-01-01T00:00:00Z"`
		meta = `"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}`
	)
	for _, row := range []struct {
		name     string
		judge    *judge
		messages []string // of the client and the server in turn; the last is wrong
		want     string
	}{
		{"no method of the era", newJudge(legacy, nil), []string{`{"jsonrpc":"2.0","id":1,"method":"tasks/update","params":{}}`}, "has no method"},
		{"no notification of the era", newJudge(modern, extension), []string{`{"jsonrpc":"2.0","method":"notifications/tasks/status"}`}, "has no method"},
		{"no request", newJudge(legacy, nil), []string{`{"jsonrpc":"2.0","id":1,"result":{}}`}, "answers no request"},
		{"params of another type", newJudge(legacy, nil), []string{`{"jsonrpc":"2.0","id":1,"method":"tasks/get","params":{"taskId":7}}`}, "no GetTaskRequest"},
		{"no capabilities", newJudge(modern, extension), []string{`{"jsonrpc":"2.0","id":1,"method":"tasks/get","params":{"taskId":"t"}}`}, "no RequestParams"},
		{"no TTL", newJudge(legacy, nil), []string{
			`{"jsonrpc":"2.0","id":1,"method":"tasks/get","params":{"taskId":"t"}}`,
			`{"jsonrpc":"2.0","id":1,"result":{` + task + `,"status":"working"}}`,
		}, "missing property 'ttl'"},
		{"a status that there is not", newJudge(legacy, nil), []string{
			`{"jsonrpc":"2.0","id":1,"method":"tasks/get","params":{"taskId":"t"}}`,
			`{"jsonrpc":"2.0","id":1,"result":{` + task + `,"ttl":1,"status":"tired"}}`,
		}, "at '/status'"},
		{"a result of nobody's", newJudge(legacy, nil), []string{
			`{"jsonrpc":"2.0","id":1,"method":"tasks/result","params":{"taskId":"t"}}`,
			`{"jsonrpc":"2.0","id":1,"result":{"content":[]}}`,
		}, "of which task"},
		{"no questions", newJudge(modern, extension), []string{
			`{"jsonrpc":"2.0","id":1,"method":"tasks/get","params":{"taskId":"t",` + meta + `}}`,
			`{"jsonrpc":"2.0","id":1,"result":{"resultType":"complete",` + task + `,"ttlMs":1,"status":"input_required"}}`,
		}, "no DetailedTask"},
		{"a result without its type", newJudge(modern, extension), []string{
			`{"jsonrpc":"2.0","id":1,"method":"tasks/get","params":{"taskId":"t",` + meta + `}}`,
			`{"jsonrpc":"2.0","id":1,"result":{"resultType":"complete",` + task + `,"ttlMs":1,"status":"completed","result":{"content":[]}}}`,
		}, "resultType"},
		{"a capability without a name", newJudge(modern, extension), []string{
			`{"jsonrpc":"2.0","id":1,"method":"tasks/get","params":{"taskId":"t",` + meta + `}}`,
			`{"jsonrpc":"2.0","id":1,"error":{"code":-32021,"message":"no"}}`,
		}, "no MissingRequiredClientCapabilityError"},
	} {
		var err error
		for i, text := range row.messages {
			if err != nil {
				t.Errorf("%s: message %d: %v", row.name, i, err)
			}
			err = row.judge.judge(message{i%2 == 0, []byte(text)})
		}
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: error = %v, want %q in it", row.name, err, row.want)
		}
	}
}
