// Package profilegemini has its input schemas written for Gemini.
//
//mcp:server profile=gemini
package profilegemini

import (
	"database/sql"
	"math/big"
	"net/netip"
	"net/url"
	"time"
)

// Priority is how soon an order is needed.
type Priority int

const (
	Low  Priority = iota // when there is time
	High                 // today
)

// Size is how large a parcel is.
type Size string

const (
	Small Size = "small"
	Large Size = "large" // needs two people
)

// Address is where a parcel goes.
type Address struct {
	Street string `json:"street" jsonschema:"minLength=1,maxLength=80"`
	City   string `json:"city" jsonschema:"pattern=^[A-Z]"`
	// Two letters.
	Country string `json:"country,omitempty" jsonschema:"default=DE"`
}

// Item is one thing in a parcel.
type Item struct {
	SKU   string   `json:"sku"`
	Count uint8    `json:"count" jsonschema:"minimum=1,multipleOf=1"`
	Price *float64 `json:"price,omitempty" jsonschema:"exclusiveMinimum=0,exclusiveMaximum=1000"`
}

// Order is what a customer wants.
type Order struct {
	To       Address           `json:"to"`
	Billing  *Address          `json:"billing,omitempty"`
	Items    []Item            `json:"items" jsonschema:"minItems=1,maxItems=10"`
	Size     Size              `json:"size"`
	Priority Priority          `json:"priority,omitempty"`
	Express  bool              `json:"express,omitempty" jsonschema:"deprecated"`
	Tags     []string          `json:"tags,omitempty" jsonschema:"uniqueItems"`
	Box      [3]float32        `json:"box"`
	Labels   map[string]string `json:"labels,omitempty" jsonschema:"minProperties=1"`
	Notes    map[string]any    `json:"notes,omitempty"`
	Before   *time.Time        `json:"before,omitempty"`
	Patience time.Duration     `json:"patience,omitempty"`
	Photo    []byte            `json:"photo,omitempty"`
	Shop     *url.URL          `json:"shop,omitempty"`
	From     netip.Addr        `json:"from,omitzero"`
	Serial   *big.Int          `json:"serial,omitempty"`
	Weight   float64           `json:"weight,string" jsonschema_extras:"x-unit=kg"`
	Kind     string            `json:"kind,omitempty" jsonschema:"const=parcel"`
	Fragile  sql.NullBool      `json:"fragile,omitzero"`
	Hint     string            `json:"hint,omitempty" jsonschema:"title=Hint,example=ring twice,readOnly"`
}

// Place places an order.
//
//mcp:tool
func Place(in Order) Order { return in }

// Find finds an order.
//
//mcp:tool strict readonly
//mcp:param number minimum=1 description="the number of the order"
func Find(number int, name *string) string {
	if name == nil {
		return "anybody's"
	}
	return *name + "'s"
}

// Count counts the orders.
//
//mcp:tool
func Count() int { return 0 }

// Carrier brings an order to where it goes.
//
//mcp:oneof Courier Pickup discriminator=by
type Carrier interface{ carry() }

// Courier is a person on a bicycle.
type Courier struct {
	Name  string `json:"name" jsonschema:"minLength=1"`
	Phone string `json:"phone,omitempty"`
}

// Pickup is done by the customer.
type Pickup struct{}

func (Courier) carry() {}
func (*Pickup) carry() {}

// Delivery is who brings an order, in turn.
type Delivery struct {
	First Carrier   `json:"first" jsonschema:"title=First carrier"`
	Then  []Carrier `json:"then,omitempty"`
	// Who steps in.
	Spare  Carrier            `json:"spare,omitempty"`
	ByTown map[string]Carrier `json:"byTown,omitempty"`
}

// Deliver delivers an order.
//
//mcp:tool
func Deliver(in Delivery) Delivery { return in }
