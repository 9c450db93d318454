package codec_test

import (
	"encoding/json"
	"testing"

	"github.com/mcpgen/mcpgen/runtime/codec"
)

func TestOptionalTellsThreeStatesApart(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name         string
		in           codec.Optional[int]
		value        int
		ok           bool
		isNull, zero bool
	}{
		{"unset", codec.Optional[int]{}, 0, false, false, true},
		{"null", codec.Null[int](), 0, false, true, false},
		{"zero", codec.Some(0), 0, true, false, false},
		{"value", codec.Some(5), 5, true, false, false},
	}
	for _, test := range tests {
		value, ok := test.in.Get()
		if value != test.value || ok != test.ok || test.in.IsNull() != test.isNull || test.in.IsZero() != test.zero {
			t.Errorf("%s: Get() = %d, %t, IsNull() = %t, IsZero() = %t", test.name, value, ok, test.in.IsNull(), test.in.IsZero())
		}
	}
	if got := codec.Null[int]().Or(7); got != 7 {
		t.Errorf("Or(7) of null = %d, want 7", got)
	}
	if got := codec.Some(0).Or(7); got != 0 {
		t.Errorf("Or(7) of 0 = %d, want 0", got)
	}
}

type update struct {
	Name codec.Optional[string] `json:"name,omitzero"`
	Tags codec.Optional[[]int]  `json:"tags,omitzero"`
}

func TestOptionalWithEncodingJSON(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`{}`,
		`{"name":null}`,
		`{"name":"Ada","tags":[1,2]}`,
		`{"name":"","tags":null}`,
	} {
		var v update
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			t.Errorf("Unmarshal(%s): %v", text, err)
			continue
		}
		got, err := json.Marshal(v)
		if err != nil || string(got) != text {
			t.Errorf("%s comes back as %s, %v", text, got, err)
		}
	}
}

func TestOptionalKeepsItsValueWhenReadingFails(t *testing.T) {
	t.Parallel()
	v := codec.Some("Ada")
	if err := json.Unmarshal([]byte(`5`), &v); err == nil {
		t.Error("5 was read as text")
	}
	if got := v.Or(""); got != "Ada" {
		t.Errorf("the value is %q, want it unchanged", got)
	}
}

func TestOrNull(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   string
		want codec.Optional[int]
		err  string
	}{
		{`null`, codec.Null[int](), ""},
		{`5`, codec.Some(5), ""},
		{`"5"`, codec.Some(5), ""},
		{`"null"`, codec.Some(0), `arguments: expected an integer, got "null"`},
		{`nul`, codec.Null[int](), "arguments: not valid JSON at byte 0: unexpected 'n', expected a value"},
	}
	for _, test := range tests {
		d := codec.NewDecoder([]byte(test.in), codec.Options{})
		got := codec.OrNull(d, codec.Int[int])
		message := ""
		if err := d.Err(); err != nil {
			message = err.Error()
		}
		if got != test.want && test.err == "" || message != test.err {
			t.Errorf("OrNull(%s) = %v, %q, want %v, %q", test.in, got, message, test.want, test.err)
		}
	}
}

func TestNullableMembersGetNull(t *testing.T) {
	t.Parallel()
	members := codec.Members{{Name: "a", Nullable: true}, {Name: "b"}, {Name: "c", Required: true, Nullable: true}}
	for _, strict := range []bool{false, true} {
		d := codec.NewDecoder([]byte(`{"a": null, "c": null}`), codec.Options{Strict: strict})
		got := map[string]bool{}
		for name := range d.Object(members) {
			got[name] = codec.OrNull(d, codec.Int[int]).IsNull()
		}
		if err := d.Err(); err != nil || !got["a"] || !got["c"] {
			t.Errorf("strict=%t: null members are %v, %v", strict, got, err)
		}
	}
}

func TestEncodeOptional(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   codec.Optional[string]
		want string
	}{
		{codec.Some("Ada"), `"Ada"`},
		{codec.Null[string](), `null`},
		{codec.Optional[string]{}, `null`},
	}
	for _, test := range tests {
		e := codec.NewEncoder()
		codec.EncodeOptional(e, test.in, (*codec.Encoder).String)
		if got := string(e.JSON()); got != test.want {
			t.Errorf("%v is written as %s, want %s", test.in, got, test.want)
		}
	}
}
