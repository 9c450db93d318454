package codec_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/runtime/codec"
)

// order is of the size that arguments and results have.
type order struct {
	ID    int64             `json:"id"`
	Name  string            `json:"name"`
	Paid  bool              `json:"paid"`
	Total float64           `json:"total"`
	Tags  []string          `json:"tags"`
	Notes map[string]string `json:"notes,omitempty"`
	Lines []line            `json:"lines"`
}

type line struct {
	SKU   string `json:"sku"`
	Count int    `json:"count"`
}

var (
	orderMembers = codec.Members{{Name: "id", Required: true}, {Name: "name", Required: true}, {Name: "paid"}, {Name: "total"}, {Name: "tags"}, {Name: "notes"}, {Name: "lines"}}
	lineMembers  = codec.Members{{Name: "sku", Required: true}, {Name: "count", Required: true}}
)

func decodeOrder(d *codec.Decoder) (v order) {
	for name := range d.Object(orderMembers) {
		switch name {
		case "id":
			v.ID = codec.Int[int64](d)
		case "name":
			v.Name = codec.String[string](d)
			codec.MinLength(d, v.Name, 1)
		case "paid":
			v.Paid = codec.Bool[bool](d)
		case "total":
			v.Total = codec.Float[float64](d)
			codec.Minimum(d, v.Total, 0)
		case "tags":
			v.Tags = codec.Slice(d, codec.String[string])
		case "notes":
			v.Notes = codec.Map(d, codec.String[string], codec.String[string])
		case "lines":
			v.Lines = codec.Slice(d, decodeLine)
		}
	}
	return v
}

func decodeLine(d *codec.Decoder) (v line) {
	for name := range d.Object(lineMembers) {
		switch name {
		case "sku":
			v.SKU = codec.String[string](d)
			codec.OneOf(d, v.SKU, "A-1", "B-2")
		case "count":
			v.Count = codec.Int[int](d)
		}
	}
	return v
}

func encodeOrder(e *codec.Encoder, v order) {
	e.BeginObject()
	e.Name("id")
	e.Int(v.ID)
	e.Name("name")
	e.String(v.Name)
	e.Name("paid")
	e.Bool(v.Paid)
	e.Name("total")
	e.Float(v.Total, 64)
	e.Name("tags")
	codec.EncodeSlice(e, v.Tags, encodeString)
	if len(v.Notes) != 0 {
		e.Name("notes")
		codec.EncodeMap(e, v.Notes, codec.StringKey[string], encodeString)
	}
	e.Name("lines")
	codec.EncodeSlice(e, v.Lines, encodeLine)
	e.EndObject()
}

func encodeLine(e *codec.Encoder, v line) {
	e.BeginObject()
	e.Name("sku")
	e.String(v.SKU)
	e.Name("count")
	e.Int(int64(v.Count))
	e.EndObject()
}

const (
	smallJSON = `{"id":12345678901,"name":"Ada Lovelace","paid":true,"total":99.5}`
	orderJSON = `{"id":12345678901,"name":"Ada Lovelace","paid":true,"total":99.5,"tags":["new","äöü","a\nb"],` +
		`"notes":{"a":"first","b":"second"},"lines":[{"sku":"A-1","count":3},{"sku":"B-2","count":1}]}`
)

var benchmarks = []struct{ name, in string }{
	{"small", smallJSON},
	{"order", orderJSON},
	{"text", `{"id":1,"name":"` + strings.Repeat(`All work and no play makes Jack a dull boy.\n`, 200) + `"}`},
}

func BenchmarkDecode(b *testing.B) {
	for _, bm := range benchmarks {
		data := []byte(bm.in)
		b.Run(bm.name+"/codec", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d := codec.NewDecoder(data, codec.Options{})
				decodeOrder(d)
				if err := d.Err(); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(bm.name+"/encoding-json", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var v order
				if err := json.Unmarshal(data, &v); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkEncode(b *testing.B) {
	for _, bm := range benchmarks {
		var v order
		if err := json.Unmarshal([]byte(bm.in), &v); err != nil {
			b.Fatal(err)
		}
		b.Run(bm.name+"/codec", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				e := codec.NewEncoder()
				encodeOrder(e, v)
				if e.Err() != nil {
					b.Fatal(e.Err())
				}
			}
		})
		b.Run(bm.name+"/encoding-json", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := json.Marshal(v); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestBenchmarksReadAndWriteTheSame(t *testing.T) {
	t.Parallel()
	d := codec.NewDecoder([]byte(orderJSON), codec.Options{})
	e := codec.NewEncoder()
	encodeOrder(e, decodeOrder(d))
	if d.Err() != nil || e.Err() != nil || string(e.JSON()) != orderJSON {
		t.Errorf("got %s, %v, %v\nwant %s", e.JSON(), d.Err(), e.Err(), orderJSON)
	}
}
