package main

import (
	"slices"
	"testing"

	"github.com/mcpgen/mcpgen/examples/inject/store"
	"github.com/mcpgen/mcpgen/runtime/mcptest"
)

// object is the arguments of a call.
type object map[string]any

func TestLibrary(t *testing.T) {
	t.Parallel()
	client := mcptest.Start(t, Register)
	client.Call("add_book", object{"title": "Dune", "author": "Frank Herbert"})
	client.Call("add_book", object{"title": "Orlando", "author": "Virginia Woolf"})

	client.Call("lend_books", object{"reader": "Ada", "ids": []int{1, 2}})
	client.Call("return_book", object{"id": 1})
	client.Call("rename_book", object{"id": 2, "title": "Orlando: A Biography"})

	wantBooks(t, client,
		store.Book{ID: 1, Title: "Dune", Author: "Frank Herbert"},
		store.Book{ID: 2, Title: "Orlando: A Biography", Author: "Virginia Woolf", Reader: "Ada"})
	wantLoans(t, client,
		store.Book{ID: 2, Title: "Orlando: A Biography", Author: "Virginia Woolf", Reader: "Ada"})
}

// A tool that fails leaves no trace of what it did before.
func TestFailedLoanIsRolledBack(t *testing.T) {
	t.Parallel()
	client := mcptest.Start(t, Register)
	client.Call("add_book", object{"title": "Dune", "author": "Frank Herbert"})
	client.Call("add_book", object{"title": "Orlando", "author": "Virginia Woolf"})
	client.Call("lend_books", object{"reader": "Ada", "ids": []int{2}})

	got := client.CallError("lend_books", object{"reader": "Bob", "ids": []int{1, 2}})
	if want := `book 2, "Orlando", is lent to Ada`; got != want {
		t.Errorf("error = %q, want %q", got, want)
	}
	wantBooks(t, client,
		store.Book{ID: 1, Title: "Dune", Author: "Frank Herbert"},
		store.Book{ID: 2, Title: "Orlando", Author: "Virginia Woolf", Reader: "Ada"})
}

func wantBooks(t *testing.T, client *mcptest.Client, want ...store.Book) {
	t.Helper()
	var got struct{ Result []store.Book }
	client.Call("list_books", nil).Decode(&got)
	if !slices.Equal(got.Result, want) {
		t.Errorf("books = %+v, want %+v", got.Result, want)
	}
}

func wantLoans(t *testing.T, client *mcptest.Client, want ...store.Book) {
	t.Helper()
	var got []store.Book
	client.Read("library://loans").Decode(&got)
	if !slices.Equal(got, want) {
		t.Errorf("loans = %+v, want %+v", got, want)
	}
}
