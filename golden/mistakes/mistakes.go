// Package mistakes takes an order in which much can be wrong, at every depth.
package mistakes

import "time"

// Order is what a customer wants.
type Order struct {
	Customer Customer `json:"customer"`
	Items    []Item   `json:"items" jsonschema:"minItems=1"`
	// Words for the driver, by the day that they are meant for.
	Notes map[string]Note `json:"notes,omitempty"`
	// When it has to be there.
	Due     time.Time `json:"due"`
	Express bool      `json:"express,omitempty"`
}

// Customer is who orders.
type Customer struct {
	Email   string  `json:"email" jsonschema:"format=email"`
	Address Address `json:"address"`
}

// Address is where it goes.
type Address struct {
	City    string  `json:"city"`
	Country Country `json:"country"`
}

// Country is a country that is delivered to.
type Country string

const (
	Germany Country = "germany"
	France  Country = "france"
)

// Item is one line of the order.
type Item struct {
	SKU   string `json:"sku"`
	Count int    `json:"count" jsonschema:"minimum=1,maximum=10"`
}

// Note is for the driver.
type Note struct {
	Text string `json:"text" jsonschema:"maxLength=10"`
}

// PlaceOrder places an order.
//
//mcp:tool
func PlaceOrder(in Order) int { return len(in.Items) }
