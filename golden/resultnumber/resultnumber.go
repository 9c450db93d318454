// Package resultnumber returns numbers and booleans. A structured result has to
// be an object, so each is wrapped as the member "result" of one.
package resultnumber

import (
	"errors"
	"math"
)

// Half divides a number by two.
//
//mcp:tool
func Half(of float64) float64 { return of / 2 }

// Root takes the square root, as far as there is one.
//
//mcp:tool
func Root(of float32) (float32, error) {
	if of < 0 {
		return 0, errors.New("a negative number has no real root")
	}
	return float32(math.Sqrt(float64(of))), nil
}

// Count counts bytes.
//
//mcp:tool
func Count(text string) uint64 { return uint64(len(text)) }

// Even tells even numbers from odd ones.
//
//mcp:tool
func Even(number int) bool { return number%2 == 0 }
