// Package taskdefault has a default for the tasks of its tools.
//
//mcp:server tasks=true
package taskdefault

import "errors"

// Sync copies all documents.
//
//mcp:tool poll=100ms ttl=2h
func Sync(folder string) (string, error) {
	if folder == "" {
		return "", errors.New("there is no such folder")
	}
	return "copied " + folder, nil
}

// Publish does so for clients that can take a task.
//
//mcp:tool task=required poll=100ms
func Publish() string { return "published" }

// Peek looks and answers at once.
//
//mcp:tool task=false
func Peek() string { return "still there" }
