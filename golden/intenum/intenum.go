// Package intenum has a named integer type with iota constants.
package intenum

// Weekday is a day of the working week.
type Weekday int

const (
	// Monday is the first.
	Monday Weekday = iota + 1
	Tuesday
	Wednesday
	// Thursday has the team meeting at ten.
	Thursday
	// Friday ends at four.
	Friday
)

// Meeting is a fixed appointment.
type Meeting struct {
	Day  Weekday `json:"day"`
	Hour uint8   `json:"hour" jsonschema:"maximum=23"`
}

// Move moves a meeting to the next working day.
//
//mcp:tool
func Move(in Meeting) Meeting {
	in.Day++
	if in.Day > Friday {
		in.Day = Monday
	}
	return in
}
