// Package arrays has Go arrays: lists of a fixed length.
package arrays

// Point is a place in the plane.
type Point [2]float64

// Board is a game of noughts and crosses.
type Board struct {
	Cells [3][3]string `json:"cells"`
	Last  *Point       `json:"last,omitempty"`
}

// Mirror flips a board from left to right.
//
//mcp:tool
func Mirror(in Board) Board {
	for i, row := range in.Cells {
		in.Cells[i] = [3]string{row[2], row[1], row[0]}
	}
	if in.Last != nil {
		in.Last = &Point{2 - in.Last[0], in.Last[1]}
	}
	return in
}

// Draw draws lots.
//
//mcp:tool
//mcp:param numbers uniqueItems minimum=1 maximum=49
func Draw(numbers [3]int) int { return numbers[0] }

// Centre finds the middle between two points.
//
//mcp:tool
func Centre(a, b Point) Point {
	return Point{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2}
}
