package runtime

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestReadStateKeys(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "keys")
	if _, err := readStateKeys(file); err == nil {
		t.Error("a file that is not there: no error")
	}
	for _, row := range []struct{ content, want string }{
		{"", "error"},
		{"\n \n", "error"},
		{"new\n", "[new]"},
		{"new\n\n  old \r\noldest", "[new old oldest]"},
	} {
		if err := os.WriteFile(file, []byte(row.content), 0o600); err != nil {
			t.Fatal(err)
		}
		got := "error"
		if secrets, err := readStateKeys(file); err == nil {
			got = fmt.Sprintf("%s", secrets)
		}
		if got != row.want {
			t.Errorf("%q: got %s, want %s", row.content, got, row.want)
		}
	}
}
