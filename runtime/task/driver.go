package task

import (
	"context"
	"log/slog"
)

// A Driver opens the stores of one engine. A program names those that it may be
// told to use, and links no others:
//
//	runtime.Main(info, Register, runtime.TaskDrivers(sqlitestore.Driver, natsstore.Driver))
type Driver struct {
	// Scheme begins the URLs of the engine, such as "sqlite".
	Scheme string

	// Form is how such a URL is written, for help and for errors, such as
	// "sqlite:PATH".
	Form string

	// Open opens the store that a URL names. Its errors say what is wrong with the
	// URL, or with what stands there, and what to do; they never quote a password.
	// It gives up when the context ends, which is not the end of the store.
	Open func(ctx context.Context, url string, o OpenOptions) (Store, error)
}

// OpenOptions are what every driver has to know besides the URL.
type OpenOptions struct {
	// Existing has Open refuse to create what is missing (files, tables, streams,
	// buckets), for programs that may not.
	Existing bool

	// Log is told of troubles that no call can return. It is not nil.
	Log *slog.Logger
}
