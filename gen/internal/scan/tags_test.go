package scan

import (
	"go/token"
	"reflect"
	"testing"
)

// FuzzTagPairs compares the pairs of a struct tag with what package reflect reads.
func FuzzTagPairs(f *testing.F) {
	for _, tag := range []string{
		`json:"a,omitempty" jsonschema:"minimum=1,description=a\\,b"`, `a:"1" a:"2"`, `a:"\x41\u00e9"`,
		`a:"1"b:"2"`, `a: "1"`, `a`, `:"x"`, `a:"`, ` a:"1"  b:"2" `, "a:\"`\"", "a:\"\n\"", `a:"\q" b:"1"`,
	} {
		f.Add(tag)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		offset := func(i int) token.Position { return token.Position{Offset: i} }
		pairs, ok := cutPairs(tag, offset)
		seen := map[string]bool{}
		for _, p := range pairs {
			want, found := reflect.StructTag(tag).Lookup(p.key)
			if !seen[p.key] && (!found || p.value != want) {
				t.Errorf("%q: got %s = %q, want %q (%v)", tag, p.key, p.value, want, found)
			}
			seen[p.key] = true
			for i := range len(p.value) + 1 {
				if at := p.pos(i).Offset; at < 0 || at > len(tag) {
					t.Errorf("%q: byte %d of %s is at %d", tag, i, p.key, at)
				}
			}
			for _, k := range tagKeywords(p.value, p.pos) {
				if k.Pos.Offset < p.keyPos.Offset || k.ValuePos.Offset < k.Pos.Offset {
					t.Errorf("%q: keyword %+v is before its tag at %d", tag, k, p.keyPos.Offset)
				}
			}
		}
		if known, found := reflect.StructTag(tag).Lookup("json"); ok && found != seen["json"] {
			t.Errorf("%q: reflect finds json = %q (%v), got %v", tag, known, found, seen)
		}
	})
}

func TestWithoutToolexec(t *testing.T) {
	t.Parallel()
	for flags, want := range map[string]string{
		"":                                    "",
		"-mod=mod -tags=a,b":                  "-mod=mod -tags=a,b",
		"-toolexec=x -mod=mod":                "-mod=mod",
		"-mod=mod '-toolexec=a b' --trimpath": "-mod=mod --trimpath",
		`"-toolexec=a 'b" --toolexec=c`:       "",
		`'-ldflags=-X a=b' -v`:                `'-ldflags=-X a=b' -v`,
	} {
		if got := withoutToolexec(flags); got != want {
			t.Errorf("withoutToolexec(%q) = %q, want %q", flags, got, want)
		}
	}
}

func TestMayImport(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		importer, path string
		want           bool
	}{
		{"a/b", "c", true},
		{"a/b", "a/internal/x", true},
		{"a", "a/internal", true},
		{"ab", "a/internal/x", false},
		{"a/b", "a/b/c/internal", false},
		{"a/b/c/d", "a/b/c/internal/internal/x", false},
		{"a/b/c/internal/y", "a/b/c/internal/internal/x", true},
		{"a", "internal/abi", false},
		{"a", "vendor/golang.org/x/net", false},
		{"a", "a/myinternal/x", true},
	} {
		if got := mayImport(row.importer, row.path); got != row.want {
			t.Errorf("mayImport(%q, %q) = %v, want %v", row.importer, row.path, got, row.want)
		}
	}
}
