package golden

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/gen"
)

// sections are the headings of the table of types, in its order, each with the
// kinds of types below it.
var sections = []struct{ heading, kinds string }{
	{"Booleans and numbers", "bool int uint float number big"},
	{"Text", "string"},
	{"Constants", "enum"},
	{"Times", "time duration"},
	{"Text that a type reads itself", "url text"},
	{"Bytes, and any JSON", "bytes raw any custom"},
	{"Lists", "slice array"},
	{"Maps", "map"},
	{"Structs", "struct"},
	{"What may be absent", "pointer"},
	{"What may be null", "optional null"},
}

// sectionOf is the heading that a type stands under.
func sectionOf(p *gen.Package, id gen.TypeID) string {
	t := p.Types[id]
	if t == nil {
		return ""
	}
	kind := string(t.Kind)
	if len(t.Enum) > 0 {
		kind = "enum"
	}
	for _, s := range sections {
		if slices.Contains(strings.Fields(s.kinds), kind) {
			return s.heading
		}
	}
	return ""
}

// word is one of the grammar, with what it is for and whether a value can break it.
type word struct {
	name, fits string
	checked    bool
}

var words = []word{
	{"title", "every value", false},
	{"description", "every value; better a comment on the field", false},
	{"required", "every value", false},
	{"default", "every value but maps and structs; repeated for a list", false},
	{"example", "every value but lists, maps and structs; may repeat", false},
	{"enum", "strings, numbers, bools; repeated", true},
	{"const", "strings, numbers, bools", true},
	{"minimum", "numbers", true},
	{"maximum", "numbers", true},
	{"exclusiveMinimum", "numbers", true},
	{"exclusiveMaximum", "numbers", true},
	{"multipleOf", "numbers", true},
	{"minLength", "strings, in characters", true},
	{"maxLength", "strings, in characters", true},
	{"pattern", "strings", true},
	{"format", "strings", true},
	{"minItems", "slices", true},
	{"maxItems", "slices", true},
	{"uniqueItems", "lists of what == compares", true},
	{"minProperties", "maps", true},
	{"maxProperties", "maps", true},
	{"readOnly", "every value", false},
	{"writeOnly", "every value", false},
	{"deprecated", "every value", false},
	{"jsonschema_extras", "every value: a tag of its own, with keys of yours", false},
}

// described are the types that a reader looks for: each has a row, with JSON that
// is refused unless nothing is.
var described = strings.Fields(`
	bool int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 float32 float64 string
	[]string []byte [3][3]string Point []Entry map[string]int map[int][]string map[netip.Addr]string
	geo.Place Window *Profile **bool *int *string Level Weekday Version Range Option[int]
	time.Time time.Duration url.URL netip.Addr netip.Prefix regexp.Regexp net.IP
	big.Int big.Rat *big.Float json.RawMessage json.Number any uuid.UUID decimal.Decimal civil.Date
	sql.NullString sql.NullTime sql.NullInt16 sql.Null[Colour] runtime.Optional[Address]`)

// complete asks for a row for each of words and of described, and for words of
// each tag.
func (table *typesTable) complete(t *testing.T) {
	t.Helper()
	seen := map[string]bool{}
	for _, row := range table.rows {
		seen[row.goType] = seen[row.goType] || len(row.accepted) > 0
		seen[row.goType+" broken"] = seen[row.goType+" broken"] || len(row.refused) > 0
		for _, word := range row.words {
			seen[word] = seen[word] || len(row.accepted) > 0
			seen[word+" broken"] = seen[word+" broken"] || len(row.refused) > 0
		}
	}
	for _, goType := range described {
		takesAll := goType == "any" || goType == "json.RawMessage"
		if !seen[goType] || !takesAll && !seen[goType+" broken"] {
			t.Errorf("an argument of type %s is accepted: %t, refused: %t", goType, seen[goType], seen[goType+" broken"])
		}
	}
	for _, w := range words {
		if !seen[w.name] || w.checked && !seen[w.name+" broken"] {
			t.Errorf("the word %s of the tag is accepted: %t, broken: %t", w.name, seen[w.name], seen[w.name+" broken"])
		}
	}
	for _, row := range table.rows {
		for _, name := range row.words {
			if !slices.ContainsFunc(words, func(w word) bool { return w.name == name }) {
				t.Errorf("%s: the word %s is in no table", row.caseName, name)
			}
		}
	}
}

// sorted are the rows that have something to show.
func (table *typesTable) sorted() []*typeRow {
	rows := slices.SortedFunc(maps.Values(table.rows), func(a, b *typeRow) int {
		return cmp.Or(
			cmp.Compare(a.key.goType, b.key.goType),
			cmp.Compare(a.key.schema, b.key.schema),
			cmp.Compare(a.key.source, b.key.source),
		)
	})
	return slices.DeleteFunc(rows, func(row *typeRow) bool {
		return len(row.accepted)+len(row.refused) == 0 || len(row.key.schema) > 4*maxValue
	})
}

// types has the types as such, whatever the json tag says, without words of the
// jsonschema tag.
func (table *typesTable) types() string {
	var b strings.Builder
	for _, s := range sections {
		fmt.Fprintf(&b, "\n## %s\n\n| Go | schema | accepted | refused | case |\n|---|---|---|---|---|\n", s.heading)
		merged := map[rowKey]*typeRow{}
		var order []*typeRow
		for _, row := range table.sorted() {
			if row.section != s.heading || len(row.words) > 0 || strings.Contains(row.options, "string") || row.options == "//mcp:param" {
				continue
			}
			key := rowKey{goType: row.goType, schema: row.key.schema}
			if merged[key] == nil {
				merged[key] = &typeRow{key: key, caseName: row.caseName}
				order = append(order, merged[key])
			}
			m := merged[key]
			for _, v := range row.accepted {
				m.accepted = appendNew(m.accepted, v)
			}
			for _, v := range row.refused {
				m.refused = appendNew(m.refused, v)
			}
		}
		for _, row := range order {
			fmt.Fprintf(&b, "| %s | %s | %s | %s | [%[5]s](%[5]s) |\n",
				code(row.key.goType), code(row.key.schema), few(row.accepted), few(row.refused), row.caseName)
		}
	}
	return b.String()
}

// members has two fields of every section for each set of options.
func (table *typesTable) members() string {
	var b strings.Builder
	shown := map[string]int{}
	for _, row := range table.sorted() {
		kind := row.options + " " + row.section
		if row.source == "" || row.options == "" || len(row.words) > 0 || shown[kind] == 2 {
			continue
		}
		shown[kind]++
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | [%[6]s](%[6]s) |\n",
			code(row.source), code(row.key.schema), map[bool]string{true: "no", false: "yes"}[row.required],
			few(row.accepted), few(row.refused), row.caseName)
	}
	return b.String()
}

// tags has up to four fields for each word, of different sections first.
func (table *typesTable) tags() string {
	var b strings.Builder
	for _, w := range words {
		shown := map[string]bool{}
		for _, row := range table.sorted() {
			if !slices.Contains(row.words, w.name) || shown[row.section] || len(shown) == 4 {
				continue
			}
			if w.checked && len(row.refused) == 0 {
				continue
			}
			shown[row.section] = true
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | [%[7]s](%[7]s) |\n",
				code(w.name), w.fits, code(row.source), code(row.key.schema), few(row.accepted), few(row.refused), row.caseName)
		}
	}
	return b.String()
}
