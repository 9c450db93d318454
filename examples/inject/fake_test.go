package main

import (
	"context"
	"database/sql"
	"testing"

	"github.com/mcpgen/mcpgen/examples/inject/store"
	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/mcptest"
)

// A test swaps what it likes: here a fake stands in for the repository, and
// nothing for what only the real one needs. No database is opened, which the name
// of one that cannot be proves.
func TestToolsOnFake(t *testing.T) {
	t.Setenv("LIBRARY_DB", t.TempDir()+"/no/such/folder/library.db")
	fake := &shelf{books: []store.Book{{ID: 7, Title: "Emma", Author: "Jane Austen"}}}
	client := mcptest.Start(t, Register,
		runtime.Replace[Books](fake),
		runtime.Replace[*sql.Tx](nil),
		runtime.Replace[*sql.DB](nil))

	client.Call("lend_books", object{"reader": "Ada", "ids": []int{7}})

	want := store.Book{ID: 7, Title: "Emma", Author: "Jane Austen", Reader: "Ada"}
	if got := fake.books[0]; got != want {
		t.Errorf("the fake holds %+v, want %+v", got, want)
	}
	wantLoans(t, client, want)
}

// The counterpart: without the fake the server opens the database, and says so
// when that fails.
func TestServerNeedsItsDatabase(t *testing.T) {
	t.Setenv("LIBRARY_DB", t.TempDir()+"/no/such/folder/library.db")
	server := runtime.NewServer(runtime.Info{Name: "library"})
	Register(server)
	if err := server.Start(t.Context()); err == nil {
		t.Fatal("the server started without its database")
	}
}

// shelf keeps books in memory.
type shelf struct {
	Books // panics for what no test needs
	books []store.Book
}

func (s *shelf) Get(_ context.Context, id int64) (store.Book, error) {
	for _, book := range s.books {
		if book.ID == id {
			return book, nil
		}
	}
	return store.Book{}, sql.ErrNoRows
}

func (s *shelf) All(context.Context) ([]store.Book, error) {
	return append([]store.Book(nil), s.books...), nil
}

func (s *shelf) Save(_ context.Context, book store.Book) error {
	for i := range s.books {
		if s.books[i].ID == book.ID {
			s.books[i] = book
		}
	}
	return nil
}
