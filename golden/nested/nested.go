// Package nested has structs within structs, named and unnamed.
package nested

// Order is a purchase.
type Order struct {
	Customer Customer `json:"customer"`
	// Where the goods go; to the customer by default.
	Delivery *Address `json:"delivery,omitempty"`
	Payment  struct {
		// How it is paid.
		Method string `json:"method" jsonschema:"enum=card,enum=invoice"`
	} `json:"payment"`
}

// Customer is who buys.
type Customer struct {
	Name    string  `json:"name" jsonschema:"minLength=1"`
	Address Address `json:"address"`
}

// Address is a place that a parcel can reach.
type Address struct {
	Street string `json:"street"`
	City   string `json:"city"`
}

// Label is what is printed on the parcel.
type Label struct {
	Name string  `json:"name"`
	To   Address `json:"to"`
}

// Ship prints the label of an order.
//
//mcp:tool
func Ship(in Order) Label {
	to := in.Customer.Address
	if in.Delivery != nil {
		to = *in.Delivery
	}
	return Label{Name: in.Customer.Name, To: to}
}
