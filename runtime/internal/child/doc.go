// Package child starts processes that end with this one.
package child
