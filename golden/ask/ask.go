// Package ask asks the person behind a call, in a tool, in a provider, in a prompt
// and in a resource. The form is a struct.
package ask

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mcpgen/mcpgen/runtime"
)

// Class is how to travel.
type Class string

const (
	// Economy: the cheapest seat.
	Economy Class = "economy"
	// Business has more room for the legs.
	Business Class = "business"
	First    Class = "first"
)

// Extra is a thing to add.
type Extra string

const (
	Meal    Extra = "meal"
	Luggage Extra = "luggage"
)

// Contact is where to reach a traveller.
type Contact struct {
	// Where the ticket goes.
	Email string `json:"email" jsonschema:"format=email,title=E-mail"`
}

// Confirmation is asked for before a trip is booked.
type Confirmation struct {
	Contact
	// Whether to go on.
	Confirm bool `json:"confirm"`
	// How to travel.
	Class Class `json:"class,omitempty" jsonschema:"default=economy"`
	// What to add.
	Extras []Extra `json:"extras,omitempty" jsonschema:"maxItems=2"`
	Places []Class `json:"places,omitempty"`
	Meals  string  `json:"meals,omitempty" jsonschema:"enum=none,enum=all"`
	// How many travel.
	Travellers int8       `json:"travellers" jsonschema:"minimum=1,maximum=9,default=1"`
	Tip        float64    `json:"tip,omitempty" jsonschema:"minimum=0"`
	When       *time.Time `json:"when,omitempty"`
	// A note for the driver.
	Note string `json:"note,omitempty" jsonschema:"maxLength=80"`
}

// Book books a trip.
//
//mcp:tool
func Book(ctx context.Context, to string, ask runtime.Ask[Confirmation]) (string, error) {
	answer, err := ask(ctx, "Book a trip to "+to+" for 120 EUR?")
	switch {
	case errors.Is(err, runtime.ErrDeclined):
		return "Not booked.", nil
	case err != nil:
		return "", err
	case !answer.Confirm:
		return "Not confirmed.", nil
	}
	return fmt.Sprintf("Booked %s for %d to %s, %v, for %s.", answer.Class, answer.Travellers, to, answer.Extras, answer.Email), nil
}

// Account is who pays. Nothing has to be filled in to agree.
type Account struct{ name string }

//mcp:provide
func newAccount(ctx context.Context, ask runtime.Ask[struct{}]) (*Account, error) {
	if _, err := ask(ctx, "May this be charged to your account?"); err != nil {
		return nil, err
	}
	return &Account{"yours"}, nil
}

// Why is the reason of something.
type Why struct {
	Reason string `json:"reason" jsonschema:"minLength=3"`
}

// Cancel cancels a trip: one question in a provider, one with its own form.
//
//mcp:tool
func Cancel(ctx context.Context, to string, account *Account, ask runtime.Ask[Why]) (string, error) {
	why, err := ask(ctx, "Why not "+to+"?")
	if err != nil {
		return "", fmt.Errorf("cancelling: %w", err)
	}
	return account.name + ": " + why.Reason, nil
}

// Review asks what to look at.
//
//mcp:prompt
func Review(ctx context.Context, ask runtime.Ask[Why]) (string, error) {
	why, err := ask(ctx, "What is the review for?")
	return "Review for " + why.Reason, err
}

// Report asks before it tells.
//
//mcp:resource uri=trips://report
func Report(ctx context.Context, ask runtime.Ask[Why]) (string, error) {
	why, err := ask(ctx, "Why do you want to know?")
	return strings.ToUpper(why.Reason), err
}
