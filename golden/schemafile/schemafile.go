// Package schemafile has a tool whose input schema is written by hand, because it
// says what no Go type can: clients see it to the letter.
package schemafile

import "errors"

// Address is where somebody lives.
type Address struct {
	Street string `json:"street,omitempty"`
	City   string `json:"city,omitempty"`
}

// Contact is somebody to be written to.
type Contact struct {
	Name    string   `json:"name"`
	Address *Address `json:"address,omitempty"`
	Method  string   `json:"contactMethod,omitempty"`
	Phone   string   `json:"phone,omitempty"`
	Email   string   `json:"email,omitempty"`
}

// AddContact adds a contact. What the schema says beyond the types, the function
// checks itself.
//
//mcp:tool schema=contact.schema.json
func AddContact(in Contact) (string, error) {
	if in.Method == "phone" && in.Phone == "" {
		return "", errors.New("phone is required if contactMethod is phone")
	}
	return "added " + in.Name, nil
}
