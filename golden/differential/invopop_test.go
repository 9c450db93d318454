package differential

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/invopop/jsonschema"
)

// difference is a key of one schema object of which we and invopop's reflector say
// different things. What one of us does not say is nil.
type difference struct {
	key          string
	ours, theirs any
	our, their   map[string]any // the objects
}

func TestInvopopAgrees(t *testing.T) {
	t.Parallel()
	reflector := jsonschema.Reflector{Anonymous: true, DoNotReference: true, ExpandedStruct: true}
	seen := map[string]bool{}
	compared := 0
	for _, s := range subjects {
		if strings.Contains(s.source, `"$ref"`) {
			continue // their reflector does not come to an end without references
		}
		compared++
		theirs, err := json.Marshal(reflector.ReflectFromType(reflect.TypeOf(s.zero()).Elem()))
		if err != nil {
			t.Fatal(err)
		}
		our, their := asMap(t, []byte(s.source)), asMap(t, theirs)
		delete(their, "$schema")
		differences(our, their, "", func(path string, d difference) {
			i := slices.IndexFunc(deliberate, func(row deliberateDifference) bool { return row.covers(d) })
			if i < 0 {
				t.Errorf("%s%s/%s: we say %v, invopop %v", s.name, path, d.key, d.ours, d.theirs)
				return
			}
			seen[deliberate[i].name] = true
		})
	}
	for _, row := range deliberate {
		if !seen[row.name] {
			t.Errorf("nothing shows any more that we differ in %s although %s", row.name, row.why)
		}
	}
	if compared < 150 {
		t.Errorf("%d types are compared, want at least 150", compared)
	}
}

func asMap(t *testing.T, source []byte) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal(source, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// differences reports each key in which two schemas differ, and looks into what is
// an object in both.
func differences(our, their map[string]any, path string, report func(path string, d difference)) {
	keys := maps.Clone(our)
	maps.Copy(keys, their)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		a, b := our[key], their[key]
		inOurs, ok := a.(map[string]any)
		inTheirs, both := b.(map[string]any)
		switch {
		case ok && both:
			differences(inOurs, inTheirs, path+"/"+key, report)
		case !reflect.DeepEqual(a, b):
			report(path, difference{key, a, b, our, their})
		}
	}
}

// deliberateDifference is a way in which we differ from invopop's reflector, and why.
type deliberateDifference struct {
	name, why string
	covers    func(d difference) bool
}

var deliberate = []deliberateDifference{
	{"bounds of sized integers", "the decoder refuses what the Go type cannot hold, and a model should know", func(d difference) bool {
		return (d.key == "minimum" || d.key == "maximum") && d.theirs == nil && d.our["type"] == "integer"
	}},
	{"optional members", "a member that has a default or is a pointer may be left out", func(d difference) bool {
		return d.key == "required" && subset(d.ours, d.theirs)
	}},
	{"comments", "invopop reads comments only where it is told where the source is", func(d difference) bool {
		return d.key == "description" && d.theirs == nil
	}},
	{"constants of named types", "reflection cannot see constants, and a value without one is mostly a mistake", func(d difference) bool {
		return d.key == "enum" && d.theirs == nil && strings.Contains(fmt.Sprint(d.our["description"]), "with constants")
	}},
	{"const", "invopop drops the keyword in silence", func(d difference) bool {
		values, ok := d.ours.([]any)
		return d.key == "enum" && d.theirs == nil && ok && len(values) == 1
	}},
	{"uniqueItems alone", "invopop drops it in silence unless it says =true", func(d difference) bool {
		return d.key == "uniqueItems" && d.theirs == nil
	}},
	{"minProperties and maxProperties", "invopop drops the keywords in silence", func(d difference) bool {
		return (d.key == "minProperties" || d.key == "maxProperties") && d.theirs == nil
	}},
	{"any value", "some clients cannot read true in the place of a schema", func(d difference) bool {
		empty, ok := d.ours.(map[string]any)
		return ok && len(empty) == 0 && (d.theirs == true || d.theirs == nil)
	}},
	{"json.Number", "encoding/json writes a number, and invopop says it is a string", func(d difference) bool {
		return d.key == "type" && d.ours == "number" && d.theirs == "string"
	}},
	{"maps with integer keys", "some clients cannot read patternProperties, and invopop's pattern refuses negative keys", func(d difference) bool {
		_, patterns := d.their["patternProperties"]
		return patterns && (d.key == "patternProperties" && d.ours == nil || d.key == "additionalProperties" && d.theirs == false)
	}},
	{"the option string of encoding/json", "invopop says it is a string, and not that it must hold JSON", func(d difference) bool {
		text := d.our["type"] == "string" && d.theirs == nil
		return text && (d.key == "pattern" || d.key == "enum" && subset(d.ours, []any{"true", "false"}))
	}},
}

// subset reports whether all of a, in its order, is in b; nil is the empty list.
func subset(a, b any) bool {
	some, _ := a.([]any)
	all, _ := b.([]any)
	for _, v := range some {
		i := slices.Index(all, v)
		if i < 0 {
			return false
		}
		all = all[i+1:]
	}
	return true
}
