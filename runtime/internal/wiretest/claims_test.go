package wiretest

import (
	"errors"
	"fmt"
	"strings"
)

// A claim is that a value fits a definition.
type claim struct {
	schema     *schema
	definition string
	value      any
}

// of is a claim about a definition of the core.
func (j *judge) of(definition string, o object) claim { return claim{j.core, definition, o.value} }

// extended is a claim about a definition of the extension.
func (j *judge) extended(definition string, o object) claim {
	return claim{j.extension, definition, o.value}
}

// named is a claim about a message with a method.
func (j *judge) named(method string, m object) (claim, error) {
	if j.extension != nil && j.extension.methods[method] != "" {
		return j.extended(j.extension.methods[method], m), nil
	}
	definition := j.core.methods[method]
	if definition == "" {
		return claim{}, fmt.Errorf("%s has no method %q", j.core.name, method)
	}
	return j.of(definition, m), nil
}

// Names in _meta.
const (
	relatedTask  = "io.modelcontextprotocol/related-task"
	capabilities = "io.modelcontextprotocol/clientCapabilities"
	tasks        = "io.modelcontextprotocol/tasks"
)

func (j *judge) request(method string, m object) ([]claim, error) {
	c, err := j.named(method, m)
	claims := []claim{c}
	params := m.get("params")
	if j.extension == nil {
		if params.has("task") {
			claims = append(claims, j.of("TaskMetadata", params.get("task")), j.of("TaskAugmentedRequestParams", params))
		}
		return append(claims, j.related(params)...), err
	}
	claims = append(claims, j.of("RequestParams", params))
	if extension := params.get("_meta", capabilities, "extensions", tasks); extension.value != nil {
		claims = append(claims, j.extended("TasksExtensionCapability", extension))
	}
	if params.get("notifications").has("taskIds") {
		claims = append(claims, j.extended("TaskSubscriptionNotifications", params.get("notifications")))
	}
	return claims, err
}

// related is about the task that a legacy message belongs to.
func (j *judge) related(params object) []claim {
	if !params.get("_meta").has(relatedTask) {
		return nil
	}
	return []claim{j.of("RelatedTaskMetadata", params.get("_meta", relatedTask))}
}

func (j *judge) notification(method string, m object) ([]claim, error) {
	c, err := j.named(method, m)
	claims := []claim{c}
	params := m.get("params")
	switch {
	case method == "notifications/tasks/status":
		claims = append(claims, j.of("TaskStatusNotificationParams", params))
		claims = append(claims, j.task(params)...)
	case method == "notifications/tasks":
		claims = append(claims, j.extended("TaskStatusNotificationParams", params))
		claims = append(claims, j.detailed(params)...)
	case j.extension == nil:
		claims = append(claims, j.related(params)...)
	case params.get("notifications").has("taskIds"):
		claims = append(claims, j.extended("TaskSubscriptionAcknowledgedNotifications", params.get("notifications")))
	}
	return claims, err
}

// result is about the result of a request.
func (j *judge) result(request, result object) ([]claim, error) {
	method := request.get("method").value.(string)
	definition := j.results[method]
	switch {
	case definition == "":
		return nil, fmt.Errorf("%s has no result of %q", j.core.name, method)
	case j.extension == nil:
		return j.legacyResult(method, definition, request, result)
	case result.get("resultType").value == "task":
		return append(j.task(result), j.extended("CreateTaskResult", result)), nil
	case result.get("resultType").value == "input_required":
		return []claim{j.of("InputRequiredResult", result)}, nil
	case method == "tasks/get":
		return append(j.detailed(result), j.extended(definition, result)), nil
	case method == "server/discover":
		extension := result.get("capabilities", "extensions", tasks)
		return []claim{j.of(definition, result), j.extended("TasksExtensionCapability", extension)}, nil
	case strings.HasPrefix(method, "tasks/"):
		return []claim{j.extended(definition, result)}, nil
	}
	return []claim{j.of(definition, result)}, nil
}

func (j *judge) legacyResult(method, definition string, request, result object) ([]claim, error) {
	claims := []claim{j.of(definition, result)}
	switch {
	case method == "tools/call" && request.get("params").has("task"):
		return append(j.task(result.get("task")), j.of("CreateTaskResult", result)), nil
	case method == "tasks/get", method == "tasks/cancel":
		return append(claims, j.task(result)...), nil
	case method == "tasks/result":
		if !result.get("_meta").has(relatedTask) {
			return nil, errors.New("it does not say of which task it is the result")
		}
		return append(append(claims, j.of("CallToolResult", result)), j.related(result)...), nil
	}
	return claims, nil
}

// task is about a Task, which in the modern era says nothing that depends on the
// status.
func (j *judge) task(t object) []claim {
	s := j.core
	if j.extension != nil {
		s = j.extension
	}
	j.seen[fmt.Sprintf("%s status %v", s.name, t.get("status").value)]++
	return []claim{{s, "Task", t.value}, {s, "TaskStatus", t.get("status").value}}
}

// statuses are the definitions of tasks of the extension.
var statuses = map[any]string{
	"working":        "WorkingTask",
	"input_required": "InputRequiredTask",
	"completed":      "CompletedTask",
	"failed":         "FailedTask",
	"cancelled":      "CancelledTask",
}

// detailed is about a DetailedTask. The result in it is one of the core.
func (j *judge) detailed(t object) []claim {
	status := t.get("status").value
	claims := append(j.task(t), j.extended("DetailedTask", t), j.extended(statuses[status], t))
	if status == "completed" {
		claims = append(claims, j.of("CallToolResult", t.get("result")))
	}
	return claims
}

// failures are the definitions of errors, by code: of the response, or of the error in
// it. In the legacy era none has its own.
var failures = map[string]struct {
	definition string
	whole      bool
}{
	"-32021": {"MissingRequiredClientCapabilityError", true},
	"-32601": {"MethodNotFoundError", false},
	"-32602": {"InvalidParamsError", false},
	"-32603": {"InternalError", false},
}

func (j *judge) failure(m object) []claim {
	code := fmt.Sprint(m.get("error", "code").value)
	j.seen[j.core.name+" error "+code]++
	claims := []claim{j.of("JSONRPCErrorResponse", m)}
	f, ok := failures[code]
	switch {
	case !ok || j.extension == nil:
		return claims
	case f.whole:
		return append(claims, j.of(f.definition, m))
	}
	return append(claims, j.of(f.definition, m.get("error")))
}

// legacyResults and modernResults are the definitions of results, by method.
var (
	legacyResults = map[string]string{
		"initialize":             "InitializeResult",
		"tools/list":             "ListToolsResult",
		"tools/call":             "CallToolResult",
		"tasks/get":              "GetTaskResult",
		"tasks/result":           "GetTaskPayloadResult",
		"tasks/list":             "ListTasksResult",
		"tasks/cancel":           "CancelTaskResult",
		"elicitation/create":     "ElicitResult",
		"sampling/createMessage": "CreateMessageResult",
		"roots/list":             "ListRootsResult",
	}

	modernResults = map[string]string{
		"server/discover":      "DiscoverResult",
		"tools/list":           "ListToolsResult",
		"tools/call":           "CallToolResult",
		"tasks/get":            "GetTaskResult",
		"tasks/update":         "UpdateTaskResult",
		"tasks/cancel":         "CancelTaskResult",
		"subscriptions/listen": "SubscriptionsListenResult",
	}
)

// object is a value of JSON that may be an object.
type object struct{ value any }

// get is a member of a member, nil if there is none.
func (o object) get(path ...string) object {
	for _, name := range path {
		members, _ := o.value.(map[string]any)
		o = object{members[name]}
	}
	return o
}

func (o object) has(name string) bool { return o.get(name).value != nil }
