package schema

import (
	"bytes"
	"encoding/json"

	"github.com/invopop/jsonschema"
)

// render writes the document as indented JSON.
func (d *document) render(root *jsonschema.Schema) string {
	if len(d.defs) > 0 {
		root.Definitions = d.defs
	}
	data, err := json.Marshal(root)
	if err != nil {
		panic(err) // every part was made as valid JSON
	}
	var b bytes.Buffer
	if err := json.Indent(&b, plainText(data), "", "  "); err != nil {
		panic(err)
	}
	return b.String()
}

// The characters that json.Marshal escapes for the sake of HTML, in a document
// that nobody embeds in HTML. invopop's nested marshalers leave no way to turn
// that off.
var htmlEscapes = map[string]byte{"003c": '<', "003e": '>', "0026": '&'}

// plainText undoes the HTML escapes in data, and escapes the byte order mark,
// which Go source cannot hold.
func plainText(data []byte) []byte {
	var b bytes.Buffer
	for i := 0; i < len(data); i++ {
		if data[i] != '\\' {
			b.WriteByte(data[i])
			continue
		}
		if data[i+1] == 'u' {
			if c, ok := htmlEscapes[string(data[i+2:i+6])]; ok {
				b.WriteByte(c)
				i += 5
				continue
			}
		}
		b.Write(data[i : i+2]) // a pair, so that the second is no beginning
		i++
	}
	return bytes.ReplaceAll(b.Bytes(), []byte("\ufeff"), []byte(`\ufeff`))
}
