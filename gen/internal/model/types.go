package model

import (
	"encoding/json"
	"go/token"
)

// TypeID names a type in the whole program, spelled with full import paths, as
// in "*example.com/app.DB", "[]string" or "map[string]time.Time".
type TypeID string

// Types holds every type that a package's declarations reach.
type Types map[TypeID]*Type

// Kind says how a type looks in JSON, not how Go stores it.
type Kind string

// The kinds. The comment gives the JSON that the type is exchanged as.
const (
	Bool        Kind = "bool"
	Int         Kind = "int" // see Type.Bits
	Uint        Kind = "uint"
	Float       Kind = "float"
	String      Kind = "string"
	Bytes       Kind = "bytes"       // []byte: base64 text
	Slice       Kind = "slice"       // array
	Array       Kind = "array"       // array of exactly Len elements
	Map         Kind = "map"         // object with any member names
	Pointer     Kind = "pointer"     // as its element; nil is absence
	Optional    Kind = "optional"    // runtime.Optional: as its element, or null; the zero value is absence
	Null        Kind = "null"        // a Null type of database/sql: as its element, or null
	Struct      Kind = "struct"      // object
	Any         Kind = "any"         // interface{}: any JSON value
	Raw         Kind = "raw"         // json.RawMessage: any JSON value
	Number      Kind = "number"      // json.Number
	Time        Kind = "time"        // time.Time: RFC 3339 text
	Duration    Kind = "duration"    // time.Duration: text such as "1m30s"
	URL         Kind = "url"         // net/url.URL: text
	Big         Kind = "big"         // math/big.Int: a number; math/big.Float and Rat: text
	Text        Kind = "text"        // encoding.TextMarshaler and TextUnmarshaler: text
	Custom      Kind = "custom"      // json.Marshaler and json.Unmarshaler: any JSON value
	OneOf       Kind = "oneof"       // an interface with //mcp:oneof: the object of one of its variants
	Mapped      Kind = "mapped"      // as its element: a row of a //mcp:types table says so
	Interface   Kind = "interface"   // any other with methods: only ever a dependency
	Runtime     Kind = "runtime"     // a type of the runtime package, told apart by Name
	Context     Kind = "context"     // context.Context
	Logger      Kind = "logger"      // *slog.Logger
	Header      Kind = "header"      // net/http.Header
	Unsupported Kind = "unsupported" // see Type.Reason
)

// Type describes one Go type.
type Type struct {
	ID   TypeID
	Kind Kind

	// Of a named type, generic instances included: where it is declared and how it
	// is written. Name is "" for an unnamed type.
	PkgPath, PkgName, Name string   `json:",omitempty"`
	Args                   []TypeID `json:",omitempty"` // type arguments
	Doc                    string   `json:",omitempty"`
	Pos                    token.Position

	Bits   int          `json:",omitempty"` // of Int, Uint, Float: 8 to 64; 0 for int and uint, as wide as the platform's
	Elem   TypeID       `json:",omitempty"` // of Slice, Array, Map, Pointer, Optional, Null, Mapped, and of a *named* type over one of them
	Key    TypeID       `json:",omitempty"` // of Map
	Len    int64        `json:",omitempty"` // of Array
	Fields []*Field     `json:",omitempty"` // of Struct, promoted ones included, as encoding/json orders and shadows them
	Enum   []*EnumValue `json:",omitempty"` // constants of a named basic type, in source order
	// Variants are what a OneOf may hold, in the order of the directive, and
	// Discriminator is the member that tells them apart.
	Variants      []*Variant     `json:",omitempty"`
	Discriminator *Discriminator `json:",omitempty"`
	// Format is the JSON Schema format of a Text type where it is known: "uuid", "ipv4", ...
	Format string `json:",omitempty"`
	// Value is the field of a Null type that holds its value.
	Value string `json:",omitempty"`
	// Source is how an unnamed struct or interface type is written in Go.
	Source string `json:",omitempty"`
	// Row is what a //mcp:types table says of the type, whatever its Kind.
	Row *Row `json:",omitempty"`
	// Tables are the rows that contradict each other, where no one of them counts.
	Tables []token.Position `json:",omitempty"`
	// SchemaMethod is a method by which github.com/invopop/jsonschema would have the
	// type describe itself.
	SchemaMethod    string `json:",omitempty"`
	SchemaMethodPos token.Position

	// Reason says why an Unsupported type cannot travel, in words such as "a channel has no JSON form".
	Reason string `json:",omitempty"`

	// Of Text and Custom: which directions the type has methods for, on the value
	// or on its pointer.
	Marshals   bool `json:",omitempty"`
	Unmarshals bool `json:",omitempty"`
	// Visible is false for a named type that the scanned package cannot spell:
	// unexported in another package, or internal to one out of reach.
	Visible bool
	// HasIsZero reports an IsZero() bool method, which omitzero asks.
	HasIsZero bool `json:",omitempty"`
	// Comparable reports whether == works, so that omitzero can compare with the zero value.
	Comparable bool `json:",omitempty"`
}

// Nullable reports whether null is a value of the type, in arguments too.
func (t *Type) Nullable() bool { return t.Kind == Optional || t.Kind == Null }

// Asked returns the type that a person is asked to fill in, if t is a runtime.Ask.
func (t *Type) Asked() (TypeID, bool) {
	if t.Kind != Runtime || t.Name != "Ask" || len(t.Args) != 1 {
		return "", false
	}
	return t.Args[0], true
}

// Variant is one of the types that a OneOf may hold.
type Variant struct {
	Type  TypeID // a struct, or a pointer to one
	Value string // of the discriminator
	// ByValue says that the struct itself implements the interface, not only the
	// pointer to it.
	ByValue bool
	Pos     token.Position
}

// Discriminator is the member whose value says which variant an object is.
type Discriminator struct {
	Name string
	Pos  token.Position // of the name, or of the directive without one
}

// EnumValue is one constant of a named basic type.
type EnumValue struct {
	GoName string
	Value  json.RawMessage // a JSON string or integer
	Doc    string
}

// Field is one JSON member of a struct.
type Field struct {
	Name   string // of the JSON member
	GoName string
	// Path holds the embedded fields to walk from the struct to this field,
	// outermost first; empty for a field of the struct itself.
	Path []Embedded `json:",omitempty"`
	Type TypeID
	// Inject marks `mcp:"inject"`: filled by a provider, no JSON member at all.
	Inject    bool `json:",omitempty"`
	OmitEmpty bool `json:",omitempty"`
	OmitZero  bool `json:",omitempty"`
	Quoted    bool `json:",omitempty"` // the ,string option of encoding/json, where it applies
	// Foreign marks a field declared outside the main modules: a tag that means
	// something else to its own library is not the user's mistake.
	Foreign  bool `json:",omitempty"`
	Doc      string
	Keywords []Keyword      `json:",omitempty"` // of the jsonschema tag
	Pos      token.Position // of the name, or of the type of an embedded field
	TypePos  token.Position
	TagPos   token.Position // of the tag literal; zero without one
	Rules    *Rules         `json:",omitempty"` // from schema
}

// Embedded is one step of a promoted field's path.
type Embedded struct {
	GoName  string
	Type    TypeID // of the embedded field, pointer included
	Pointer bool
}

// Rules is what a tag, //mcp:param, comment and type together say of one value:
// checked, with every keyword fit for the kind. Numbers and values are JSON text.
type Rules struct {
	Title, Description string
	Required           bool // the caller must send it

	Minimum, Maximum, ExclusiveMinimum, ExclusiveMaximum, MultipleOf string `json:",omitempty"`

	MinLength, MaxLength, MinItems, MaxItems, MinProperties, MaxProperties *int `json:",omitempty"`

	UniqueItems bool   `json:",omitempty"`
	Pattern     string `json:",omitempty"` // compiles as RE2
	Format      string `json:",omitempty"`

	// Enum is the enum of a tag. The constants of a type are in Type.Enum alone.
	Enum     []json.RawMessage `json:",omitempty"`
	Default  json.RawMessage   `json:",omitempty"`
	Examples []json.RawMessage `json:",omitempty"`

	ReadOnly, WriteOnly, Deprecated bool `json:",omitempty"`
	// Extras are further keywords of the schema, by jsonschema_extras, as JSON text, in tag order.
	Extras []Extra `json:",omitempty"`
	// Items applies to the elements of a slice or array: invopop's grammar gives
	// an array's enum, pattern and the like to its elements.
	Items *Rules `json:",omitempty"`
}

// Extra is a schema keyword that is passed through.
type Extra struct {
	Key   string
	Value json.RawMessage
}
