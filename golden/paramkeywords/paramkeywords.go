// Package paramkeywords says more about plain parameters with //mcp:param, which
// takes the keywords of the jsonschema struct tag.
package paramkeywords

import (
	"fmt"
	"strings"
)

// Book reserves some seats at a show.
//
//mcp:tool
//mcp:param show description="The show, as printed on the poster." minLength=1
//mcp:param seats minimum=1 maximum=8 default=2
//mcp:param category enum=stalls enum=circle enum=balcony default=circle
//mcp:param code pattern=^[A-Z]{3}-[0-9]{4}$ description="A voucher, such as \"ABC-1234\"."
//mcp:param extras maxItems=2 uniqueItems
func Book(show string, seats int, category string, code *string, extras []string) string {
	booked := fmt.Sprintf("%s: %d in the %s", show, seats, category)
	if code != nil {
		booked += ", voucher " + *code
	}
	if len(extras) > 0 {
		booked += ", with " + strings.Join(extras, " and ")
	}
	return booked
}
