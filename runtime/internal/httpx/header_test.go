package httpx

import (
	"net/http"
	"testing"
)

func TestDecodeValue(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		value, want string
		ok          bool
	}{
		{"us-west1", "us-west1", true},
		{"", "", true},
		{"=?base64?SGVsbG8sIOS4lueVjA==?=", "Hello, 世界", true},
		{"=?base64?IHBhZGRlZCA=?=", " padded ", true},
		{"=?base64?bGluZTEKbGluZTI=?=", "line1\nline2", true},
		{"=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=", "=?base64?literal?=", true},
		{"=?base64??=", "", true},
		{"=?base64?", "=?base64?", true},
		{"=?base64?=", "=?base64?=", true},
		{"=?BASE64?eA==?=", "=?BASE64?eA==?=", true},
		{"=?base64?eA?=", "", false},
		{"=?base64?eB==?=", "", false}, // bits that mean nothing
		{"=?base64?/w==?=", "", false}, // no UTF-8
		{"=?base64?e A==?=", "", false},
		{"a\x7f", "", false},
		{"ä", "", false},
	} {
		if got, ok := DecodeValue(row.value); got != row.want || ok != row.ok {
			t.Errorf("DecodeValue(%q) = %q, %t, want %q, %t", row.value, got, ok, row.want, row.ok)
		}
	}
}

func FuzzDecodeValue(f *testing.F) {
	for _, seed := range []string{"us-west1", "=?base64?SGVsbG8sIOS4lueVjA==?=", "=?base64??=", "=?base64?=", "ä", " x", "a\nb"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if decoded, ok := DecodeValue(value); ok {
			if again, ok := DecodeValue(EncodeValue(decoded)); !ok || again != decoded {
				t.Errorf("%q stands for %q, whose encoding %q stands for %q, %t", value, decoded, EncodeValue(decoded), again, ok)
			}
		}
		h, refusal := CheckHeaders(http.Header{HeaderName: {value}})
		if decoded, ok := DecodeValue(value); ok != (refusal == nil) || ok && h.Get(HeaderName) != decoded {
			t.Errorf("CheckHeaders of %q: %v, %v", value, h, refusal)
		}
	})
}
