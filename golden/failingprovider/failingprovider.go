// Package failingprovider has providers that fail: the caller learns that
// something is wrong, but not what, unless the provider says that it may.
package failingprovider

import (
	"errors"

	"github.com/mcpgen/mcpgen/runtime"
)

// Secret is something that cannot be had.
type Secret struct{}

//mcp:provide
func openSecret() (*Secret, error) {
	return nil, errors.New("dial tcp 10.0.0.7:5432: password of user root is wrong")
}

// Quota is a limit that is used up.
type Quota struct{}

//mcp:provide
func checkQuota() (*Quota, error) {
	return nil, runtime.Errorf("the quota of this month is used up")
}

// Reveal needs the secret.
//
//mcp:tool
func Reveal(_ *Secret, reason string) string { return "never: " + reason }

// Spend needs the quota.
//
//mcp:tool
func Spend(_ *Quota) string { return "never" }

// Free needs nothing.
//
//mcp:tool
func Free() string { return "free" }
