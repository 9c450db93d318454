package golden

import (
	"testing"

	"github.com/mcpgen/mcpgen/golden/ask"
	"github.com/mcpgen/mcpgen/runtime/mcptest"
)

// TestFormsSuitClients has a client of the SDK show the forms, which checks that they
// are what elicitation allows and that the answers fit them.
func TestFormsSuitClients(t *testing.T) {
	t.Parallel()
	latest := mcptest.Start(t, ask.Register)
	for _, client := range []*mcptest.Client{latest, latest.Speaking("2025-11-25")} {
		client.Answer(ask.Confirmation{
			Contact:    ask.Contact{Email: "ada@example.com"},
			Confirm:    true,
			Class:      ask.Business,
			Extras:     []ask.Extra{ask.Meal, ask.Luggage},
			Travellers: 2,
		})
		got := client.Call("book", map[string]string{"to": "Rome"}).Text()
		if want := "Booked business for 2 to Rome, [meal luggage], for ada@example.com."; got != want {
			t.Errorf("book = %q, want %q", got, want)
		}
		client.Answer(struct{}{})
		client.Answer(ask.Why{Reason: "no time"})
		if got, want := client.Call("cancel", map[string]string{"to": "Rome"}).Text(), "yours: no time"; got != want {
			t.Errorf("cancel = %q, want %q", got, want)
		}
		client.Answer(ask.Why{Reason: "fun"})
		if got, want := client.Prompt("review", nil).Text(), "user: Review for fun"; got != want {
			t.Errorf("review = %q, want %q", got, want)
		}
		client.Answer(ask.Why{Reason: "just so"})
		if got, want := client.Read("trips://report").Text(), "JUST SO"; got != want {
			t.Errorf("report = %q, want %q", got, want)
		}
	}
}
