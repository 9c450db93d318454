package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// maker invents types. It goes round the kinds and wrappers, so that each occurs,
// and leaves everything else to chance.
type maker struct {
	rand       *rand.Rand
	kinds      int
	wraps      int
	rules      map[string]int // how many of a type's rules have been used
	embeddings int
}

// structType is the declaration of type n.
func (m *maker) structType(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n// %s is argument and result of a tool.\ntype %[1]s struct {\n", typeName(n))
	b.WriteString(m.embedded(n))
	for i := range 2 + m.rand.IntN(3) {
		b.WriteString("\t" + m.field(n, i) + "\n")
	}
	b.WriteString("}\n")
	return b.String()
}

// embedded embeds an earlier type in every fifth of the later ones, in turn by
// value, by pointer and under a name.
func (m *maker) embedded(n int) string {
	if n < count/3 || n%5 != 0 {
		return ""
	}
	m.embeddings++
	inner := typeName(n % (count / 3))
	switch m.embeddings % 3 {
	case 0:
		return "\t*Plain\n"
	case 1:
		return "\t" + inner + "\n"
	}
	return fmt.Sprintf("\t%s `json:\"embedded\"`\n", inner)
}

// field is the i-th field of type n. Its names are its own, so that embedding
// hides nothing; that is for the golden packages to show.
func (m *maker) field(n, i int) string {
	f := &field{name: fmt.Sprintf("%c%03d", 'A'+i, n)}
	if n%10 == 7 && i == 1 {
		f.typ = fmt.Sprintf(recursions[n/10%len(recursions)], typeName(n))
		f.options = []string{"omitempty"}
		return f.String()
	}
	k := m.kind(n)
	f.typ = k.typ
	switch m.rand.IntN(5) {
	case 0, 1:
		m.wrap(f, k)
	case 2:
		f.typ = "*" + f.typ
		m.scalar(f, k)
	default:
		m.scalar(f, k)
	}
	m.presence(f)
	return f.String()
}

// recursions are the ways in which a type may contain itself.
var recursions = []string{"*%s", "[]%s", "map[string]%s", "[]*%s"}

// kind is the next one, or a struct that is made already.
func (m *maker) kind(n int) kind {
	third := count / 3
	if n >= third && m.rand.IntN(5) == 0 {
		return kind{typ: typeName((n/third-1)*third + m.rand.IntN(third))}
	}
	m.kinds++
	return kinds[m.kinds%len(kinds)]
}

// scalar gives f rules of its kind, or a default, or ,string.
func (m *maker) scalar(f *field, k kind) {
	choice := m.rand.IntN(6)
	switch {
	case choice == 0 && k.quotable:
		f.options = append(f.options, "string")
	case choice <= 2 && len(k.defaults) > 0:
		f.rules = append(f.rules, k.defaults[m.rand.IntN(len(k.defaults))])
		f.preset = true
	case choice <= 4 && len(k.rules) > 0:
		f.rules = append(f.rules, m.rule(k))
	}
}

// rule is the next of the rules of k, which all have their turn.
func (m *maker) rule(k kind) string {
	if m.rules == nil {
		m.rules = map[string]int{}
	}
	key := k.rules[0] + k.typ
	m.rules[key]++
	return k.rules[m.rules[key]%len(k.rules)]
}

// wrap makes f a slice, map or array, under rules for the outside and, where the
// grammar reaches there, for the elements.
func (m *maker) wrap(f *field, k kind) {
	m.wraps++
	w := wrappers[m.wraps%len(wrappers)]
	f.typ = fmt.Sprintf(w.typ, f.typ)
	f.fixed = f.typ[0] == '[' && f.typ[1] != ']'
	if f.typ == "[]uint8" {
		return // bytes
	}
	if len(w.rules) > 0 && m.rand.IntN(2) == 0 {
		f.rules = append(f.rules, w.rules[m.rand.IntN(len(w.rules))])
	}
	if w.unique && k.unique && m.rand.IntN(3) == 0 {
		f.rules = append(f.rules, "uniqueItems")
	}
	if w.inner && len(k.rules) > 0 && m.rand.IntN(2) == 0 {
		f.rules = append(f.rules, m.rule(k))
	}
}

// presence makes f optional or not.
func (m *maker) presence(f *field) {
	_, pointer := strings.CutPrefix(f.typ, "*")
	switch m.rand.IntN(5) {
	case 0:
		// An array or a struct is never empty, and its zero value may be against
		// the rules; omitzero is what leaves it out.
		f.options = append(f.options, "omitzero")
	case 1:
		if f.omittable() {
			f.options = append(f.options, "omitempty")
		}
	case 2:
		if pointer && !f.preset {
			f.rules = append(f.rules, "required")
		}
	}
}

// field is one field of a struct.
type field struct {
	name, typ string
	options   []string // of the json tag
	rules     []string // of the jsonschema tag
	preset    bool     // has a default
	fixed     bool     // is an array
}

// omittable reports whether omitempty leaves out a zero value.
func (f *field) omittable() bool {
	return !f.fixed && f.typ[0] != 'T' && f.typ[0] != 'P' && f.typ != "time.Time"
}

func (f *field) String() string {
	name := strings.ToLower(f.name[:1]) + strings.TrimLeft(f.name[1:], "0")
	tag := fmt.Sprintf(`json:"%s"`, strings.Join(append([]string{name}, f.options...), ","))
	if len(f.rules) > 0 {
		tag += fmt.Sprintf(` jsonschema:"%s"`, strings.Join(f.rules, ","))
	}
	return fmt.Sprintf("%s %s `%s`", f.name, f.typ, tag)
}
