package main

import "fmt"

// Contact takes a schema that says more than its Go type.
//
//mcp:tool name=json_schema_2020_12_tool schema=testdata/contact.json
func Contact(in ContactInput) (string, error) {
	if in.Phone == "" && in.Email == "" {
		return "", fmt.Errorf("send phone or email")
	}
	return "Contacted " + in.Name, nil
}

// ContactInput says whom to contact, and how.
type ContactInput struct {
	Name          string   `json:"name,omitempty"`
	Address       *Address `json:"address,omitempty"`
	ContactMethod string   `json:"contactMethod,omitempty" jsonschema:"enum=phone,enum=email"`
	Phone         string   `json:"phone,omitempty"`
	Email         string   `json:"email,omitempty"`
}

// Address is where somebody lives.
type Address struct {
	Street string `json:"street,omitempty"`
	City   string `json:"city,omitempty"`
}

// Region has an argument that clients also send as a header, for proxies to route by.
//
//mcp:tool name=test_header readonly
func Region(in RegionInput) string { return in.Region }

// RegionInput names a region.
type RegionInput struct {
	Region string `json:"region" jsonschema_extras:"x-mcp-header=Region"`
}
