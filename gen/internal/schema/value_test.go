package schema

import "testing"

// The types that the rows of these tests are about.
var (
	color   = enum("Color", "red:Warm.", "green", "blue:Cold\n  and clear.")
	level   = enum("Level", "1:Hardly matters.", "2")
	plain   = enum("Unit", "kg", "lb")
	item    = object("Item", field("sku", "string", ""), field("count", "int", "", "omitempty"))
	celsius = named("Celsius", "float")
)

func init() {
	item.Doc = "One line of an order."
	celsius.Doc, celsius.Bits = "A temperature in degrees.", 64
}

func TestInputValues(t *testing.T) {
	t.Parallel()
	tests := []struct{ typ, tag, want string }{
		{"bool", "", `{"type":"boolean"}`},
		{"int", "", `{"type":"integer"}`},
		{"int64", "", `{"type":"integer"}`},
		{"int8", "", `{"type":"integer","maximum":127,"minimum":-128}`},
		{"int32", "minimum=1", `{"type":"integer","maximum":2147483647,"minimum":1}`},
		{"uint8", "", `{"type":"integer","maximum":255,"minimum":0}`},
		{"uint64", "", `{"type":"integer","minimum":0}`},
		{"uint", "exclusiveMinimum=0", `{"type":"integer","exclusiveMinimum":0}`},
		{"float32", "", `{"type":"number"}`},
		{"float64", "minimum=0.50,exclusiveMaximum=1e3,multipleOf=0.5", `{"type":"number","multipleOf":0.5,"exclusiveMaximum":1e3,"minimum":0.50}`},
		{"int", "minimum=1e1,maximum=100.0", `{"type":"integer","maximum":100,"minimum":10}`},
		{"string", "", `{"type":"string"}`},
		{"[]uint8", "", `{"type":"string","contentEncoding":"base64"}`},
		{"time.Time", "", `{"type":"string","format":"date-time"}`},
		{"time.Time", "format=date-time", `{"type":"string","format":"date-time"}`},
		{"time.Time", "default=2024-02-29T00:00:00Z", `{"type":"string","format":"date-time","default":"2024-02-29T00:00:00Z"}`},
		{"time.Duration", "", `{"type":"string","description":"A duration such as 1m30s.","examples":["1m30s"]}`},
		{"time.Duration", "description=How long.,default=5s,example=1h", `{"type":"string","description":"How long.","default":"5s","examples":["1h"]}`},
		{"url.URL", "", `{"type":"string","format":"uri-reference"}`},
		{"url.URL", "default=/a?b", `{"type":"string","format":"uri-reference","default":"/a?b"}`},
		{"big.Int", "", `{"type":"integer"}`},
		{"json.RawMessage", "", `{}`},
		{"any", "description=Whatever.", `{"description":"Whatever."}`},
		{"any", `example={"a":[1\,2]},example=word`, `{"examples":[{"a":[1,2]},"word"]}`},
		{"json.Number", "", `{"type":"number"}`},
		{"uuid.UUID", "", `{"type":"string","format":"uuid"}`},

		{"*string", "", `{"type":"string"}`},
		{"**int8", "default=3", `{"type":"integer","maximum":127,"minimum":-128,"default":3}`},
		{"[]string", "", `{"items":{"type":"string"},"type":"array"}`},
		{"[]*int", "", `{"items":{"type":"integer"},"type":"array"}`},
		{"[][]bool", "minItems=1", `{"items":{"items":{"type":"boolean"},"type":"array"},"type":"array","minItems":1}`},
		{"[3]float64", "", `{"items":{"type":"number"},"type":"array","maxItems":3,"minItems":3}`},
		{"map[string]int", "minProperties=1,maxProperties=4", `{"additionalProperties":{"type":"integer"},"type":"object","maxProperties":4,"minProperties":1}`},
		{"map[string]any", "", `{"additionalProperties":{},"type":"object"}`},
		{"map[uuid.UUID][]string", "", `{"additionalProperties":{"items":{"type":"string"},"type":"array"},"type":"object"}`},

		{"sales.Item", "", `{"properties":{"sku":{"type":"string"},"count":{"type":"integer"}},"additionalProperties":false,"type":"object","required":["sku"],"description":"One line of an order."}`},
		{"*sales.Item", "description=The first.", `{"properties":{"sku":{"type":"string"},"count":{"type":"integer"}},"additionalProperties":false,"type":"object","required":["sku"],"description":"The first."}`},
		{"sales.Celsius", "", `{"type":"number","description":"A temperature in degrees."}`},

		{"sales.Unit", "", `{"type":"string","enum":["kg","lb"]}`},
		{"sales.Color", "description=The paint.", `{"type":"string","enum":["red","green","blue"],"description":"The paint.\nred: Warm.\nblue: Cold and clear."}`},
		{"sales.Color", "enum=green,enum=red,default=red", `{"type":"string","enum":["green","red"],"description":"red: Warm.","default":"red"}`},
		{"sales.Level", "", `{"type":"integer","enum":[1,2],"description":"1: Level0. Hardly matters.\n2: Level1"}`},
		{"map[string]sales.Unit", "", `{"additionalProperties":{"type":"string","enum":["kg","lb"]},"type":"object"}`},
		{"[]sales.Color", "enum=green,minItems=1", `{"items":{"type":"string","enum":["green"]},"type":"array","minItems":1}`},
	}
	for _, tt := range tests {
		t.Run(tt.typ+" "+tt.tag, func(t *testing.T) {
			t.Parallel()
			w := newWorld(color, level, plain, item, celsius, object("In", field("v", tt.typ, tt.tag)))
			tool := w.tool("sales.In", "")
			w.run(t)
			got := property(t, tool.InputSchema, "v")
			same(t, "schema", got, tt.want)
			allowsItsOwnValues(t, got)
		})
	}
}

func TestKeywords(t *testing.T) {
	t.Parallel()
	tests := []struct{ typ, tag, want string }{
		{"string", `title=The name,description=First\, then last "name".`, `{"type":"string","title":"The name","description":"First, then last \"name\"."}`},
		{"string", "minLength=1,maxLength=80,pattern=^[a-z]+$,format=hostname", `{"type":"string","maxLength":80,"minLength":1,"pattern":"^[a-z]+$","format":"hostname"}`},
		{"string", "enum=a b,enum=,enum=c", `{"type":"string","enum":["a b","","c"]}`},
		{"string", "const=v1", `{"type":"string","enum":["v1"]}`},
		{"string", "default=", `{"type":"string","default":""}`},
		{"string", "example=a,example=b,deprecated,readOnly=true,writeOnly=false", `{"type":"string","deprecated":true,"readOnly":true,"examples":["a","b"]}`},
		{"string", "extras:x-order=first", `{"type":"string","x-order":"first"}`},
		{"int", "extras:x-a=true,extras:x-b=1,extras:x-b=2,extras:x-b=3", `{"type":"integer","x-a":true,"x-b":["1","2","3"]}`},
		{"int", "enum=1,enum=2,default=2", `{"type":"integer","enum":[1,2],"default":2}`},
		{"bool", "default=true", `{"type":"boolean","default":true}`},
		{"bool", "default=false", `{"type":"boolean","default":false}`},
		{"int", "default=0", `{"type":"integer","default":0}`},
		{"[]string", "enum=a,enum=b,minItems=1,uniqueItems", `{"items":{"type":"string","enum":["a","b"]},"type":"array","minItems":1,"uniqueItems":true}`},
		{"[]string", "pattern=^a,minLength=2,format=uri,example=abc,title=All", `{"items":{"type":"string","minLength":2,"pattern":"^a","format":"uri","examples":["abc"]},"type":"array","title":"All"}`},
		{"[]int", "minimum=1,default=3,default=4,maxItems=3", `{"items":{"type":"integer","minimum":1},"type":"array","maxItems":3,"default":[3,4]}`},
		{"[]*int8", "maximum=5", `{"items":{"type":"integer","maximum":5,"minimum":-128},"type":"array"}`},
		{"[2]string", "default=a,default=b", `{"items":{"type":"string"},"type":"array","maxItems":2,"minItems":2,"default":["a","b"]}`},
		{"uuid.UUID", "format=uuid,example=0190e3b4-0000-7000-8000-000000000000", `{"type":"string","format":"uuid","examples":["0190e3b4-0000-7000-8000-000000000000"]}`},
	}
	for _, tt := range tests {
		t.Run(tt.typ+" "+tt.tag, func(t *testing.T) {
			t.Parallel()
			w := newWorld(object("In", field("v", tt.typ, tt.tag)))
			tool := w.tool("sales.In", "")
			w.run(t)
			got := property(t, tool.InputSchema, "v")
			same(t, "schema", got, tt.want)
			allowsItsOwnValues(t, got)
		})
	}
}

func TestQuotedValues(t *testing.T) {
	t.Parallel()
	tests := []struct{ typ, tag, want string }{
		{"int", "minimum=1,maximum=9,default=5", `{"type":"string","pattern":"^-?(0|[1-9][0-9]*)$","default":"5"}`},
		{"uint8", "example=7", `{"type":"string","pattern":"^(0|[1-9][0-9]*)$","examples":["7"]}`},
		{"float64", "description=The ratio.", `{"type":"string","pattern":"^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?$","description":"The ratio."}`},
		{"bool", "", `{"type":"string","enum":["true","false"]}`},
		{"string", "enum=a", `{"type":"string","enum":["\"a\""]}`},
		{"string", "", `{"type":"string","pattern":"^\"([^\"\\\\\\x00-\\x1f]|\\\\([\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*\"$"}`},
		{"sales.Level", "", `{"type":"string","enum":["1","2"],"description":"1: Level0. Hardly matters.\n2: Level1"}`},
	}
	for _, tt := range tests {
		t.Run(tt.typ+" "+tt.tag, func(t *testing.T) {
			t.Parallel()
			w := newWorld(level, object("In", field("v", tt.typ, tt.tag, "string")))
			tool := w.tool("sales.In", "")
			w.run(t)
			got := property(t, tool.InputSchema, "v")
			same(t, "schema", got, tt.want)
			allowsItsOwnValues(t, got)
		})
	}
}
