package store

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
)

func TestOpenFindsWhatWasCommitted(t *testing.T) {
	t.Setenv("LIBRARY_DB", filepath.Join(t.TempDir(), "library.db"))

	db, shut := open(t)
	books, end := begin(t, t.Context(), db)
	want, err := books.Add(t.Context(), "Dune", "Frank Herbert")
	if err != nil {
		t.Fatal(err)
	}
	if err := end(nil); err != nil {
		t.Fatal(err)
	}
	if err := shut(); err != nil {
		t.Fatal(err)
	}

	db, shut = open(t)
	defer shut()
	books, end = begin(t, t.Context(), db)
	defer end(nil)
	if got, err := books.Get(t.Context(), want.ID); got != want || err != nil {
		t.Errorf("Get(%d) = %+v, %v, want %+v", want.ID, got, err, want)
	}
}

func TestCancelledCallIsRolledBack(t *testing.T) {
	t.Parallel()
	db, shut := open(t)
	defer shut()

	ctx, cancel := context.WithCancel(t.Context())
	books, end := begin(t, ctx, db)
	if _, err := books.Add(ctx, "Dune", "Frank Herbert"); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := db.PingContext(t.Context()); err != nil { // waits for the one connection
		t.Fatal(err)
	}
	if err := end(ctx.Err()); err != nil {
		t.Errorf("ending the transaction: %v", err)
	}

	books, end = begin(t, t.Context(), db)
	defer end(nil)
	if got, err := books.All(t.Context()); len(got) != 0 || err != nil {
		t.Errorf("All() = %+v, %v, want no books", got, err)
	}
}

func open(t *testing.T) (*sql.DB, func() error) {
	t.Helper()
	db, shut, err := Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return db, shut
}

func begin(t *testing.T, ctx context.Context, db *sql.DB) (*Books, func(error) error) {
	t.Helper()
	tx, end, err := Begin(ctx, db)
	if err != nil {
		t.Fatal(err)
	}
	return NewBooks(tx), end
}
