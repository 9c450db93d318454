// Package names shows which names things get, and how to choose others.
package names

// HTTPGet fetches a page.
//
//mcp:tool
func HTTPGet(pageURL string) string { return pageURL }

// GetV2 fetches a page in a newer way.
//
//mcp:tool
func GetV2(in Options) string { return in.UserID }

// Options name members by tag, or not at all.
type Options struct {
	UserID   string
	PageSize int    `json:",omitempty"`
	Dashed   string `json:"-,omitempty"`
	Hidden   string `json:"-"`
}

// Dotted names its tool itself.
//
//mcp:tool name=files.read-all
func Dotted(a_b string) string { return a_b }

// unexported says that functions need not be exported to be tools.
//
//mcp:tool
func unexported() string { return "" }
