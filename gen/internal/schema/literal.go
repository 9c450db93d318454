package schema

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// literal reads text, as written in a tag, as a value of type t, in JSON.
func literal(t *model.Type, text string) (json.RawMessage, error) {
	switch t.Kind {
	case model.Bool:
		if text != "true" && text != "false" {
			return nil, errors.New("not a boolean; write true or false")
		}
		return json.RawMessage(text), nil
	case model.Int, model.Uint:
		return rawNumber(integer(t, text))
	case model.Float, model.Number:
		return rawNumber(number(t, text))
	case model.Big:
		return bigLiteral(t, text)
	case model.Duration:
		if _, err := time.ParseDuration(text); err != nil {
			return nil, errors.New(`not a duration; write one such as 1m30s`)
		}
	case model.Time:
		if _, err := time.Parse(time.RFC3339Nano, text); err != nil {
			return nil, errors.New("not a time; write one such as 2006-01-02T15:04:05Z")
		}
	case model.URL:
		if _, err := url.Parse(text); err != nil {
			return nil, errors.New("not a URL")
		}
	case model.Bytes:
		if _, err := base64.StdEncoding.DecodeString(text); err != nil {
			return nil, errors.New("not base64")
		}
	case model.Any, model.Raw, model.Custom:
		if json.Valid([]byte(text)) {
			return compact(text), nil
		}
	}
	return quote(text), nil
}

// bigLiteral reads text as a number of math/big.
func bigLiteral(t *model.Type, text string) (json.RawMessage, error) {
	switch t.Name {
	case "Int":
		if n, ok := new(big.Int).SetString(text, 10); ok {
			return json.RawMessage(n.String()), nil
		}
		return nil, errors.New("not an integer")
	case "Rat":
		if _, ok := new(big.Rat).SetString(text); !ok {
			return nil, errors.New("not a fraction; write one such as 3/4")
		}
	default:
		if _, ok := new(big.Float).SetString(text); !ok {
			return nil, errors.New("not a number; write one such as 1.5")
		}
	}
	return quote(text), nil
}

func rawNumber(text string, err error) (json.RawMessage, error) {
	if err != nil {
		return nil, err
	}
	return json.RawMessage(text), nil
}

// integer reads text as an integer that fits t, whichever way JSON may write it.
func integer(t *model.Type, text string) (string, error) {
	r, err := rational(text)
	if err != nil || !r.IsInt() {
		return "", errors.New("not an integer")
	}
	switch low, high := integerRange(t); {
	case r.Num().Cmp(low) < 0:
		return "", fmt.Errorf("below %v, the least that its type holds", low)
	case r.Num().Cmp(high) > 0:
		return "", fmt.Errorf("above %v, the most that its type holds", high)
	}
	return r.Num().String(), nil
}

// integerRange is what t can hold; a platform's int counts as 64 bits.
func integerRange(t *model.Type) (low, high *big.Int) {
	bits := uint(t.Bits)
	if bits == 0 {
		bits = 64
	}
	one := big.NewInt(1)
	if t.Kind == model.Uint {
		return new(big.Int), new(big.Int).Sub(new(big.Int).Lsh(one, bits), one)
	}
	half := new(big.Int).Lsh(one, bits-1)
	return new(big.Int).Neg(half), new(big.Int).Sub(half, one)
}

// number reads text as a number that t can hold and keeps its spelling.
func number(t *model.Type, text string) (string, error) {
	if _, err := rational(text); err != nil {
		return "", err
	}
	if f, _ := strconv.ParseFloat(text, 64); t.Bits == 32 && math.Abs(f) > math.MaxFloat32 {
		return "", errors.New("more than its type holds")
	}
	return text, nil
}

var jsonNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

// rational reads a JSON number of the size of a float64, exactly.
func rational(text string) (*big.Rat, error) {
	if !jsonNumber.MatchString(text) {
		return nil, errors.New("not a number")
	}
	if _, err := strconv.ParseFloat(text, 64); err != nil {
		return nil, errors.New("out of range")
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil, errors.New("too close to zero")
	}
	return r, nil
}

// contains reports whether v is among values; numbers are equal by value.
func contains(values []json.RawMessage, v json.RawMessage) bool {
	return slices.ContainsFunc(values, func(w json.RawMessage) bool { return equal(v, w) })
}

func equal(a, b json.RawMessage) bool {
	if bytes.Equal(a, b) {
		return true
	}
	x, errX := rational(string(a))
	y, errY := rational(string(b))
	return errX == nil && errY == nil && x.Cmp(y) == 0
}

// quote is text as a JSON string, HTML characters as they are.
func quote(text string) json.RawMessage {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		panic(err) // every string has a JSON form
	}
	return bytes.TrimSpace(b.Bytes())
}

// unquote is a scalar in JSON as a person reads it.
func unquote(v json.RawMessage) string {
	var s string
	if json.Unmarshal(v, &s) == nil {
		return s
	}
	return string(v)
}

func compact(text string) json.RawMessage {
	var b bytes.Buffer
	if err := json.Compact(&b, []byte(text)); err != nil {
		panic(err) // the caller has checked text
	}
	return b.Bytes()
}

// list is values as a JSON array, and elements its inverse.
func list(values []json.RawMessage) json.RawMessage {
	data, err := json.Marshal(values)
	if err != nil {
		panic(err) // values are JSON
	}
	return data
}

func elements(array json.RawMessage) []json.RawMessage {
	var values []json.RawMessage
	if array == nil {
		return nil
	}
	if err := json.Unmarshal(array, &values); err != nil {
		panic(err) // array comes from list
	}
	return values
}

// enumerate is values as a person lists them.
func enumerate(values []json.RawMessage) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = unquote(v)
	}
	return strings.Join(words, ", ")
}
