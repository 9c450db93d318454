package httpx

import (
	"encoding/base64"
	"net/http"
	"strings"
	"unicode/utf8"
)

// Headers of the protocol.
const (
	HeaderVersion = "Mcp-Protocol-Version"
	HeaderSession = "Mcp-Session-Id"
	HeaderMethod  = "Mcp-Method"
	HeaderName    = "Mcp-Name"
	headerParam   = "Mcp-Param-"
)

// What encloses a value that a header could not hold as it is.
const (
	sentinelBegin = "=?base64?"
	sentinelEnd   = "?="
)

// DecodeValue returns what the value of an Mcp-Name or Mcp-Param header stands for,
// or false if it stands for nothing: it is no visible ASCII, or promises base64 of
// UTF-8 and is something else.
func DecodeValue(value string) (string, bool) {
	if !visible(value) {
		return "", false
	}
	encoded, begins := strings.CutPrefix(value, sentinelBegin)
	encoded, ends := strings.CutSuffix(encoded, sentinelEnd)
	if !begins || !ends {
		return value, true
	}
	decoded, err := base64.StdEncoding.Strict().DecodeString(encoded)
	if err != nil || !utf8.Valid(decoded) {
		return "", false
	}
	return string(decoded), true
}

// EncodeValue is the inverse of [DecodeValue].
func EncodeValue(value string) string {
	plain := visible(value) && strings.Trim(value, " \t") == value &&
		!(strings.HasPrefix(value, sentinelBegin) && strings.HasSuffix(value, sentinelEnd))
	if plain {
		return value
	}
	return sentinelBegin + base64.StdEncoding.EncodeToString([]byte(value)) + sentinelEnd
}

// visible reports whether value has nothing but what RFC 9110 wants in a header.
func visible(value string) bool {
	for i := range len(value) {
		if c := value[i]; (c < ' ' || c > '~') && c != '\t' {
			return false
		}
	}
	return true
}

// CheckHeaders refuses a modern request whose headers could mean one thing to a
// proxy and another to us: repeated ones, and values that are not spelled as the
// protocol says. Otherwise it returns the headers with the name decoded, which the
// SDK does not do before it compares it with the body.
func CheckHeaders(h http.Header) (http.Header, *Refusal) {
	for name, values := range h {
		param := strings.HasPrefix(name, headerParam)
		if !param && name != HeaderName && name != HeaderMethod && name != HeaderVersion {
			continue
		}
		if len(values) != 1 {
			return nil, Mismatch("header mismatch: more than one " + name + " header")
		}
		if !visible(values[0]) {
			return nil, Mismatch("header mismatch: " + name + " has characters that have to be encoded")
		}
		if _, ok := DecodeValue(values[0]); !ok && (param || name == HeaderName) {
			return nil, Mismatch("header mismatch: " + name + " is not valid base64 of UTF-8")
		}
	}
	name, _ := DecodeValue(h.Get(HeaderName))
	if name == h.Get(HeaderName) {
		return h, nil
	}
	h = h.Clone()
	h.Set(HeaderName, name)
	return h, nil
}

// Mismatch refuses a request whose headers do not fit its body.
func Mismatch(message string) *Refusal {
	return &Refusal{Status: http.StatusBadRequest, Code: CodeHeaderMismatch, Message: message}
}
