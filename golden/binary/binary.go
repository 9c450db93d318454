// Package binary exchanges bytes as base64 text.
package binary

import "bytes"

// Digest is a named type of bytes.
type Digest []byte

// Upload is a file with its name.
type Upload struct {
	Name   string   `json:"name"`
	Data   []byte   `json:"data"`
	Digest Digest   `json:"digest,omitempty"`
	Chunks [][]byte `json:"chunks,omitempty"`
}

// Reverse turns the bytes of a file around.
//
//mcp:tool
func Reverse(in Upload) Upload {
	data := bytes.Join(append([][]byte{in.Data}, in.Chunks...), nil)
	for i, j := 0, len(data)-1; i < j; i, j = i+1, j-1 {
		data[i], data[j] = data[j], data[i]
	}
	return Upload{Name: in.Name, Data: data, Digest: in.Digest}
}
