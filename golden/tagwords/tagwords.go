// Package tagwords has the words of the jsonschema tag that fit every value, and
// those that no other case shows being broken.
package tagwords

// Flight is a flight to book.
type Flight struct {
	Class  string    `json:"class" jsonschema:"const=economy,title=Class,description=There is one only."`
	Seats  int       `json:"seats,omitempty" jsonschema:"required,example=1,example=4"`
	Dogs   uint8     `json:"dogs,omitempty" jsonschema:"const=0"`
	Bags   float64   `json:"bags,omitempty" jsonschema:"multipleOf=0.5,exclusiveMaximum=30"`
	Window bool      `json:"window,omitempty" jsonschema:"enum=true"`
	Meals  []string  `json:"meals,omitempty" jsonschema:"uniqueItems=true,minLength=2,maxLength=8,title=Meals"`
	Legs   [2]string `json:"legs,omitzero" jsonschema:"default=TXL,default=MUC,pattern=^[A-Z]{3}$"`
	Miles  []int     `json:"miles,omitempty" jsonschema:"multipleOf=5,default=5,default=10"`
	Price  float32   `json:"price,omitempty" jsonschema:"readOnly"`
	Card   string    `json:"card,omitempty" jsonschema:"writeOnly=true"`
	Fax    string    `json:"fax,omitempty" jsonschema:"deprecated,maxLength=4"`
}

// BookFlight books a flight.
//
//mcp:tool
func BookFlight(in Flight) Flight { return in }
