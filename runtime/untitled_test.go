package runtime

import (
	"encoding/json"
	"testing"
)

func TestUntitled(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ form, want string }{
		{`{"type":"object","properties":{}}`, `{"type":"object","properties":{}}`},
		{
			`{"properties":{"z":{"type":"string","oneOf":[{"const":"a","title":"A"},{"const":"b","title":"B"}],"default":"b"},"a":{"type":"boolean"}},"type":"object","required":["z"]}`,
			`{"type":"object","properties":{"z":{"default":"b","enum":["a","b"],"enumNames":["A","B"],"type":"string"},"a":{"type":"boolean"}},"required":["z"]}`,
		},
		{
			`{"type":"object","properties":{"many":{"type":"array","items":{"type":"string","enum":["a"]}}}}`,
			"this client cannot ask its user: its version of the protocol has no form in which several of many can be chosen",
		},
	} {
		form, err := untitled(json.RawMessage(row.form))
		got := string(form)
		if err != nil {
			got = err.Error()
		}
		if got != row.want {
			t.Errorf("untitled(%s)\n got %s\nwant %s", row.form, got, row.want)
		}
	}
}
