package main

import (
	"net/http"
	"testing"
)

func TestCurrentAuthor(t *testing.T) {
	for _, test := range []struct{ header, want string }{
		{"Ann", "Ann"},
		{"", "somebody"},
	} {
		header := http.Header{}
		header.Set("X-Author", test.header)
		if got := CurrentAuthor(header).Name; got != test.want {
			t.Errorf("with X-Author: %q, the author is %q, want %q", test.header, got, test.want)
		}
	}
}
