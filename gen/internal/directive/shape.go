package directive

import (
	"mime"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mcpgen/mcpgen/gen/internal/diag"
)

// shape is what the struct of a directive says about its keys.
type shape struct {
	directive Directive
	keys      []key
}

// key is one field of a directive's struct.
type key struct {
	name     string // "" for the free parts of //mcp:param and //mcp:skip
	show     string // how help writes a free part
	required bool
	values   []string // all that is valid; nil for anything
	form     string   // what a value looks like, in words
	def      string
	help     string
	field    reflect.Value
}

func shapeOf(d Directive) shape {
	s := shape{directive: d}
	v := reflect.ValueOf(d).Elem()
	for i := range v.NumField() {
		f := v.Type().Field(i)
		tag, ok := f.Tag.Lookup("mcp")
		if !ok {
			continue
		}
		name, option, _ := strings.Cut(tag, ",")
		k := key{
			name: name, show: f.Tag.Get("show"), required: option == "required",
			form: f.Tag.Get("form"), def: f.Tag.Get("default"), help: f.Tag.Get("help"), field: v.Field(i),
		}
		if values := f.Tag.Get("values"); values != "" {
			k.values = strings.Split(values, "|")
		}
		s.keys = append(s.keys, k)
	}
	return s
}

func (s shape) key(name string) (key, bool) {
	for _, k := range s.keys {
		if k.name == name && name != "" {
			return k, true
		}
	}
	return key{}, false
}

func (s shape) names() []string {
	var names []string
	for _, k := range s.keys {
		if k.name != "" {
			names = append(names, k.name)
		}
	}
	return names
}

// assign sets the fields from the arguments that were read.
func (s shape) assign(l *lexer) {
	origin := s.directive.Origin()
	var taken []Arg
	for _, a := range origin.Args {
		k, ok := s.key(a.Key)
		if !ok {
			s.unknownKey(a, l)
			continue
		}
		if first := slices.IndexFunc(taken, func(b Arg) bool { return b.Key == a.Key }); first >= 0 {
			l.diags.Addf(a.Pos, "key %q is given twice", a.Key).Needs(taken[first].Pos, "first given here").Suggest("keep one of them")
			continue
		}
		taken = append(taken, a)
		if expected := k.set(a); expected != "" {
			k.badValue(a, expected, l)
		}
	}
	origin.Args = taken
	for _, k := range s.keys {
		if _, ok := origin.Arg(k.name); !ok && k.required {
			l.diags.Addf(origin.Pos, "//mcp:%s needs %s=", origin.Word, k.name).Suggest("add %s=...: %s", k.name, k.help)
		}
	}
}

func (s shape) unknownKey(a Arg, l *lexer) {
	word := s.directive.Origin().Word
	d := l.diags.Addf(a.Pos, "unknown key %q of //mcp:%s", a.Key, word)
	if len(s.names()) == 0 {
		d.Suggest("//mcp:%s takes no keys", word)
		return
	}
	d.Suggest("%s", instead(a.Key, s.names(), func(k string) string { return k }))
}

func (k key) badValue(a Arg, expected string, l *lexer) {
	if !a.HasValue {
		l.diags.Addf(a.Pos, "%s needs a value", a.Key).Suggest("%s is %s", a.Key, expected)
		return
	}
	d := l.diags.Addf(a.ValuePos, "bad value %q of %s", a.Value, a.Key)
	valid := k.values
	if k.boolean() {
		valid = []string{"true", "false"}
	}
	if v := diag.Nearest(a.Value, valid); v != "" {
		d.Suggest("write %s=%s", a.Key, v)
		return
	}
	d.Suggest("%s is %s", a.Key, expected)
}

// set gives the field its value. It returns "" or, for a value that does not fit,
// what would.
func (k key) set(a Arg) (expected string) {
	value := a.Value
	if !a.HasValue {
		value = "true"
	}
	switch field := k.field.Addr().Interface().(type) {
	case *bool:
		return setBool(value, func(b bool) { *field = b })
	case **bool:
		return setBool(value, func(b bool) { *field = &b })
	case *string:
		if !k.accepts(a) {
			return k.expected()
		}
		*field = value
	case *[]string:
		list := strings.Split(value, ",")
		for i := range list {
			list[i] = strings.TrimSpace(list[i])
		}
		if !a.HasValue || !k.all(list) {
			return k.expected()
		}
		*field = list
	case *int:
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 {
			return "a whole number from 0 on"
		}
		*field = n
	case **float64:
		f, err := strconv.ParseFloat(value, 64)
		if err != nil || !(0 <= f && f <= 1) {
			return "a " + k.form
		}
		*field = &f
	default:
		panic("directive: key " + k.name + " has a field of no known type")
	}
	return ""
}

func setBool(value string, set func(bool)) (expected string) {
	if value != "true" && value != "false" {
		return "true or false"
	}
	set(value == "true")
	return ""
}

// accepts reports whether a is a fit value for a text.
func (k key) accepts(a Arg) bool {
	switch {
	case k.values != nil && !a.HasValue:
		return slices.Contains(k.values, "true")
	case !a.HasValue:
		return false
	case k.values != nil:
		return slices.Contains(k.values, a.Value)
	case k.form == "duration":
		d, err := time.ParseDuration(a.Value)
		return err == nil && d > 0
	case k.form == "media type":
		kind, _, err := mime.ParseMediaType(a.Value)
		return err == nil && strings.Contains(kind, "/")
	}
	return a.Value != "" || !k.required && k.form != "name"
}

func (k key) all(list []string) bool {
	return !slices.ContainsFunc(list, func(v string) bool {
		return v == "" || k.values != nil && !slices.Contains(k.values, v)
	})
}

// expected says in words what a value looks like.
func (k key) expected() string {
	switch {
	case k.values != nil && k.field.Kind() == reflect.Slice:
		return "one or more of " + strings.Join(k.values, ", ") + ", comma-separated"
	case k.values != nil:
		return "one of " + strings.Join(k.values, ", ")
	case k.form == "duration":
		return "a duration above zero, such as 90s or 1h30m"
	case k.form == "media type":
		return "a media type, such as application/json"
	case k.field.Kind() == reflect.Slice:
		return "a list such as first,second"
	}
	return `a text, as in ` + k.name + `="..."`
}
