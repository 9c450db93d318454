// Package tagstrings holds strings to a length, a pattern, a format or a choice.
package tagstrings

import "strings"

// Account is a new account.
type Account struct {
	Login string `json:"login" jsonschema:"minLength=3,maxLength=12,pattern=^[a-z]+$"`
	Email string `json:"email" jsonschema:"format=email"`
	ID    string `json:"id,omitempty" jsonschema:"format=uuid"`
	Site  string `json:"site,omitempty" jsonschema:"format=uri"`
	Plan  string `json:"plan,omitempty" jsonschema:"enum=free,enum=paid,default=free"`
	// The same pattern as of the login: it is compiled once.
	Team *string `json:"team,omitempty" jsonschema:"pattern=^[a-z]+$"`
	// Commas inside a pattern are escaped.
	Zip string `json:"zip,omitempty" jsonschema:"pattern=^[0-9]{4\\,5}$"`
}

// SignUp opens an account.
//
//mcp:tool
func SignUp(in Account) string {
	return strings.Join([]string{in.Login, in.Email, in.Plan, in.Zip}, " ")
}
