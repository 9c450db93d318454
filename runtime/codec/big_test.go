package codec_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/runtime/codec"
)

func readBigInt(d *codec.Decoder) string   { v := codec.BigInt(d); return v.String() }
func readBigFloat(d *codec.Decoder) string { v := codec.BigFloat(d); return v.Text('g', -1) }
func readBigRat(d *codec.Decoder) string   { v := codec.BigRat(d); return v.RatString() }

func TestBigNumbers(t *testing.T) {
	t.Parallel()
	const (
		noInt   = "arguments: expected an integer, got "
		noFloat = `arguments: expected a number as text such as "1.5", got `
		noRat   = `arguments: expected a fraction as text such as "3/4", got `
		tooBig  = "arguments: must have at most 10000 digits, got more"
	)
	huge, zeros := strings.Repeat("7", 10_001), strings.Repeat("0", 9999)
	tests := []struct {
		name   string
		read   func(*codec.Decoder) string
		in     string
		want   string
		err    string // "" for none
		strict string // err of a strict Decoder
	}{
		{"int", readBigInt, `0`, "0", "", ""},
		{"int", readBigInt, `-0`, "0", "", ""},
		{"int", readBigInt, `18446744073709551617`, "18446744073709551617", "", ""},
		{"int", readBigInt, `-18446744073709551617`, "-18446744073709551617", "", ""},
		{"int", readBigInt, `1200`, "1200", "", ""},
		{"int", readBigInt, `5.0`, "5", "", ""},
		{"int", readBigInt, `1.25e4`, "12500", "", ""},
		{"int", readBigInt, `"12"`, "12", "", noInt + `"12"`},
		{"int", readBigInt, `1.5`, "", noInt + "1.5", noInt + "1.5"},
		{"int", readBigInt, `null`, "", noInt + "null", noInt + "null"},
		{"int", readBigInt, `"a"`, "", noInt + `"a"`, noInt + `"a"`},
		{"int", readBigInt, huge, "", tooBig, tooBig},
		{"int", readBigInt, `0e9999`, "0", "", ""},
		{"int", readBigInt, `0.0e-5`, "0", "", ""},
		{"int", readBigInt, `-7` + zeros[:2] + `e9997`, "-7" + zeros, "", ""},
		{"int", readBigInt, `70e9999`, "", tooBig, tooBig},
		{"int", readBigInt, `1e10000`, "", tooBig, tooBig},
		{"int", readBigInt, huge[:6000] + `e6000`, "", tooBig, tooBig},
		{"int", readBigInt, `1e999999999`, "", tooBig, tooBig},
		{"float", readBigFloat, `"1.5"`, "1.5", "", ""},
		{"float", readBigFloat, `"-1e400"`, "-1e+400", "", ""},
		{"float", readBigFloat, `1.5`, "1.5", "", noFloat + "1.5"},
		{"float", readBigFloat, `""`, "", noFloat + `""`, noFloat + `""`},
		{"float", readBigFloat, `"heavy"`, "", noFloat + `"heavy"`, noFloat + `"heavy"`},
		{"float", readBigFloat, `null`, "", noFloat + "null", noFloat + "null"},
		{"float", readBigFloat, `"` + huge + `"`, "", tooBig, tooBig},
		{"rat", readBigRat, `"3/4"`, "3/4", "", ""},
		{"rat", readBigRat, `"0.75"`, "3/4", "", ""},
		{"rat", readBigRat, `0.75`, "3/4", "", noRat + "0.75"},
		{"rat", readBigRat, `"3/0"`, "", noRat + `"3/0"`, noRat + `"3/0"`},
		{"rat", readBigRat, `"1e900000"`, "", tooBig, tooBig},
		{"rat", readBigRat, `true`, "", noRat + "true", noRat + "true"},
	}
	for _, test := range tests {
		for _, strict := range []bool{false, true} {
			d := codec.NewDecoder([]byte(test.in), codec.Options{Strict: strict})
			got, message, want := test.read(d), "", test.err
			if strict {
				want = test.strict
			}
			if err := d.Err(); err != nil {
				message = err.Error()
			}
			if message != want || want == "" && got != test.want {
				t.Errorf("%s of %.40s, strict=%t: %s, %q, want %s, %q", test.name, test.in, strict, got, message, test.want, want)
			}
		}
	}
}

func TestBigIntKeepsItsDigits(t *testing.T) {
	t.Parallel()
	want := new(big.Int).Exp(big.NewInt(10), big.NewInt(9_999), nil)
	d := codec.NewDecoder([]byte(want.String()), codec.Options{})
	got := codec.BigInt(d)
	if err := d.Err(); err != nil || got.Cmp(want) != 0 {
		t.Errorf("10^9999 is read as %.20s…, %v", got.String(), err)
	}
}
