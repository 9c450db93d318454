package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Book is a book of the library.
type Book struct {
	// The number of the book.
	ID     int64  `json:"id"`
	Title  string `json:"title"`
	Author string `json:"author"`
	// Who has the book; absent when it is on the shelf.
	Reader string `json:"reader,omitempty"`
}

// Books is the repository of the books, as one transaction sees them.
type Books struct {
	tx *sql.Tx
}

// NewBooks returns the books as tx sees them.
//
//mcp:provide
func NewBooks(tx *sql.Tx) *Books {
	return &Books{tx: tx}
}

// Add puts a new book on the shelf.
func (b *Books) Add(ctx context.Context, title, author string) (Book, error) {
	const insert = `INSERT INTO books (title, author) VALUES (?, ?) RETURNING id, title, author, reader`
	return scan(b.tx.QueryRowContext(ctx, insert, title, author))
}

// Get returns one book.
func (b *Books) Get(ctx context.Context, id int64) (Book, error) {
	const query = `SELECT id, title, author, reader FROM books WHERE id = ?`
	book, err := scan(b.tx.QueryRowContext(ctx, query, id))
	if errors.Is(err, sql.ErrNoRows) {
		return Book{}, fmt.Errorf("there is no book %d", id)
	}
	return book, err
}

// All returns every book, the oldest first.
func (b *Books) All(ctx context.Context) ([]Book, error) {
	rows, err := b.tx.QueryContext(ctx, `SELECT id, title, author, reader FROM books ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var books []Book
	for rows.Next() {
		book, err := scan(rows)
		if err != nil {
			return nil, err
		}
		books = append(books, book)
	}
	return books, rows.Err()
}

// Save changes a book that is there already.
func (b *Books) Save(ctx context.Context, book Book) error {
	const update = `UPDATE books SET title = ?, author = ?, reader = ? WHERE id = ?`
	_, err := b.tx.ExecContext(ctx, update, book.Title, book.Author, book.Reader, book.ID)
	return err
}

func scan(row interface{ Scan(...any) error }) (book Book, err error) {
	err = row.Scan(&book.ID, &book.Title, &book.Author, &book.Reader)
	return book, err
}
