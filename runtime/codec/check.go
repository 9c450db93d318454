package codec

import (
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"
)

// MinLength reports v, the value read last, if it has less than n characters.
//
// Like all checks it reports nothing if that value could not be read.
func MinLength[T ~string](d *Decoder, v T, n int) {
	if d.failed {
		return
	}
	if got := utf8.RuneCountInString(string(v)); got < n {
		d.atLeast(n, got, "character", "characters")
	}
}

// MaxLength reports v, the value read last, if it has more than n characters.
func MaxLength[T ~string](d *Decoder, v T, n int) {
	if d.failed || len(v) <= n {
		return
	}
	if got := utf8.RuneCountInString(string(v)); got > n {
		d.atMost(n, got, "character", "characters")
	}
}

// MinItems reports the array read last, which has got items, if it has less than
// n.
func MinItems(d *Decoder, got, n int) {
	if !d.failed && got < n {
		d.atLeast(n, got, "item", "items")
	}
}

// MaxItems reports the array read last, which has got items, if it has more than
// n.
func MaxItems(d *Decoder, got, n int) {
	if !d.failed && got > n {
		d.atMost(n, got, "item", "items")
	}
}

// MinProperties reports the object read last, which has got members, if it has
// less than n.
func MinProperties(d *Decoder, got, n int) {
	if !d.failed && got < n {
		d.atLeast(n, got, "property", "properties")
	}
}

// MaxProperties reports the object read last, which has got members, if it has
// more than n.
func MaxProperties(d *Decoder, got, n int) {
	if !d.failed && got > n {
		d.atMost(n, got, "property", "properties")
	}
}

func (d *Decoder) atLeast(n, got int, one, many string) {
	d.report("must have at least " + count(n, one, many) + ", got " + strconv.Itoa(got))
}

func (d *Decoder) atMost(n, got int, one, many string) {
	d.report("must have at most " + count(n, one, many) + ", got " + strconv.Itoa(got))
}

// UniqueItems reports the array read last, whose items are v, if two of them are
// equal.
func UniqueItems[E comparable](d *Decoder, v []E) {
	if d.failed || len(v) < 2 {
		return
	}
	seen := make(map[E]int, len(v))
	for i, item := range v {
		if first, again := seen[item]; again {
			d.report("must have no equal items, got " + spell(item) +
				" at index " + strconv.Itoa(first) + " and " + strconv.Itoa(i))
			return
		}
		seen[item] = i
	}
}

// Minimum reports v, the value read last, if it is less than bound.
func Minimum[T Signed | Unsigned | Real](d *Decoder, v, bound T) {
	if !d.failed && v < bound {
		d.must("be at least " + spell(bound))
	}
}

// Maximum reports v, the value read last, if it is greater than bound.
func Maximum[T Signed | Unsigned | Real](d *Decoder, v, bound T) {
	if !d.failed && v > bound {
		d.must("be at most " + spell(bound))
	}
}

// ExclusiveMinimum reports v, the value read last, unless it is greater than
// bound.
func ExclusiveMinimum[T Signed | Unsigned | Real](d *Decoder, v, bound T) {
	if !d.failed && v <= bound {
		d.must("be greater than " + spell(bound))
	}
}

// ExclusiveMaximum reports v, the value read last, unless it is less than bound.
func ExclusiveMaximum[T Signed | Unsigned | Real](d *Decoder, v, bound T) {
	if !d.failed && v >= bound {
		d.must("be less than " + spell(bound))
	}
}

// MultipleOf reports v, the value read last, unless it is an integral multiple of
// step, which is greater than 0. Floats are compared as they are written, so that
// 0.3 is a multiple of 0.1.
func MultipleOf[T Signed | Unsigned | Real](d *Decoder, v, step T) {
	if !d.failed && !multiple(v, step) {
		d.must("be a multiple of " + spell(step))
	}
}

func multiple[T Signed | Unsigned | Real](v, step T) bool {
	bits := 64
	switch third := float64(T(1) / T(3)); third {
	case 0: // integers
		return v/step*step == v
	case 1.0 / 3:
	default:
		bits = 32
	}
	return new(big.Rat).Quo(written(float64(v), bits), written(float64(step), bits)).IsInt()
}

// written is the number that v is written as, which is not always v itself.
func written(v float64, bits int) *big.Rat {
	r, ok := new(big.Rat).SetString(strconv.FormatFloat(v, 'e', -1, bits))
	if !ok {
		panic("codec: a number that was read is none")
	}
	return r
}

// Pattern reports v, the value read last, unless re matches some part of it.
func Pattern[T ~string](d *Decoder, v T, re *regexp.Regexp) {
	if !d.failed && !re.MatchString(string(v)) {
		d.must("match the pattern " + re.String())
	}
}

// OneOf reports v, the value read last, unless it is among allowed.
func OneOf[T comparable](d *Decoder, v T, allowed ...T) {
	if d.failed || slices.Contains(allowed, v) {
		return
	}
	words := make([]string, len(allowed))
	for i, a := range allowed {
		words[i] = spell(a)
	}
	d.report("must be one of " + list(words) + ", got " + describe(d.last) + d.meant(words))
}

// meant suggests one of words, which are JSON, for the value read last, if that
// is a short string.
func (d *Decoder) meant(words []string) string {
	if d.last[0] != '"' {
		return ""
	}
	sent, more := inside(d.last).preview(maxQuoted)
	if more {
		return ""
	}
	var names []string
	for _, w := range words {
		if w[0] == '"' {
			names = append(names, string(inside([]byte(w)).bytes()))
		}
	}
	return didYouMean(sent, names)
}

// must reports the value read last.
func (d *Decoder) must(rule string) {
	d.report("must " + rule + ", got " + describe(d.last))
}

// spell returns v as JSON.
func spell(v any) string {
	e := NewEncoder()
	e.Any(v)
	return string(e.JSON())
}
