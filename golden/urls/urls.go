// Package urls exchanges URLs as text, and whole numbers of any size.
package urls

import (
	"math/big"
	"net/netip"
	"net/url"
)

// Bookmark is a page to come back to.
type Bookmark struct {
	Page  url.URL    `json:"page"`
	Icon  *url.URL   `json:"icon,omitempty"`
	From  url.URL    `json:"from,omitzero"`
	Also  []url.URL  `json:"also,omitempty"`
	Host  netip.Addr `json:"host,omitzero"`
	Hits  *big.Int   `json:"hits,omitempty"`
	Limit *url.URL   `json:"limit" jsonschema:"default=https://example.com/all"`
}

// Add returns the bookmark as it was understood.
//
//mcp:tool
func Add(in Bookmark) Bookmark { return in }

// Host names the host of a page.
//
//mcp:tool
func Host(page *url.URL) string {
	if page == nil {
		return "none"
	}
	return page.Hostname()
}
