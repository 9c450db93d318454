package model

import "testing"

func TestShapes(t *testing.T) {
	t.Parallel()
	p := &Package{Types: Types{}}
	add := func(id TypeID, kind Kind, elem TypeID) *Type {
		p.Types[id] = &Type{ID: id, Kind: kind, Elem: elem}
		return p.Types[id]
	}
	for _, name := range []string{"Text", "Image", "Content", "File", "Message", "Result", "PromptResult", "Progress"} {
		id := TypeID("r." + name)
		add(id, Runtime, "").Name = name
		add("*"+id, Pointer, id)
		add("[]"+id, Slice, id)
	}
	add("string", String, "")
	add("Name", String, "")
	add("Color", String, "").Enum = []*EnumValue{{GoName: "Red"}}
	add("int", Int, "")
	add("[]uint8", Bytes, "")
	add("[]string", Slice, "string")
	add("Report", Struct, "")
	add("*Report", Pointer, "Report")
	add("**Report", Pointer, "*Report")
	add("map[string]int", Map, "int")
	add("*map[string]int", Pointer, "map[string]int")
	add("any", Any, "")

	tests := []struct {
		result                 TypeID
		tool, resource, prompt Shape
	}{
		{"", ShapeEmpty, "", ""},
		{"string", ShapeText, ShapeText, ShapeText},
		{"Name", ShapeText, ShapeText, ShapeText},
		{"Color", ShapeWrapped, ShapeText, ShapeText},
		{"int", ShapeWrapped, ShapeJSON, ""},
		{"any", ShapeWrapped, ShapeJSON, ""},
		{"[]uint8", ShapeWrapped, ShapeBlob, ""},
		{"[]string", ShapeWrapped, ShapeJSON, ""},
		{"Report", ShapeStructured, ShapeJSON, ""},
		{"*Report", ShapeStructured, ShapeJSON, ""},
		{"**Report", ShapeWrapped, ShapeJSON, ""},
		{"map[string]int", ShapeStructured, ShapeJSON, ""},
		{"*map[string]int", ShapeWrapped, ShapeJSON, ""},
		{"r.Text", ShapeContent, ShapeJSON, ShapeContent},
		{"r.Content", ShapeContent, ShapeJSON, ShapeContent},
		{"r.File", ShapeContent, ShapeNative, ShapeContent},
		{"[]r.Content", ShapeContents, ShapeJSON, ""},
		{"[]r.File", ShapeWrapped, ShapeFiles, ""},
		{"*r.Result", ShapeNative, ShapeJSON, ""},
		{"r.Result", ShapeWrapped, ShapeJSON, ""},
		{"r.Message", ShapeWrapped, ShapeJSON, ShapeMessage},
		{"[]r.Message", ShapeWrapped, ShapeJSON, ShapeMessages},
		{"*r.PromptResult", ShapeWrapped, ShapeJSON, ShapeNative},
		{"r.Progress", ShapeWrapped, ShapeJSON, ""},
	}
	for _, tt := range tests {
		if got := p.ToolShape(tt.result); got != tt.tool {
			t.Errorf("ToolShape(%q) = %q, want %q", tt.result, got, tt.tool)
		}
		if got := p.ResourceShape(tt.result); got != tt.resource {
			t.Errorf("ResourceShape(%q) = %q, want %q", tt.result, got, tt.resource)
		}
		if got := p.PromptShape(tt.result); got != tt.prompt {
			t.Errorf("PromptShape(%q) = %q, want %q", tt.result, got, tt.prompt)
		}
	}
}
