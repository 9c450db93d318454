// Package resultpointer returns a pointer to a struct.
package resultpointer

import "fmt"

// User is somebody who may log in.
type User struct {
	ID    int    `json:"id"`
	Name  string `json:"name"`
	Admin bool   `json:"admin,omitempty"`
}

// Lookup finds a user.
//
//mcp:tool
func Lookup(id int) (*User, error) {
	switch id {
	case 1:
		return &User{ID: 1, Name: "Ada", Admin: true}, nil
	case 2:
		return nil, nil // neither a user nor an error
	}
	return nil, fmt.Errorf("no user %d", id)
}
