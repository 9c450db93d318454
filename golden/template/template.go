// Package template offers a family of resources: a variable of the URI is a
// parameter of the function.
package template

import (
	"strings"

	"github.com/mcpgen/mcpgen/runtime"
)

// Definition explains a word.
//
//mcp:resource uri=dictionary://{word} title="Definition of a word" mime=text/plain
//mcp:param word minLength=2
func Definition(word string) (string, error) {
	if strings.HasPrefix(word, "x") {
		return "", runtime.NotFound("dictionary://" + word)
	}
	return word + ": a word", nil
}
