package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/mcpgen/mcpgen/examples/inject/store"
	"github.com/mcpgen/mcpgen/runtime"
)

// LendBooksInput says who takes what.
type LendBooksInput struct {
	// The name of the reader.
	Reader string `json:"reader" jsonschema:"minLength=1"`
	// The numbers of the books.
	IDs []int64 `json:"ids" jsonschema:"minItems=1,maxItems=20,uniqueItems=true"`
}

// LendBooks lends books to a reader: all of them, or none when one of them is
// not on the shelf.
//
//mcp:tool openworld=false
func LendBooks(ctx context.Context, in LendBooksInput, books Books, progress runtime.Progress) ([]store.Book, error) {
	var lent []store.Book
	for i, id := range in.IDs {
		// The books before this one are lent already. If this one cannot be, the
		// error takes them back, too: it is what ends the transaction.
		book, err := lend(ctx, books, id, in.Reader)
		if err != nil {
			return nil, err
		}
		lent = append(lent, book)
		progress.Report(float64(i+1), float64(len(in.IDs)), book.Title)
	}
	return lent, nil
}

func lend(ctx context.Context, books Books, id int64, reader string) (store.Book, error) {
	book, err := books.Get(ctx, id)
	if err != nil {
		return store.Book{}, err
	}
	if book.Reader != "" {
		return store.Book{}, fmt.Errorf("book %d, %q, is lent to %s", book.ID, book.Title, book.Reader)
	}
	book.Reader = reader
	return book, books.Save(ctx, book)
}

// ReturnBook puts a book that was lent back on the shelf.
//
//mcp:tool openworld=false
//mcp:param id description="The number of the book."
func ReturnBook(ctx context.Context, books Books, id int64) (store.Book, error) {
	book, err := books.Get(ctx, id)
	if err != nil {
		return store.Book{}, err
	}
	if book.Reader == "" {
		return store.Book{}, fmt.Errorf("book %d, %q, is on the shelf", book.ID, book.Title)
	}
	book.Reader = ""
	return book, books.Save(ctx, book)
}

// Loans lists the books that are not on the shelf, and who has them.
//
//mcp:resource uri=library://loans
func Loans(ctx context.Context, books Books) ([]store.Book, error) {
	all, err := books.All(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(book store.Book) bool { return book.Reader == "" }), nil
}
