package model

// Shape is how a result reaches the client: which function of the runtime turns
// the Go value into what travels. The zero value is no shape at all: a function of
// that kind cannot return that type.
type Shape string

// The shapes. The comment names who may have them.
const (
	ShapeEmpty      Shape = "empty"      // tool: nothing
	ShapeText       Shape = "text"       // tool, resource, prompt: a string
	ShapeStructured Shape = "structured" // tool: a JSON object
	ShapeWrapped    Shape = "wrapped"    // tool: any other JSON value, as {"result": value}
	ShapeContent    Shape = "content"    // tool, prompt: one content block
	ShapeContents   Shape = "contents"   // tool: []runtime.Content
	ShapeMessage    Shape = "message"    // prompt: runtime.Message
	ShapeMessages   Shape = "messages"   // prompt: []runtime.Message
	ShapeBlob       Shape = "blob"       // resource: bytes
	ShapeJSON       Shape = "json"       // resource: any other JSON value, as text
	ShapeFiles      Shape = "files"      // resource: []runtime.File
	// ShapeNative is what the runtime answers with anyway: *runtime.Result of a
	// tool, runtime.File of a resource, *runtime.PromptResult of a prompt.
	ShapeNative Shape = "native"
)

// What types of the runtime package are as results, by runtimeName.
var (
	toolShapes = map[string]Shape{
		"Content": ShapeContent, "Text": ShapeContent, "Image": ShapeContent,
		"Audio": ShapeContent, "File": ShapeContent, "Link": ShapeContent,
		"[]Content": ShapeContents, "*Result": ShapeNative,
	}
	resourceShapes = map[string]Shape{
		"File": ShapeNative, "[]File": ShapeFiles,
	}
	promptShapes = map[string]Shape{
		"Content": ShapeContent, "Text": ShapeContent, "Image": ShapeContent,
		"Audio": ShapeContent, "File": ShapeContent, "Link": ShapeContent,
		"Message": ShapeMessage, "[]Message": ShapeMessages, "*PromptResult": ShapeNative,
	}
)

// ToolShape is the shape of a tool's result, "" being none. Every type has one;
// whether it can travel as JSON is a question of its own.
func (p *Package) ToolShape(result TypeID) Shape {
	if result == "" {
		return ShapeEmpty
	}
	if shape, ok := toolShapes[p.runtimeName(result)]; ok {
		return shape
	}
	switch {
	case p.is(result, String) && len(p.Types[result].Enum) == 0:
		return ShapeText
	case p.is(p.inJSON(result), Struct), p.is(p.inJSON(result), Map), p.pointsTo(result, Struct):
		return ShapeStructured
	}
	return ShapeWrapped
}

// ResourceShape is the shape of a resource's result; it is zero for none.
func (p *Package) ResourceShape(result TypeID) Shape {
	if result == "" {
		return ""
	}
	if shape, ok := resourceShapes[p.runtimeName(result)]; ok {
		return shape
	}
	switch {
	case p.is(result, String):
		return ShapeText
	case p.is(result, Bytes):
		return ShapeBlob
	}
	return ShapeJSON
}

// PromptShape is the shape of a prompt's result; it is zero for everything that
// is neither text nor messages.
func (p *Package) PromptShape(result TypeID) Shape {
	if p.is(result, String) {
		return ShapeText
	}
	return promptShapes[p.runtimeName(result)]
}

func (p *Package) is(id TypeID, kind Kind) bool {
	t := p.Types[id]
	return t != nil && t.Kind == kind
}

// inJSON is the type that values of a type look like in JSON.
func (p *Package) inJSON(id TypeID) TypeID {
	if p.is(id, Mapped) {
		return p.Types[id].Elem
	}
	return id
}

func (p *Package) pointsTo(id TypeID, kind Kind) bool {
	return p.is(id, Pointer) && p.is(p.inJSON(p.Types[id].Elem), kind)
}

// runtimeName spells a type of the runtime package, a pointer to one or a slice
// of one without its package: "Text", "*Result", "[]Content". It is "" for others.
func (p *Package) runtimeName(id TypeID) string {
	t := p.Types[id]
	switch {
	case p.is(id, Runtime):
		return t.Name
	case p.pointsTo(id, Runtime):
		return "*" + p.Types[t.Elem].Name
	case p.is(id, Slice) && p.is(t.Elem, Runtime):
		return "[]" + p.runtimeName(t.Elem)
	}
	return ""
}
