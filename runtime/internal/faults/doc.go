// Package faults holds servers to what they promise about their end, their stream
// and their memory: its tests do to a server, in processes of their own, what
// clients, wrappers and tools have been seen doing to servers, and measure. The
// package itself is the client for that.
package faults
