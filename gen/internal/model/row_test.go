package model_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

func TestRulesOver(t *testing.T) {
	t.Parallel()
	three, nine := 3, 9
	base := &model.Rules{
		Title: "Base", Description: "Of all.", Minimum: "0", ExclusiveMaximum: "10", MaxLength: &nine, Pattern: "^a",
		Enum: []json.RawMessage{[]byte("1"), []byte("2")}, Deprecated: true,
		Extras: []model.Extra{{Key: "x-a", Value: []byte("1")}, {Key: "x-b", Value: []byte("1")}},
		Items:  &model.Rules{Format: "date"},
	}
	r := &model.Rules{
		Description: "Of one.", Required: true, Default: []byte("1"), ExclusiveMinimum: "1", Maximum: "5", MaxLength: &three,
		Enum: []json.RawMessage{[]byte("1")}, Extras: []model.Extra{{Key: "x-b", Value: []byte("2")}},
	}
	want := &model.Rules{
		Title: "Base", Description: "Of one.", Required: true, Default: []byte("1"), ExclusiveMinimum: "1", Maximum: "5",
		MaxLength: &three, Pattern: "^a", Enum: []json.RawMessage{[]byte("1")}, Deprecated: true,
		Extras: []model.Extra{{Key: "x-b", Value: []byte("2")}, {Key: "x-a", Value: []byte("1")}},
		Items:  &model.Rules{Format: "date"},
	}
	if got := r.Over(base); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := r.Over(nil); got != r {
		t.Errorf("over nothing: got %+v, want the rules themselves", got)
	}
	if got := (*model.Rules)(nil).Over(base); got != base {
		t.Errorf("nothing over a base: got %+v, want the base", got)
	}
}

func TestRulesRestrict(t *testing.T) {
	t.Parallel()
	zero := 0
	for _, tt := range []struct {
		rules *model.Rules
		want  bool
	}{
		{nil, false},
		{&model.Rules{Title: "T", Description: "D", Required: true, Default: []byte("1"), Deprecated: true}, false},
		{&model.Rules{Items: &model.Rules{Title: "T"}}, false},
		{&model.Rules{Items: &model.Rules{Pattern: "x"}}, true},
		{&model.Rules{MinProperties: &zero}, true},
		{&model.Rules{UniqueItems: true}, true},
		{&model.Rules{Format: "date"}, true},
		{&model.Rules{Enum: []json.RawMessage{[]byte("1")}}, true},
	} {
		if got := tt.rules.Restricts(); got != tt.want {
			t.Errorf("%+v restricts: %t, want %t", tt.rules, got, tt.want)
		}
	}
}
