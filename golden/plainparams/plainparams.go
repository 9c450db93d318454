// Package plainparams takes arguments as ordinary parameters: each is a member of
// the arguments object, under its Go name, and required.
package plainparams

import "context"

// Price is what a customer pays.
type Price struct {
	Net   float64 `json:"net"`
	Gross float64 `json:"gross"`
	Final bool    `json:"final"`
}

// Quote prices an order, with value-added tax on top.
//
//mcp:tool
func Quote(ctx context.Context, item string, quantity uint, unitPrice, taxRate float64, final bool) (Price, error) {
	if err := ctx.Err(); err != nil {
		return Price{}, err
	}
	net := float64(quantity) * unitPrice
	return Price{Net: net, Gross: net * (1 + taxRate), Final: final}, nil
}
