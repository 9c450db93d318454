package runtime

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/mcpgen/mcpgen/runtime/task"
)

// requested is the task that the call of a client may become.
func (ts *tasks) requested(ctx context.Context, c *Call, t *tool) (task.Spec, error) {
	k := capture(c, t)
	if err := k.answered(ctx, c); err != nil {
		return task.Spec{}, err
	}
	spec, err := ts.spec(k, c, t)
	if err != nil {
		return task.Spec{}, err
	}
	if spec.Once, err = onceOf(c); err != nil {
		return task.Spec{}, err
	}
	if spec.Once != "" {
		spec.Digest = hex.EncodeToString(digest(string(canonical(k.Arguments))))
	}
	if ttl, asked := askedTask(ctx, c); asked {
		spec.Required = true
		if ttl > 0 {
			spec.TTL = ttl
		}
	}
	return spec, nil
}

// onceKey is the member of a request's _meta by which a client that does not know
// whether it was heard says that this is the same call. It is of this project, not of
// the protocol.
const onceKey = "io.github.mcpgen/idempotency-key"

// maxOnce is more than any client needs, of which a UUID is usual.
const maxOnce = 255

// onceOf is the client's key for a call, "" for none.
func onceOf(c *Call) (string, error) {
	value, given := c.Meta()[onceKey]
	if !given {
		return "", nil
	}
	key, ok := value.(string)
	if !ok || key == "" || len(key) > maxOnce {
		return "", invalidParams("%s has to be a text of 1 to %d bytes", onceKey, maxOnce)
	}
	return key, nil
}

// spec is a task that does what was kept of a call.
func (ts *tasks) spec(k *captured, c *Call, t *tool) (task.Spec, error) {
	payload, err := json.Marshal(k)
	if err != nil {
		return task.Spec{}, err
	}
	return task.Spec{
		Owner:      ts.ownerOf(c),
		Kind:       t.taskKind(),
		Payload:    payload,
		TTL:        t.TTL,
		Poll:       t.Poll,
		Timeout:    t.Timeout,
		Retries:    t.Retries,
		Idempotent: t.Idempotent == True,
		Report: func(message string, p task.Progress) {
			c.Progress().Report(p.Done, p.Total, message)
		},
	}, nil
}

// ownerOf is the owner of a task that c may become. Operators are told if that is
// nobody in particular although there is a token.
func (ts *tasks) ownerOf(c *Call) string {
	owner := owner(c.request)
	if owner == "" && c.Token() != nil {
		ts.nameless.Do(func() {
			ts.server.log.Warn("the verifier of tokens does not name users: nothing but the ids protects their tasks, and nobody can list them")
		})
	}
	return owner
}

// askedTask reports whether a legacy client asked for a task, and for which time
// to live, 0 for none.
func askedTask(ctx context.Context, c *Call) (ttl time.Duration, ok bool) {
	asked := ctx.Value(taskKey{})
	if asked == nil || !legacyTasks(ctx, c.ProtocolVersion()) {
		return 0, false
	}
	params, _ := asked.(map[string]any)
	ms, _ := params["ttl"].(float64)
	return time.Duration(min(max(ms, 0), maxTTLMs)) * time.Millisecond, true
}

// maxTTLMs is more than any server grants, and less than a time.Duration takes.
const maxTTLMs = 1e12
