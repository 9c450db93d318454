package wiretest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schema is an official schema.
type schema struct {
	name        string
	compiler    *jsonschema.Compiler
	definitions []string
	methods     map[string]string // definition of a request or notification, by its method

	mu       sync.Mutex
	compiled map[string]*jsonschema.Schema
}

// load reads a schema of testdata.
func load(t *testing.T, name string) *schema {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	delete(document.(map[string]any), "$id") // or else references begin there
	s := &schema{name: name, compiler: jsonschema.NewCompiler(), methods: make(map[string]string), compiled: make(map[string]*jsonschema.Schema)}
	s.compiler.DefaultDraft(jsonschema.Draft2020)
	if err := s.compiler.AddResource(name, document); err != nil {
		t.Fatal(err)
	}
	var all struct {
		Defs map[string]definition `json:"$defs"`
	}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	for name, d := range all.Defs {
		s.definitions = append(s.definitions, name)
		if method := d.method(); method != "" {
			s.methods[method] = name
		}
	}
	return s
}

// definition is what tells that one is of a message.
type definition struct {
	Properties struct{ Method struct{ Const string } }
	AllOf      []definition
}

// method is that of the messages which a definition is of, "" for none.
func (d *definition) method() string {
	if d.Properties.Method.Const != "" {
		return d.Properties.Method.Const
	}
	for i := range d.AllOf {
		if method := d.AllOf[i].method(); method != "" {
			return method
		}
	}
	return ""
}

// check says why a value does not fit a definition.
func (s *schema) check(definition string, value any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	compiled := s.compiled[definition]
	if compiled == nil {
		var err error
		if compiled, err = s.compiler.Compile(s.name + "#/$defs/" + definition); err != nil {
			return err
		}
		s.compiled[definition] = compiled
	}
	if err := compiled.Validate(value); err != nil {
		return fmt.Errorf("no %s of %s: %w", definition, s.name, err)
	}
	return nil
}
