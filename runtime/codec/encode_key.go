package codec

import (
	"encoding"
	"strconv"
)

// StringKey is the member name of a string key, for [EncodeMap].
func StringKey[K ~string](_ *Encoder, k K) string { return string(k) }

// IntKey is the member name of a signed integer key, in decimal.
func IntKey[K Signed](_ *Encoder, k K) string { return strconv.FormatInt(int64(k), 10) }

// UintKey is the member name of an unsigned integer key, in decimal.
func UintKey[K Unsigned](_ *Encoder, k K) string { return strconv.FormatUint(uint64(k), 10) }

// TextKey is the member name of a key that writes itself as text. A key that
// cannot is an error of the [Encoder].
func TextKey[K encoding.TextMarshaler](e *Encoder, k K) string {
	t, err := k.MarshalText()
	if err != nil {
		e.fail(err)
	}
	return string(t)
}
