package main

import (
	"cmp"
	"net/http"
)

// Author is who makes a call.
type Author struct {
	Name string
}

// CurrentAuthor reads the author from the header X-Author of the HTTP request.
// This provider runs once for each call. It trusts the client; a server that is
// open to the world must check a token instead.
//
//mcp:provide
func CurrentAuthor(header http.Header) Author {
	return Author{Name: cmp.Or(header.Get("X-Author"), "somebody")}
}
