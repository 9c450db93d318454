package main

import (
	"testing"

	"github.com/mcpgen/mcpgen/runtime/mcptest"
)

// object is the arguments of a call.
type object map[string]any

// A client that takes no tasks waits instead, and gets the same results.
func TestCallsWithoutTasks(t *testing.T) {
	t.Parallel()
	client := mcptest.Start(t, Register)

	if got, want := client.Call("crunch", object{"seconds": 0}).Text(), "crunched 100 numbers in 0 seconds"; got != want {
		t.Errorf("crunch = %q, want %q", got, want)
	}
	got := client.CallError("break_down", object{"after": 0})
	if want := "the engine is smoking; let it cool down and try again"; got != want {
		t.Errorf("break_down = %q, want %q", got, want)
	}
}

func TestTripIsPlanned(t *testing.T) {
	t.Parallel()
	client := mcptest.Start(t, Register)

	client.Answer(Stay{Nights: 3})
	client.Answer(Journey{Vehicle: Train})
	var got Trip
	client.Call("plan_trip", object{"destination": "Rome"}).Decode(&got)
	if want := (Trip{"Rome", 3, Train}); got != want {
		t.Errorf("plan_trip = %+v, want %+v", got, want)
	}
}

func TestTripIsNotBookedWithoutConsent(t *testing.T) {
	t.Parallel()
	client := mcptest.Start(t, Register)

	client.Decline() // both questions, in whichever order they come
	client.Decline()
	got := client.CallError("book_trip", object{"destination": "Rome"})
	if want := "the user declined to answer"; got != want {
		t.Errorf("book_trip = %q, want %q", got, want)
	}
}
