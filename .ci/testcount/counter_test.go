package main

import (
	"strings"
	"testing"
)

// TestCounter feeds the counter what "go test -json" prints.
func TestCounter(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name           string
		events         string
		passed, failed int
		output         string
	}{
		{
			name: "what passes is quiet, what is skipped says why",
			events: `{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Test":"TestA","Output":"=== RUN   TestA\n"}
{"Action":"output","Package":"p","Test":"TestA","Output":"    a_test.go:1: noise\n"}
{"Action":"pass","Package":"p","Test":"TestA/sub"}
{"Action":"pass","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Test":"TestB","Output":"    a_test.go:2: no network\n"}
{"Action":"skip","Package":"p","Test":"TestB"}
{"Action":"output","Package":"p","Output":"PASS\n"}
{"Action":"output","Package":"p","Output":"ok  \tp\t0.1s\n"}
{"Action":"pass","Package":"p"}
`,
			passed: 2,
			output: "    a_test.go:2: no network\nok  \tp\t0.1s\n",
		},
		{
			name: "what fails is told",
			events: `{"Action":"output","Package":"p","Test":"TestA","Output":"    a_test.go:1: wrong\n"}
{"Action":"fail","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Output":"FAIL\tp\t0.1s\n"}
{"Action":"fail","Package":"p"}
`,
			failed: 1,
			output: "    a_test.go:1: wrong\nFAIL\tp\t0.1s\n",
		},
		{
			name: "a package that does not compile is a failure",
			events: `{"ImportPath":"p","Action":"build-output","Output":"p/a.go:1: undefined: x\n"}
{"ImportPath":"p","Action":"build-fail"}
{"Action":"output","Package":"p","Output":"FAIL\tp [build failed]\n"}
{"Action":"fail","Package":"p","FailedBuild":"p"}
`,
			failed: 1,
			output: "p/a.go:1: undefined: x\nFAIL\tp [build failed]\n",
		},
		{
			name: "a crash shows the tests that it cut off",
			events: `{"Action":"output","Package":"p","Test":"TestA","Output":"panic: test timed out\n"}
{"Action":"output","Package":"p","Output":"FAIL\tp\t1s\n"}
{"Action":"fail","Package":"p"}
`,
			failed: 1,
			output: "panic: test timed out\nFAIL\tp\t1s\n",
		},
	} {
		var output strings.Builder
		c := &counter{out: &output}
		if err := c.read(strings.NewReader(test.events)); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if c.passed != test.passed || c.failed != test.failed {
			t.Errorf("%s: %d passed, %d failed, want %d and %d", test.name, c.passed, c.failed, test.passed, test.failed)
		}
		if output.String() != test.output {
			t.Errorf("%s: printed %q, want %q", test.name, output.String(), test.output)
		}
	}
}

func TestRuns(t *testing.T) {
	t.Parallel()
	var got []string
	for args := range runs(strings.Fields("-race ./a ./b -- -p 1 ./c")) {
		got = append(got, strings.Join(args, " "))
	}
	if want := "-race ./a ./b|-p 1 ./c"; strings.Join(got, "|") != want {
		t.Errorf("runs = %q, want %q", got, want)
	}
}
