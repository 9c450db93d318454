package main

import "testing"

func TestShell(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		words []string
		want  string
	}{
		{[]string{"go", "generate", "./..."}, "go generate ./..."},
		{[]string{"cd", "my servers/weather"}, "cd 'my servers/weather'"},
		{[]string{"cd", "it's", ""}, `cd 'it'\''s' ''`},
		{[]string{"echo", "$HOME;"}, "echo '$HOME;'"},
	} {
		if got := shell(test.words...); got != test.want {
			t.Errorf("shell(%q) = %s, want %s", test.words, got, test.want)
		}
	}
}
