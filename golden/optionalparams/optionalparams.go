// Package optionalparams makes plain parameters optional: a pointer is nil when
// the caller says nothing, which a default or the zero value could not tell.
package optionalparams

import "fmt"

// Find lists the people by what is known of them.
//
//mcp:tool
func Find(name string, age *int, city *string, married *bool) string {
	query := "name=" + name
	if age != nil {
		query += fmt.Sprintf(" age=%d", *age)
	}
	if city != nil {
		query += " city=" + *city
	}
	if married != nil {
		query += fmt.Sprintf(" married=%t", *married)
	}
	return query
}
