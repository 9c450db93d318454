package runtime

import "github.com/modelcontextprotocol/go-sdk/mcp"

// Content is one block of a result or a message: a [Text], [Image], [Audio],
// [File] or [Link].
type Content interface {
	block() mcp.Content
}

// Text is plain text.
type Text string

// Image is a picture; MIMEType says of which kind, such as "image/png".
type Image struct {
	Data     []byte
	MIMEType string
}

// Audio is sound; MIMEType says of which kind, such as "audio/wav".
type Audio struct {
	Data     []byte
	MIMEType string
}

// File is the contents of a resource. It is binary if Data is not nil, and the
// text in Text otherwise. As the result of a resource, an empty URI is the one
// that was asked for, and an empty MIMEType the one that was declared; in the
// result of a tool or a prompt the URI is required.
type File struct {
	URI      string
	MIMEType string
	Text     string
	Data     []byte

	fallbackType string // if neither MIMEType nor the declaration says it
}

// Link names a resource that the client may read. URI and Name are required; Size
// is in bytes, 0 if it is not known.
type Link struct {
	URI, Name, Title, Description, MIMEType string
	Size                                    int64
}

func (t Text) block() mcp.Content  { return &mcp.TextContent{Text: string(t)} }
func (i Image) block() mcp.Content { return &mcp.ImageContent{Data: i.Data, MIMEType: i.MIMEType} }
func (a Audio) block() mcp.Content { return &mcp.AudioContent{Data: a.Data, MIMEType: a.MIMEType} }
func (f File) block() mcp.Content  { return &mcp.EmbeddedResource{Resource: f.contents()} }

func (l Link) block() mcp.Content {
	link := &mcp.ResourceLink{
		URI:         l.URI,
		Name:        l.Name,
		Title:       l.Title,
		Description: l.Description,
		MIMEType:    l.MIMEType,
	}
	if l.Size > 0 {
		link.Size = &l.Size
	}
	return link
}

// contents is f as the SDK has it. The SDK leaves out a text that is empty, and
// what is left is neither text nor binary; an empty blob is valid.
func (f File) contents() *mcp.ResourceContents {
	c := &mcp.ResourceContents{URI: f.URI, MIMEType: f.MIMEType, Text: f.Text, Blob: f.Data}
	if f.Text == "" && f.Data == nil {
		c.Blob = []byte{}
	}
	if c.Blob != nil {
		c.Text = ""
	}
	return c
}

// blocks converts contents; it is never nil, which would be null on the wire.
func blocks(contents []Content) []mcp.Content {
	out := make([]mcp.Content, 0, len(contents))
	for _, c := range contents {
		if c != nil {
			out = append(out, c.block())
		}
	}
	return out
}

// readContent is the reverse of block. It reports false for what is none of ours, such
// as a model's wish to use a tool.
func readContent(block mcp.Content) (c Content, ok bool) {
	switch b := block.(type) {
	case *mcp.TextContent:
		return Text(b.Text), true
	case *mcp.ImageContent:
		return Image{Data: b.Data, MIMEType: b.MIMEType}, true
	case *mcp.AudioContent:
		return Audio{Data: b.Data, MIMEType: b.MIMEType}, true
	case *mcp.EmbeddedResource:
		return File{URI: b.Resource.URI, MIMEType: b.Resource.MIMEType, Text: b.Resource.Text, Data: b.Resource.Blob}, true
	case *mcp.ResourceLink:
		link := Link{URI: b.URI, Name: b.Name, Title: b.Title, Description: b.Description, MIMEType: b.MIMEType}
		if b.Size != nil {
			link.Size = *b.Size
		}
		return link, true
	}
	return nil, false
}
