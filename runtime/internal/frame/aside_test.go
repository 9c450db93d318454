package frame

import (
	"strings"
	"testing"
)

func TestSetAside(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ method, params, want string }{
		{"tools/call", `{"name":"a"}`, `{"name":"a"}`},
		{"tools/call", `{"name":"a","task":{"ttl":1}}`, `{"_meta":{"ASIDE":{"ttl":1}},"name":"a"}`},
		{"tools/call", `{"_meta":{"b":12345678901234567890},"task":{}}`, `{"_meta":{"b":12345678901234567890,"ASIDE":{}}}`},
		{"tools/call", `{"_meta":7,"task":{}}`, `{"_meta":7,"task":{}}`},
		{"tools/list", `{"task":{}}`, `{"task":{}}`},
		{"subscriptions/listen", `{"notifications":{"taskIds":["x"]}}`, `{"_meta":{"ASIDE":["x"]},"notifications":{"taskIds":["x"]}}`},
		{"subscriptions/listen", `{"notifications":["taskIds"]}`, `{"notifications":["taskIds"]}`},
		{"subscriptions/listen", ``, ``},
	} {
		got := strings.ReplaceAll(string(SetAside(row.method, []byte(row.params))), Aside, "ASIDE")
		if got != row.want {
			t.Errorf("SetAside(%s, %s) = %s, want %s", row.method, row.params, got, row.want)
		}
	}
}
