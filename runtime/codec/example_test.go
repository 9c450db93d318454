package codec_test

import (
	"fmt"
	"time"

	"github.com/mcpgen/mcpgen/runtime/codec"
)

// AnalyzeInput and Report stand for types of a user, and the functions below for
// what is generated from them.
type AnalyzeInput struct {
	Query   string
	Limit   int
	Labels  map[string]string
	Filters []Filter
	Since   *time.Time
}

type Filter struct {
	Field string
	Value any
}

type Report struct {
	Title string
	Count int
	Items []Item
}

type Item struct {
	Name  string
	Price float64
}

// analyzeInputMembers are the members of [AnalyzeInput] in JSON.
var analyzeInputMembers = codec.Members{
	{Name: "query", Required: true},
	{Name: "limit"},
	{Name: "labels"},
	{Name: "filters"},
	{Name: "since"},
}

// decodeAnalyzeInput reads an [AnalyzeInput] and checks it.
func decodeAnalyzeInput(d *codec.Decoder) (v AnalyzeInput) {
	v.Limit = 10
	for name := range d.Object(analyzeInputMembers) {
		switch name {
		case "query":
			v.Query = codec.String[string](d)
			codec.MinLength(d, v.Query, 1)
		case "limit":
			v.Limit = codec.Int[int](d)
			codec.Minimum(d, v.Limit, 1)
			codec.Maximum(d, v.Limit, 100)
		case "labels":
			v.Labels = codec.Map(d, codec.String[string], codec.String[string])
		case "filters":
			v.Filters = codec.Slice(d, decodeExampleFilter)
		case "since":
			v.Since = codec.Pointer(d, codec.Time)
		}
	}
	return v
}

// exampleFilterMembers are the members of [Filter] in JSON.
var exampleFilterMembers = codec.Members{
	{Name: "field", Required: true},
	{Name: "value", Required: true},
}

// decodeExampleFilter reads a [Filter] and checks it.
func decodeExampleFilter(d *codec.Decoder) (v Filter) {
	for name := range d.Object(exampleFilterMembers) {
		switch name {
		case "field":
			v.Field = codec.String[string](d)
			codec.OneOf(d, v.Field, "title", "author")
		case "value":
			v.Value = codec.Any(d)
		}
	}
	return v
}

// encodeReport writes a [Report].
func encodeReport(e *codec.Encoder, v Report) {
	e.BeginObject()
	e.Name("title")
	e.String(v.Title)
	if v.Count != 0 {
		e.Name("count")
		e.Int(int64(v.Count))
	}
	e.Name("items")
	codec.EncodeSlice(e, v.Items, encodeItem)
	e.EndObject()
}

// encodeItem writes an [Item].
func encodeItem(e *codec.Encoder, v Item) {
	e.BeginObject()
	e.Name("name")
	e.String(v.Name)
	e.Name("price")
	e.Float(v.Price, 64)
	e.EndObject()
}

func Example() {
	in := `{"query": "profit", "limit": "5", "filters": [{"field": "title", "value": 2026}]}`
	d := codec.NewDecoder([]byte(in), codec.Options{})
	v := decodeAnalyzeInput(d)
	fmt.Println(v.Query, v.Limit, v.Filters, d.Err())

	e := codec.NewEncoder()
	encodeReport(e, Report{Title: "profit & loss", Items: []Item{{"tea", 2.5}, {"coffee", 3}}})
	fmt.Println(string(e.JSON()), e.Err())
	// Output:
	// profit 5 [{title 2026}] <nil>
	// {"title":"profit & loss","items":[{"name":"tea","price":2.5},{"name":"coffee","price":3}]} <nil>
}

func ExampleDecoder_Err() {
	in := `{"limit": 250, "filters": [{"field": "titel", "value": 1}, 7], "since": "May", "db": null}`
	d := codec.NewDecoder([]byte(in), codec.Options{})
	decodeAnalyzeInput(d)
	fmt.Println(d.Err())
	// Output:
	// /limit: must be at most 100, got 250
	// /filters/0/field: must be one of "title", "author", got "titel"; did you mean "title"?
	// /filters/1: expected an object, got 7
	// /since: expected a time in RFC 3339 such as "2006-01-02T15:04:05Z", got "May"
	// /db: unknown argument; valid are query, limit, labels, filters, since
	// /query: missing; it is required
}

func ExampleEncoder_Err() {
	e := codec.NewEncoder()
	zero := 0.0
	encodeReport(e, Report{Title: "division", Items: []Item{{"fine", 1}, {"wrong", zero / zero}}})
	fmt.Println(e.Err())
	// Output:
	// /items/1/price: NaN has no JSON form
}
