package scan_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mcpgen/mcpgen/gen/internal/scan"
)

// TestManyTools holds scan to linear time.
func TestManyTools(t *testing.T) {
	if testing.Short() {
		t.Skip("large")
	}
	var b strings.Builder
	b.WriteString("-- app.go --\npackage app\n\nimport \"context\"\n\ntype DB interface{ Do() }\n\ntype db struct{}\n\nfunc (*db) Do() {}\n\n//mcp:provide\nfunc Open() *db { return nil }\n")
	const n = 10_000
	for i := range n {
		fmt.Fprintf(&b, "\n// Tool%d does what it does.\n//\n//mcp:tool readonly\nfunc Tool%[1]d(ctx context.Context, in In%[1]d, db DB) (In%[1]d, error) { return in, nil }\n"+
			"\n// In%[1]d is the input.\ntype In%[1]d struct {\n\t// A is one.\n\tA int `json:\"a\" jsonschema:\"minimum=1,maximum=5\"`\n\tB []string `json:\"b,omitempty\"`\n\tC map[string]*In%[1]d `json:\"c\"`\n}\n", i)
	}
	dir := unpack(t, b.String())
	start := time.Now()
	pkgs := loadDir(t, scan.Options{Dir: dir})
	took := time.Since(start)
	if got := len(pkgs[0].Model.Tools); got != n {
		t.Errorf("got %d tools, want %d", got, n)
	}
	t.Logf("%d tools in %v", n, took)
	if limit := time.Minute; took > limit {
		t.Errorf("took %v, want less than %v", took, limit)
	}
}
