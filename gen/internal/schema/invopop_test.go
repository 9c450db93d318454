package schema

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/invopop/jsonschema"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// Ordinary structs, in which our schemas differ from invopop's in nothing but the
// name of the dialect: see the package comment for what differs in others.
type (
	scalars struct {
		Name    string    `json:"name" jsonschema:"title=Name,minLength=1,maxLength=80,pattern=^[a-z]+$,example=abc"`
		Count   int       `json:"count,omitempty" jsonschema:"minimum=1,maximum=100,default=10"`
		Ratio   float64   `json:"ratio" jsonschema:"exclusiveMinimum=0,exclusiveMaximum=1,multipleOf=0.25"`
		Enabled bool      `json:"enabled,omitempty"`
		Since   time.Time `json:"since"`
		Blob    []byte    `json:"blob,omitzero"`
	}
	choices struct {
		Kind  string   `json:"kind,omitempty" jsonschema:"enum=plain,enum=with space,default=plain,description=Which one."`
		Port  int      `json:"port" jsonschema:"enum=80,enum=443"`
		Codes []int    `json:"codes" jsonschema:"enum=1,enum=2,minItems=1,maxItems=5,uniqueItems=true"`
		Words []string `json:"words,omitempty" jsonschema:"pattern=^a,format=hostname,minLength=2"`
		Free  string   `json:"free" jsonschema:"readOnly=true,writeOnly=true,format=email"`
	}
	nested struct {
		Choices choices          `json:"choices" jsonschema:"title=The choices"`
		Some    []scalars        `json:"some"`
		Matrix  [][]int          `json:"matrix" jsonschema:"minItems=2"`
		Fixed   [3]string        `json:"fixed"`
		Labels  map[string]int   `json:"labels,omitempty"`
		Deep    map[string][]int `json:"deep" jsonschema:"description=By name."`
		Maybe   *choices         `json:"maybe,omitempty" jsonschema:"required"`
	}
	empty struct{}
)

func TestAgreesWithInvopop(t *testing.T) {
	t.Parallel()
	reflector := jsonschema.Reflector{Anonymous: true, DoNotReference: true, ExpandedStruct: true}
	for _, v := range []any{scalars{}, choices{}, nested{}, empty{}} {
		typ := reflect.TypeOf(v)
		t.Run(typ.Name(), func(t *testing.T) {
			t.Parallel()
			theirs := reflector.Reflect(v)
			theirs.Version = ""
			want, err := json.Marshal(theirs)
			if err != nil {
				t.Fatal(err)
			}
			w := newWorld()
			id := w.reflect(typ)
			tool := w.tool("", "")
			tool.Plan.Input.Struct = id
			w.run(t)
			same(t, "schema", tool.InputSchema, string(want))
		})
	}
}

// reflect adds the type as scan would find it in source.
func (w world) reflect(typ reflect.Type) model.TypeID {
	id := model.TypeID(typ.String())
	if w.Types[id] != nil {
		return id
	}
	t := &model.Type{ID: id, Name: typ.Name(), Visible: true}
	w.add(t)
	switch typ.Kind() {
	case reflect.Pointer:
		t.Kind, t.Elem = model.Pointer, w.reflect(typ.Elem())
	case reflect.Slice:
		t.Kind, t.Elem = model.Slice, w.reflect(typ.Elem())
	case reflect.Array:
		t.Kind, t.Elem, t.Len = model.Array, w.reflect(typ.Elem()), int64(typ.Len())
	case reflect.Map:
		t.Kind, t.Key, t.Elem = model.Map, w.reflect(typ.Key()), w.reflect(typ.Elem())
	case reflect.Struct:
		t.Kind = model.Struct
		for f := range typ.Fields() {
			name, option, _ := strings.Cut(f.Tag.Get("json"), ",")
			field := field(name, "", f.Tag.Get("jsonschema"), option)
			field.Type = w.reflect(f.Type)
			t.Fields = append(t.Fields, field)
		}
	}
	return id
}
