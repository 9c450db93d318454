// Package lenient takes the safe slips that models make: numbers and booleans in
// quotes, lists and objects sent as JSON text, and the one element of a list without
// the list. Nothing is ever lost by it.
package lenient

// Trip is a journey.
type Trip struct {
	Days   int            `json:"days"`
	Budget float64        `json:"budget"`
	Return bool           `json:"return"`
	Stops  []string       `json:"stops"`
	Guests map[string]int `json:"guests"`
	By     Vehicle        `json:"by,omitempty"`
}

// Vehicle takes people to places.
//
//mcp:oneof Train Car
type Vehicle interface{ vehicle() }

// Train runs on rails.
type Train struct {
	Class int `json:"class"`
}

// Car runs on roads.
type Car struct {
	Seats int `json:"seats"`
}

func (Train) vehicle() {}
func (*Car) vehicle()  {}

// Book returns the trip as it was understood.
//
//mcp:tool
func Book(in Trip) Trip { return in }
