package runtime

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// allowed are the imports of this package, and of those in its folder internal, from
// outside the standard library. Everything here is in every server that users build.
var allowed = map[string]string{
	"github.com/mcpgen/mcpgen/runtime/codec":         "generated code reads and writes JSON with it",
	"github.com/mcpgen/mcpgen/runtime/task":          "calls that go on in the background",
	"github.com/mcpgen/mcpgen/runtime/task/memstore": "where tasks are kept without a store of the program's own",
	"github.com/modelcontextprotocol/go-sdk/mcp":     "the protocol",
	"github.com/modelcontextprotocol/go-sdk/jsonrpc": "its errors and messages",
	"github.com/modelcontextprotocol/go-sdk/auth":    "what a token says of a caller; package mcp has it anyway",
	"github.com/modelcontextprotocol/go-sdk/oauthex": "where tokens come from; package auth has it anyway",
	"github.com/google/jsonschema-go/jsonschema":     "the check of results; package mcp has it anyway",
	"github.com/yosida95/uritemplate/v3":             "URI templates; package mcp has it anyway",
}

func TestImports(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	internal, err := filepath.Glob("internal/*/*.go")
	if err != nil || len(internal) == 0 {
		t.Fatalf("no internal files: %v", err)
	}
	files = append(files, internal...)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			first, _, _ := strings.Cut(path, "/")
			own := strings.HasPrefix(path, "github.com/mcpgen/mcpgen/runtime/internal/")
			if _, ok := allowed[path]; !ok && !own && strings.Contains(first, ".") {
				t.Errorf("%s imports %s; if every server has to have it, say why in allowed", name, path)
			}
		}
	}
}
