package directive

import (
	"fmt"
	"io"
	"reflect"
	"strings"
	"text/tabwriter"
)

// Help writes all directives for a terminal, one table each.
func Help(w io.Writer) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(tw, "A directive is a line of a doc comment: //mcp:word key=value key=\"quoted value\" key\n"+
		"A bare key means true. A // after a space starts a comment.\n")
	for _, k := range kinds {
		fmt.Fprintf(tw, "\n//mcp:%s%s\n    on %s: %s\n", k.word, shapeOf(k.make()).synopsis(), k.on, k.does)
		for _, line := range notes[k.word] {
			fmt.Fprintf(tw, "    %s\n", line)
		}
		for _, key := range shapeOf(k.make()).keys {
			fmt.Fprintf(tw, "    %s\t%s\n", key.label(), strings.TrimSpace(key.help+" "+key.note()))
		}
		// Ends the columns of this table.
		tw.Flush()
	}
}

// Markdown is the table of REFERENCE.md.
func Markdown() string {
	var b strings.Builder
	b.WriteString("| directive | on | keys |\n|---|---|---|\n")
	for _, k := range kinds {
		s := shapeOf(k.make())
		var keys []string
		for _, key := range s.keys {
			keys = append(keys, key.markdown())
		}
		fmt.Fprintf(&b, "| `//mcp:%s%s` | %s | %s |\n", k.word, s.synopsis(), k.on, strings.Join(keys, ", "))
	}
	return b.String()
}

// synopsis are the parts of a directive that are no key.
func (s shape) synopsis() string {
	var b strings.Builder
	for _, k := range s.keys {
		if k.name == "" {
			b.WriteString(" " + k.show)
		}
	}
	return b.String()
}

func (k key) label() string {
	switch {
	case k.name == "":
		return k.show
	case k.boolean():
		return k.name
	case k.values != nil:
		return k.name + "=" + strings.Join(k.values, "|")
	case k.form == "duration":
		return k.name + "=DURATION"
	case k.field.Kind() == reflect.Int || k.field.Type() == reflect.TypeFor[*float64]():
		return k.name + "=NUMBER"
	}
	return k.name + "=TEXT"
}

func (k key) boolean() bool {
	return k.field.Kind() == reflect.Bool || k.field.Type() == reflect.TypeFor[*bool]()
}

func (k key) note() string {
	switch {
	case k.required:
		return "(required)"
	case k.def != "":
		return "(default: " + k.def + ")"
	case k.field.Type() == reflect.TypeFor[*bool]():
		return "(unsaid when absent)"
	}
	return ""
}

func (k key) markdown() string {
	text := "`" + strings.ReplaceAll(k.name, "|", `\|`) + "`"
	switch {
	case k.name == "":
		return k.show + ": " + k.help
	case k.values != nil:
		text = "`" + k.name + "=" + strings.Join(k.values, `\|`) + "`"
	}
	if note := k.note(); note != "" && !k.boolean() {
		text += " " + note
	}
	return text
}
