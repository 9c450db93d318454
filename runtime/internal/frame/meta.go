package frame

import (
	"bytes"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Modern is the first version of the protocol without sessions.
const Modern = "2026-07-28"

// IsModern reports whether a message belongs to no session: whether its params say
// themselves what others have said in a handshake. The SDK tells it in the same way.
func IsModern(params []byte) bool { return Version(params) >= Modern }

// Version returns the version of the protocol that the _meta of a request's params
// names, "" if it names none. The params have to be an object whose syntax is
// right, as those of every request are that [Parse] returns.
func Version(params []byte) (version string) {
	if !bytes.Contains(params, []byte("_meta")) {
		return ""
	}
	members(params, func(name string, meta []byte) {
		if name == "_meta" && meta[0] == '{' {
			members(meta, func(name string, value []byte) {
				if name == mcp.MetaKeyProtocolVersion && value[0] == '"' {
					version, _ = text(value)
				}
			})
		}
	})
	return version
}

// Member returns the text of one member of params, nil if it is missing.
func Member(params []byte, name string) (text []byte) {
	if len(params) > 0 {
		members(params, func(n string, value []byte) {
			if n == name {
				text = value
			}
		})
	}
	return text
}

// members calls f with each member of an object whose syntax is right.
func members(object []byte, f func(name string, value []byte)) {
	s := scanner{text: object}
	s.object(f)
}
