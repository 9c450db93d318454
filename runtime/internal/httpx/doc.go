// Package httpx is what a server of the protocol needs of HTTP and net/http does
// not have: it decides who may talk to it, reads bodies within limits, writes
// streams that neither hang nor break, and says no in the protocol's own words. It
// knows nothing of sessions, tools or the SDK.
package httpx
