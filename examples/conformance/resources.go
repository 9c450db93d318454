package main

// StaticText is the same text every time.
//
//mcp:resource uri=test://static-text mime=text/plain title="Static text"
func StaticText() string { return "This is the content of the static text resource." }

// StaticBinary is the same image every time.
//
//mcp:resource uri=test://static-binary mime=image/png title="Static image"
func StaticBinary() []byte { return pixel }

// Template is data about what is named in its URI.
//
//mcp:resource uri=test://template/{id}/data title="Template"
func Template(id string) TemplateData {
	return TemplateData{ID: id, TemplateTest: true, Data: "Data for ID: " + id}
}

// TemplateData is what [Template] knows.
type TemplateData struct {
	ID           string `json:"id"`
	TemplateTest bool   `json:"templateTest"`
	Data         string `json:"data"`
}

// Watched is a resource that clients can subscribe to.
//
//mcp:resource uri=test://watched-resource mime=text/plain title="Watched"
func Watched() string { return "Watched resource content" }
