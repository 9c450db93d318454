package codec_test

import (
	"encoding/json"
	"errors"
	"strconv"
	"testing"

	"github.com/mcpgen/mcpgen/runtime/codec"
)

// cents writes itself as a number, and takes the same.
type cents struct{ n int }

func (c *cents) UnmarshalJSON(data []byte) error { return json.Unmarshal(data, &c.n) }

// count reads a whole number from 0 on, as generated code does.
func count(d *codec.Decoder) int {
	v := codec.Int[int](d)
	codec.Minimum(d, v, 0)
	return v
}

func TestConvert(t *testing.T) {
	t.Parallel()
	toText := func(d *codec.Decoder) string { return codec.Convert(d, count, strconv.Itoa) }
	fromText := func(d *codec.Decoder) string {
		n := codec.TryConvert(d, codec.String[string], strconv.Atoi)
		return strconv.Itoa(n)
	}
	odd := func(d *codec.Decoder) string {
		return codec.TryConvert(d, count, func(n int) (string, error) {
			if n%2 == 0 {
				return "", errors.New("not odd")
			}
			return "odd", nil
		})
	}
	own := func(d *codec.Decoder) string {
		return strconv.Itoa(codec.Checked(d, count, codec.Custom[cents]).n)
	}
	object := func(d *codec.Decoder) string {
		read := func(d *codec.Decoder) map[string]any { return codec.Map(d, codec.String[string], codec.Any) }
		return string(codec.Checked(d, read, codec.Raw))
	}
	tests := []struct {
		name    string
		read    func(*codec.Decoder) string
		strict  bool
		json    string
		want    string
		problem string
	}{
		{"converted", toText, true, `7`, "7", ""},
		{"not converted after a check", toText, true, `-7`, "", "arguments: must be at least 0, got -7"},
		{"not converted after a misfit", toText, true, `"x"`, "", `arguments: expected an integer, got "x"`},
		{"tried", fromText, true, `"12"`, "12", ""},
		{"failed", odd, true, `4`, "", "arguments: expected a valid value, got 4: not odd"},
		{"checked", own, true, ` 5 `, "5", ""},
		{"checked and refused", own, true, `-5`, "0", "arguments: must be at least 0, got -5"},
		{"a slip reaches the type as what was meant", own, false, `"5"`, "5", ""},
		{"an object", object, true, `{"a": [1]}`, `{"a": [1]}`, ""},
		{"the text of an object", object, false, `"{\"a\": 1}"`, `{"a": 1}`, ""},
		{"a misfit", object, true, `"{}"`, "", `arguments: expected an object, got "{}"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := codec.NewDecoder([]byte(tt.json), codec.Options{Strict: tt.strict})
			got := tt.read(d)
			problem := ""
			if err := d.Err(); err != nil {
				problem = err.Error()
			}
			if got != tt.want && tt.problem == "" || problem != tt.problem {
				t.Errorf("got %q, %q, want %q, %q", got, problem, tt.want, tt.problem)
			}
		})
	}
}

// TestCheckedInObject makes sure that reading goes on behind a value that was read twice.
func TestCheckedInObject(t *testing.T) {
	t.Parallel()
	d := codec.NewDecoder([]byte(`{"a": "1", "b": 2, "c": "3"}`), codec.Options{})
	got := codec.Map(d, codec.String[string], func(d *codec.Decoder) int {
		return codec.Checked(d, count, codec.Custom[cents]).n
	})
	if err := d.Err(); err != nil {
		t.Fatal(err)
	}
	if got["a"] != 1 || got["b"] != 2 || got["c"] != 3 {
		t.Errorf("got %v", got)
	}
}

func TestFail(t *testing.T) {
	t.Parallel()
	e := codec.NewEncoder()
	e.BeginObject()
	e.Name("at")
	e.Fail(errors.New("no place"))
	e.EndObject()
	if got, want := string(e.JSON()), `{"at":null}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := e.Err().Error(), "/at: no place"; got != want {
		t.Errorf("got error %q, want %q", got, want)
	}
}
