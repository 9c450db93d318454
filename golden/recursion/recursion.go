// Package recursion has a type that holds itself.
package recursion

// Node is one part of a thing.
type Node struct {
	Name  string `json:"name"`
	Grams int    `json:"grams,omitempty" jsonschema:"minimum=0"`
	// What it is made of.
	Parts []Node `json:"parts,omitempty"`
}

// Weight is how heavy a thing is, part by part.
type Weight struct {
	Of    string             `json:"of"`
	Total int                `json:"total"`
	Parts map[string]*Weight `json:"parts,omitempty"`
}

// Weigh adds up the weight of a thing.
//
//mcp:tool
func Weigh(in Node) *Weight {
	w := &Weight{Of: in.Name, Total: in.Grams, Parts: map[string]*Weight{}}
	for _, part := range in.Parts {
		weight := Weigh(part)
		w.Parts[part.Name] = weight
		w.Total += weight.Total
	}
	return w
}
