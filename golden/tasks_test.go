package golden

import (
	"encoding/json"
	"regexp"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"golang.org/x/tools/txtar"
)

// What differs each time in replies about tasks has marks in a script.
const (
	taskMark = "(task)" // the id of the last task
	timeMark = "(time)"
)

var timestamps = regexp.MustCompile(`("(?:createdAt|lastUpdatedAt)":)"[^"]*"`)

// task is a reply about a task as a section, or ok is false if it is about none.
func (c *client) task(m *jsonrpc.Response) (s txtar.File, ok bool) {
	var about struct{ TaskID string }
	if m.Error != nil || json.Unmarshal(m.Result, &about) != nil || about.TaskID == "" {
		return s, false
	}
	c.taskID = about.TaskID
	c.succeeded++
	text := regexp.MustCompile(c.taskID).ReplaceAllLiteral(m.Result, []byte(taskMark))
	return section("<", timestamps.ReplaceAll(text, []byte(`$1"`+timeMark+`"`))), true
}

// working reports whether m says that a task has not ended yet.
func working(m *jsonrpc.Response) bool {
	var about struct{ Status string }
	return m.Error == nil && json.Unmarshal(m.Result, &about) == nil && about.Status == "working"
}
