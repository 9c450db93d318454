package scan

import (
	"cmp"
	"go/types"
	"slices"
	"strings"
)

// clash reports two fields of s that hide each other.
func (t *typer) clash(s *types.Struct, a, b *member) {
	first, second := s.Field(a.index[0]), s.Field(b.index[0])
	if a == b || !t.own(second.Pkg()) {
		return
	}
	t.diags.Addf(t.program.pos(second.Pos()), "%s and %s are both %q in JSON, and so neither of them travels", a.goName(), b.goName(), a.field.Name).
		Needs(t.program.pos(first.Pos()), "%s is here", a.goName()).
		Suggest("give one of them another name in its json tag")
}

// goName is the field with the embedded ones before it, as Go selects it.
func (m *member) goName() string {
	var b strings.Builder
	for _, e := range m.field.Path {
		b.WriteString(e.GoName + ".")
	}
	return b.String() + m.field.GoName
}

// dominant leaves one member for every name, or none where two are equal: those
// are lost.
func dominant(all []*member) (kept []*member, lost [][2]*member) {
	slices.SortStableFunc(all, func(a, b *member) int {
		return cmp.Or(
			strings.Compare(a.field.Name, b.field.Name),
			cmp.Compare(len(a.index), len(b.index)),
			cmp.Compare(tagRank(a), tagRank(b)),
			slices.Compare(a.index, b.index),
		)
	})
	for len(all) > 0 {
		same := slices.IndexFunc(all, func(m *member) bool { return m.field.Name != all[0].field.Name })
		if same < 0 {
			same = len(all)
		}
		if same == 1 || len(all[0].index) != len(all[1].index) || all[0].tagged != all[1].tagged {
			kept = append(kept, all[0])
		} else {
			lost = append(lost, [2]*member{all[0], all[1]})
		}
		all = all[same:]
	}
	return kept, lost
}

func tagRank(m *member) int {
	if m.tagged {
		return 0
	}
	return 1
}
