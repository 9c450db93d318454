// Package unexportedtypes keeps its types to itself; only Register is exported.
package unexportedtypes

type query struct {
	Text string `json:"text"`
	page page
	filter
}

type page struct{ Number int }

type filter struct {
	Since int `json:"since,omitempty"`
}

type answer struct {
	Text  string `json:"text"`
	Since int    `json:"since"`
}

// search finds something.
//
//mcp:tool
func search(in query) answer {
	in.page = page{Number: 1}
	return answer{Text: in.Text, Since: in.Since}
}
