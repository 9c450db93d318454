package differential

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// reference decodes with encoding/json into a new value, after writing out in the
// input what encoding/json does not know: the defaults of members that are absent,
// and integers that are spelled with a point or an exponent.
func (s *subject) reference(data []byte) (any, error) {
	root := s.schema()
	v := s.zero()
	d := json.NewDecoder(bytes.NewReader(root.plain(root, data)))
	d.DisallowUnknownFields()
	return v, d.Decode(v)
}

// plain writes out data, which n describes.
func (n node) plain(root node, data json.RawMessage) json.RawMessage {
	n = n.follow(root)
	data = bytes.TrimSpace(data)
	switch {
	case len(n.OneOf) > 0:
		return n.chosen(data).plain(root, data)
	case n.Type == "integer" && (data[0] == '-' || '0' <= data[0] && data[0] <= '9'):
		if r := rational(string(data)); r.IsInt() {
			return json.RawMessage(r.Num().String())
		}
	case n.Type == "array" && data[0] == '[':
		return n.plainArray(root, data)
	case n.Type == "object" && data[0] == '{':
		return n.plainObject(root, data)
	}
	return data
}

// chosen is the schema of the variant that data is, an empty one if it is none.
func (n node) chosen(data json.RawMessage) node {
	var members map[string]json.RawMessage
	if json.Unmarshal(data, &members) != nil {
		return node{}
	}
	for _, one := range n.OneOf {
		if tag := one.Properties[0]; bytes.Equal(members[tag.name], tag.schema.Const) {
			return one
		}
	}
	return node{}
}

func (n node) plainArray(root node, data json.RawMessage) json.RawMessage {
	var items []json.RawMessage
	if err := json.Unmarshal(data, &items); err != nil {
		panic(err) // the input was made as valid JSON
	}
	out := make([]string, len(items))
	for i, item := range items {
		out[i] = string(n.Items.plain(root, item))
	}
	return json.RawMessage("[" + strings.Join(out, ",") + "]")
}

func (n node) plainObject(root node, data json.RawMessage) json.RawMessage {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		panic(err)
	}
	for _, p := range n.Properties {
		if v, sent := members[p.name]; sent {
			members[p.name] = p.schema.plain(root, v)
		} else if p.schema.Default != nil {
			members[p.name] = p.schema.Default
		}
	}
	if values, ok := n.values(); ok {
		for name, v := range members {
			members[name] = values.plain(root, v)
		}
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(members)) {
		out = append(out, quote(name)+":"+string(members[name]))
	}
	return json.RawMessage("{" + strings.Join(out, ",") + "}")
}
