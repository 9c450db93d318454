// Package toolerrors fails in every way: with an error for the model, with an
// error of the protocol, and with a panic.
package toolerrors

import (
	"errors"
	"fmt"

	"github.com/mcpgen/mcpgen/runtime"
)

// ErrEmpty is what Withdraw returns for an empty account.
var ErrEmpty = errors.New("the account is empty")

// Withdraw takes money from an account.
//
//mcp:tool
func Withdraw(account string, cents int) (int, error) {
	switch account {
	case "empty":
		return 0, fmt.Errorf("withdraw %d: %w", cents, ErrEmpty)
	case "locked":
		return 0, &runtime.ProtocolError{Code: -32001, Message: "not allowed", Data: []byte(`{"retry":false}`)}
	case "broken":
		var balances map[string]int
		balances[account] -= cents // panics
	}
	return 100 - cents, nil
}
