//lint:file-ignore SA1019 sampling and roots are deprecated since 2026-07-28, and clients still offer them

package runtime

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mcpgen/mcpgen/runtime/task"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// taskAsker asks by the task: the function waits, and whoever owns the task finds
// the question there. A call that is no task yet becomes one by that, unless its
// tool wants to ask before: then it ends with the question, in rounds.
type taskAsker struct {
	*rounds
	run    *task.Run
	before bool
}

func newTaskAsker(c *Call, before bool, round int, answers map[string]answer) *taskAsker {
	r := newRounds(c)
	r.round, r.answers = round, maps.Clone(answers)
	if r.answers == nil {
		r.answers = make(map[string]answer)
	}
	a := &taskAsker{rounds: r, run: c.run.Run, before: before && c.modern()}
	for name, given := range a.run.Answers() {
		if key, ok := strings.CutPrefix(name, parkedPrefix); ok {
			r.answers[key] = readAnswer(given)
		}
	}
	return a
}

func (a *taskAsker) ask(ctx context.Context, q question) (answer, error) {
	if a.before && a.run.Straight() {
		return a.rounds.ask(ctx, q)
	}
	a.mu.Lock()
	key, err := a.key(q)
	given, ok := a.answers[key]
	a.mu.Unlock()
	if err != nil || ok {
		return given, err
	}
	asked, err := q.forTask(q.name + "-" + key)
	if err != nil {
		return answer{}, err
	}
	answers, err := a.run.Ask(ctx, asked)
	switch {
	case err == nil:
		return readAnswer(answers[asked.Key]), nil
	case context.Cause(ctx) != nil:
		return answer{}, context.Cause(ctx)
	}
	return answer{}, &providerError{"asking by a task", err}
}

// parkedPrefix begins the names of questions that ended a start of a task.
const parkedPrefix = "parked-"

// parked is the outcome of a function that ended with questions: the client gets
// them as the answer to its call, or, if that has become a task just then, from the
// task, which starts again with the answers.
func parked(e *inputRequired) (task.Outcome, error) {
	var out task.Outcome
	for _, key := range slices.Sorted(maps.Keys(e.open)) {
		q, err := e.open[key].forTask(parkedPrefix + key)
		if err != nil {
			return out, err
		}
		out.Questions = append(out.Questions, q)
	}
	return out, e
}

// forTask is q as a task keeps it: as the request that a client gets.
func (q question) forTask(key string) (task.Question, error) {
	data, err := json.Marshal(mcp.InputRequestMap{key: q.params})
	if err != nil {
		return task.Question{}, err
	}
	var requests map[string]json.RawMessage
	if err := json.Unmarshal(data, &requests); err != nil {
		return task.Question{}, err
	}
	return task.Question{Key: key, Request: requests[key]}, nil
}

// readQuestion is the reverse of forTask.
func readQuestion(q task.Question) (question, error) {
	var request struct {
		Method string          `json:"method"`
		Params json.RawMessage `json:"params"`
	}
	if err := json.Unmarshal(q.Request, &request); err != nil {
		return question{}, err
	}
	// The SDK's own way back from a map of requests ends at other types.
	var params mcp.InputRequest
	switch request.Method {
	case "elicitation/create":
		params = new(mcp.ElicitParams)
	case "sampling/createMessage":
		params = new(mcp.CreateMessageParams)
	case "roots/list":
		params = new(mcp.ListRootsParams)
	default:
		return question{}, fmt.Errorf("no question is asked by %.40q", request.Method)
	}
	return question{q.Key, params}, json.Unmarshal(request.Params, params)
}

// readAnswer reads what a task was answered, which is valid. What is no answer to a
// form is for whoever asked to read.
func readAnswer(given json.RawMessage) answer {
	var a answer
	if json.Unmarshal(given, &a) != nil {
		return answer{Result: given}
	}
	if string(a.Content) == "null" {
		a.Content = nil
	}
	a.Result = given
	return a
}

// validAnswer says what is wrong with an answer to a question of a task.
func validAnswer(asked task.Question, given json.RawMessage) error {
	q, err := readQuestion(asked)
	if err != nil {
		return err
	}
	switch params := q.params.(type) {
	case *mcp.ElicitParams:
		return validForm(params.RequestedSchema, given)
	case *mcp.CreateMessageParams:
		return json.Unmarshal(given, new(mcp.CreateMessageWithToolsResult))
	}
	return json.Unmarshal(given, new(mcp.ListRootsResult))
}

// validForm says what is wrong with an answer to a form.
func validForm(schema any, given json.RawMessage) error {
	var a answer
	if err := json.Unmarshal(given, &a); err != nil {
		return errors.New("not the result of an elicitation")
	}
	switch a.Action {
	case "decline", "cancel":
		return nil
	case "accept":
	default:
		return fmt.Errorf("there is no action %.20q", a.Action)
	}
	text, err := json.Marshal(schema)
	if err != nil {
		return err
	}
	var content any = map[string]any{} // of a form that was left empty
	if a.Content != nil && string(a.Content) != "null" && json.Unmarshal(a.Content, &content) != nil {
		return errors.New("the content is no JSON")
	}
	check := newResultCheck(string(text))
	if check.err != nil {
		return check.err
	}
	var wrong []error
	for _, v := range check.within(check.root, content, "") {
		wrong = append(wrong, fmt.Errorf("content%s: %s", v.pointer, v.reason))
	}
	return errors.Join(wrong...)
}
