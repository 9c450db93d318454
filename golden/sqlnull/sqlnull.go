// Package sqlnull exchanges the Null types of database/sql as their value, or null.
package sqlnull

import "database/sql"

// Row is what a table has, each column once.
type Row struct {
	Text  sql.NullString  `json:"text" jsonschema:"minLength=2"`
	Big   sql.NullInt64   `json:"big" jsonschema:"default=5"`
	Mid   sql.NullInt32   `json:"mid"`
	Small sql.NullInt16   `json:"small"`
	Byte  sql.NullByte    `json:"byte,omitempty"`
	Bool  sql.NullBool    `json:"bool,omitzero"`
	Float sql.NullFloat64 `json:"float" jsonschema:"required,exclusiveMinimum=0"`
	Time  sql.NullTime    `json:"time,omitzero"`
	// The columns whose type is none of those.
	Colour sql.Null[Colour]   `json:"colour"`
	Words  sql.Null[[]string] `json:"words,omitzero" jsonschema:"enum=yes,enum=no"`
	Last   *sql.NullString    `json:"last,omitempty"`
}

// Colour is a colour.
type Colour string

// The colours.
const (
	Red  Colour = "red"
	Blue Colour = "blue"
)

// Insert returns the row as it was understood.
//
//mcp:tool
func Insert(in Row) Row { return in }

// Find tells the text from no text.
//
//mcp:tool
func Find(text sql.NullString) sql.NullBool {
	return sql.NullBool{Bool: text.String == "yes", Valid: text.Valid}
}
