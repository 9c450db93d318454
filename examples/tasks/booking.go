package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/mcpgen/mcpgen/runtime"
)

// Traveller is who goes.
type Traveller struct {
	// The name on the ticket.
	Name string `json:"name" jsonschema:"minLength=1"`
}

// Consent is a yes or a no.
type Consent struct {
	// Whether to go on.
	Agreed bool `json:"agreed"`
}

// BookTrip books a trip, after asking for a name and for consent.
//
//mcp:tool task=true openworld
//mcp:param destination description="Where to go." minLength=1
func BookTrip(ctx context.Context, destination string, name runtime.Ask[Traveller], consent runtime.Ask[Consent]) (string, error) {
	var (
		asking              sync.WaitGroup
		traveller           Traveller
		answer              Consent
		nameErr, consentErr error
	)
	// Both questions are open at once, and may be answered in any order.
	asking.Go(func() { traveller, nameErr = name(ctx, "Who travels to "+destination+"?") })
	asking.Go(func() { answer, consentErr = consent(ctx, "Book it for 120 EUR?") })
	asking.Wait()
	if err := cmp.Or(nameErr, consentErr); err != nil {
		return "", err
	}
	if !answer.Agreed {
		return "", errors.New("not booked: it was not agreed to")
	}
	return fmt.Sprintf("booked %s for %s", destination, traveller.Name), nil
}
