// Package stdtypes exchanges what the standard library has for addresses,
// expressions and numbers of any size.
package stdtypes

import (
	"encoding/json"
	"math/big"
	"net"
	"net/netip"
	"regexp"
)

// Rule lets connections through.
type Rule struct {
	Match regexp.Regexp  `json:"match"`
	Skip  *regexp.Regexp `json:"skip,omitempty"`

	From   netip.Addr     `json:"from"`
	To     netip.AddrPort `json:"to"`
	Within netip.Prefix   `json:"within,omitzero"`
	Old    net.IP         `json:"old,omitempty"`
	// Where it is counted.
	Counter net.IP `json:"counter,omitzero"`

	Seen   big.Int    `json:"seen"`
	Most   *big.Int   `json:"most,omitempty" jsonschema:"default=18446744073709551616"`
	Weight *big.Float `json:"weight,omitempty"`
	Share  big.Rat    `json:"share,omitzero"`

	Price json.Number                `json:"price"`
	Costs map[netip.Addr]json.Number `json:"costs,omitempty"`
	Sizes []*big.Int                 `json:"sizes,omitempty"`
}

// Allow returns the rule as it was understood.
//
//mcp:tool
func Allow(in Rule) Rule { return in }

// AllowExactly returns the rule as it was understood.
//
//mcp:tool strict
func AllowExactly(in Rule) Rule { return in }
