package main

import (
	"context"
	"strings"

	"github.com/mcpgen/mcpgen/examples/inject/store"
)

// AddBook adds a book to the library and puts it on the shelf.
//
//mcp:tool destructive=false openworld=false
//mcp:param title minLength=1
//mcp:param author minLength=1
func AddBook(ctx context.Context, books Books, title, author string) (store.Book, error) {
	return books.Add(ctx, title, author)
}

// ListBooks lists the books of the library, or those whose title or author has
// some words in it.
//
//mcp:tool readonly openworld=false
//mcp:param words description="What to look for in titles and authors; without it every book is listed."
func ListBooks(ctx context.Context, books Books, words *string) ([]store.Book, error) {
	all, err := books.All(ctx)
	if err != nil || words == nil {
		return all, err
	}
	var found []store.Book
	for _, book := range all {
		if contains(book.Title, *words) || contains(book.Author, *words) {
			found = append(found, book)
		}
	}
	return found, nil
}

// RenameBook corrects the title of a book.
//
//mcp:tool idempotent openworld=false
//mcp:param id description="The number of the book."
//mcp:param title description="The title as it should be." minLength=1
func RenameBook(ctx context.Context, books Books, id int64, title string) (store.Book, error) {
	book, err := books.Get(ctx, id)
	if err != nil {
		return store.Book{}, err
	}
	book.Title = title
	return book, books.Save(ctx, book)
}

func contains(text, words string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(words))
}
