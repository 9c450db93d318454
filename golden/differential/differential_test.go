package differential

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"
)

// perSubject is how many inputs of each type the ordinary test tries.
const perSubject = 100

func TestDifferential(t *testing.T) {
	t.Parallel()
	if got := len(subjects); got < 200 {
		t.Fatalf("%d types under test, want at least 200", got)
	}
	for i, s := range subjects {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(3, uint64(i)))
			accepted := 0
			for range perSubject {
				if judge(t, s, input(s, randomBytes(random))) {
					accepted++
				}
			}
			if accepted < perSubject/10 || accepted == perSubject {
				t.Errorf("%d of %d inputs are accepted; the test sees too little of one side", accepted, perSubject)
			}
		})
	}
}

func FuzzDifferential(f *testing.F) {
	random := rand.New(rand.NewPCG(5, 6))
	for i := range subjects {
		f.Add(uint16(i), randomBytes(random))
	}
	f.Fuzz(func(t *testing.T, i uint16, choices []byte) {
		s := subjects[int(i)%len(subjects)]
		judge(t, s, input(s, choices))
	})
}

func randomBytes(random *rand.Rand) []byte {
	b := make([]byte, 16+random.IntN(200))
	for i := range b {
		b[i] = byte(random.Uint32())
	}
	return b
}

// input is JSON for s. Every other one is as its schema says, as far as rules that
// depend on each other allow that; the rest has a few values that are not.
func input(s *subject, data []byte) []byte {
	m := &maker{choices: &choices{data}, root: s.schema()}
	m.wrong = among(m.choices, []int{0, 12, 0, 4})
	v := m.value(m.root)
	if v == "null" {
		return []byte("{}") // null is what some clients send who mean no arguments
	}
	return []byte(v)
}

// judge asks all three about one input, and reports whether they accept it.
func judge(t *testing.T, s *subject, data []byte) (accepted bool) {
	t.Helper()
	got, err := s.decode(data)
	verdict := validate(s.input(), data)
	want, wantErr := s.reference(data)
	switch {
	case err != nil && verdict != nil:
		return false
	case err != nil && cannotHold(wantErr):
		return false
	case (err == nil) != (verdict == nil):
		t.Errorf("%s: of %s\nthe decoder says   %v\nthe validator says %v", s.name, data, err, verdict)
		return false
	case wantErr != nil:
		t.Errorf("%s: of %s\nthe decoder says      %v\nencoding/json says %v", s.name, data, err, wantErr)
		return false
	}
	if !s.mirror && !reflect.DeepEqual(got, want) {
		t.Errorf("%s: %s\nis decoded as      %+v\nby encoding/json as %+v", s.name, data, dump(got), dump(want))
	}
	s.judgeEncoder(t, data, got, want)
	return true
}

func dump(v any) string {
	b, err := json.Marshal(v)
	return fmt.Sprintf("%s %v", b, err)
}

// judgeEncoder holds what is written of a value against the schema of the result, and
// against what encoding/json writes of the same value as it has read it.
func (s *subject) judgeEncoder(t *testing.T, data []byte, v, reference any) {
	t.Helper()
	got, err := s.encode(v)
	if err != nil {
		t.Errorf("%s: what %s became is not encoded: %v", s.name, data, err)
		return
	}
	if err := validate(s.output(), got); err != nil {
		t.Errorf("%s: %s\nis encoded as %s, against the schema of the result: %v", s.name, data, got, err)
	}
	want, err := json.Marshal(reference)
	if err != nil {
		t.Errorf("%s: encoding/json does not write what %s became: %v", s.name, data, err)
		return
	}
	if err := sameButNil(got, want); err != nil {
		t.Errorf("%s: %v in what %s became:\nencoded as          %s\nby encoding/json as %s", s.name, err, data, got, want)
	}
}

// cannotHold reports whether encoding/json refuses an input for a reason that JSON
// Schema cannot express, so that the decoder may do so, too:
//
//   - a number is beyond its Go type: the schema names no bounds of 64 bits, which
//     most clients cannot count, and none of floats;
//   - a member name is no number, or beyond its type, where a map has integer keys:
//     propertyNames breaks some clients;
//   - a time is one that [time.Time] cannot hold: a leap second; or RFC 3339 with t
//     and z, which Go wants in capitals.
func cannotHold(err error) bool {
	var number *json.UnmarshalTypeError
	var clock *time.ParseError
	// Of a number where none belongs the value is "number" alone, and of one that the
	// type cannot hold "number 300".
	return errors.As(err, &clock) || errors.As(err, &number) && strings.HasPrefix(number.Value, "number ")
}

// sameButNil compares two texts of JSON, of which the second may have null where
// the first has an empty array, object or text: what generated code writes of nil
// slices, maps and bytes.
func sameButNil(got, want []byte) error {
	g, w := json.NewDecoder(bytes.NewReader(got)), json.NewDecoder(bytes.NewReader(want))
	g.UseNumber()
	w.UseNumber()
	for {
		a, err := g.Token()
		b, wantErr := w.Token()
		if errors.Is(err, io.EOF) && errors.Is(wantErr, io.EOF) {
			return nil
		}
		if err := errors.Join(err, wantErr); err != nil {
			return err
		}
		switch {
		case a == b || a == "" && b == nil:
		case (a == json.Delim('[') || a == json.Delim('{')) && b == nil && !g.More():
			if _, err := g.Token(); err != nil {
				return err
			}
		default:
			return fmt.Errorf("%v instead of %v", a, b)
		}
	}
}
