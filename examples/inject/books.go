package main

import (
	"context"

	"github.com/mcpgen/mcpgen/examples/inject/store"
)

// Books is what the tools need of a repository. [store.Books] is the one that
// they get; a test may hand them another.
type Books interface {
	Add(ctx context.Context, title, author string) (store.Book, error)
	Get(ctx context.Context, id int64) (store.Book, error)
	All(ctx context.Context) ([]store.Book, error)
	Save(ctx context.Context, book store.Book) error
}
