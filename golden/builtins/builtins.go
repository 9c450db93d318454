// Package builtins asks for what the runtime itself provides, in a tool and in a
// provider.
package builtins

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/modelcontextprotocol/go-sdk/auth"
)

// Caller is who calls.
type Caller struct{ language string }

//mcp:provide
func newCaller(ctx context.Context, header http.Header, call *runtime.Call, logger *slog.Logger) (*Caller, error) {
	if call == nil || logger == nil {
		return nil, ctx.Err()
	}
	language := header.Get("Accept-Language")
	if language == "" {
		language = "en"
	}
	return &Caller{language}, nil
}

// Translate translates a text, word by word.
//
//mcp:tool
func Translate(
	ctx context.Context,
	words []string,
	progress runtime.Progress,
	call *runtime.Call,
	logger *slog.Logger,
	header http.Header,
	caller *Caller,
	token *auth.TokenInfo,
) (string, error) {
	for i, word := range words {
		progress.Report(float64(i+1), float64(len(words)), word)
		logger.DebugContext(ctx, "translated", "word", word)
	}
	return fmt.Sprintf("%d words to %s, header %t, call %t, token %t", len(words), caller.language, header != nil, call != nil, token != nil), nil
}
