package differential

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/mcpgen/mcpgen/runtime/codec"
)

// subject is one type under test, behind the functions that were generated for it.
type subject struct {
	name   string
	source string      // the schema of the argument
	schema func() node // the same as data
	input  func() *jsonschema.Schema
	output func() *jsonschema.Schema

	zero   func() any // a pointer to a new value, as encoding/json reads it
	mirror bool       // encoding/json reads another type
	decode func(data []byte) (pointer any, err error)
	encode func(pointer any) ([]byte, error)
}

func of[T any](name, input, output string, decode func(*codec.Decoder) T, encode func(*codec.Encoder, T)) *subject {
	return &subject{
		name:   name,
		source: input,
		schema: sync.OnceValue(func() node { return parse(input) }),
		input:  sync.OnceValue(func() *jsonschema.Schema { return compile(input) }),
		output: sync.OnceValue(func() *jsonschema.Schema { return compile(output) }),
		zero:   func() any { return new(T) },
		decode: func(data []byte) (any, error) {
			d := codec.NewDecoder(data, codec.Options{Strict: true})
			v := decode(d)
			return &v, d.Err()
		},
		encode: func(pointer any) ([]byte, error) {
			e := codec.NewEncoder()
			encode(e, *pointer.(*T))
			return e.JSON(), e.Err()
		},
	}
}

// mirrored is a subject that encoding/json cannot read, but an M in its place.
func mirrored[T, M any](name, input, output string, decode func(*codec.Decoder) T, encode func(*codec.Encoder, T)) *subject {
	s := of(name, input, output, decode, encode)
	s.zero, s.mirror = func() any { return new(M) }, true
	return s
}

// compile makes a validator that also asserts formats and base64.
func compile(source string) *jsonschema.Schema {
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(source))
	if err != nil {
		panic(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	c.AssertContent()
	if err := c.AddResource("mcpgen:schema", document); err != nil {
		panic(err)
	}
	return c.MustCompile("mcpgen:schema")
}

// validate holds JSON against a schema.
func validate(schema *jsonschema.Schema, data []byte) error {
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return err
	}
	return schema.Validate(instance)
}

// node is a schema as data, to make instances of.
type node struct {
	Ref              string `json:"$ref"`
	Type             string
	Format           string
	ContentEncoding  string
	Pattern          string
	Enum             []json.RawMessage
	Const            json.RawMessage
	OneOf            []node
	Default          json.RawMessage
	MinLength        *int
	MaxLength        *int
	Minimum          *json.Number
	Maximum          *json.Number
	ExclusiveMinimum *json.Number
	ExclusiveMaximum *json.Number
	MultipleOf       *json.Number
	MinItems         *int
	MaxItems         *int
	UniqueItems      bool
	Items            *node
	MinProperties    *int
	MaxProperties    *int
	Properties       properties
	Required         []string
	Additional       json.RawMessage `json:"additionalProperties"` // false or a schema
	Defs             map[string]node `json:"$defs"`
}

// properties are the members of an object, in the order of the schema.
type properties []property

type property struct {
	name   string
	schema node
}

func (p *properties) UnmarshalJSON(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		member := property{name: fmt.Sprint(name)}
		if err := d.Decode(&member.schema); err != nil {
			return err
		}
		*p = append(*p, member)
	}
	return nil
}

func parse(source string) node {
	var n node
	if err := json.Unmarshal([]byte(source), &n); err != nil {
		panic(err)
	}
	return n
}

// values is the schema of the members that have no schema of their own, if there
// may be any.
func (n node) values() (node, bool) {
	if len(n.Additional) == 0 || string(n.Additional) == "false" {
		return node{}, false
	}
	return parse(string(n.Additional)), true
}

// follow returns what n refers to, if it is a reference. Rules beside the
// reference stay behind; they are about what is there, not about what it is.
func (n node) follow(root node) node {
	if n.Ref == "" || n.Ref == "#" {
		if n.Ref == "#" {
			return root
		}
		return n
	}
	return root.Defs[strings.TrimPrefix(n.Ref, "#/$defs/")]
}
