// Package time has very long times.
package time

// Long is a number of years.
type Long struct {
	Years int `json:"years"`
}
