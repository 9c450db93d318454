package differential

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// mirrorShape is a Shape that encoding/json can read and write.
type mirrorShape struct{ Shape }

func (m *mirrorShape) UnmarshalJSON(data []byte) error {
	var err error
	switch kind := discriminator(data, "kind"); kind {
	case "circle":
		var v struct {
			Kind string `json:"kind"`
			Circle
		}
		err = decodeKnown(data, &v)
		m.Shape = v.Circle
	case "quad":
		var v struct {
			Kind string `json:"kind"`
			Square
		}
		err = decodeKnown(data, &v)
		m.Shape = &v.Square
	case "empty":
		var v struct {
			Kind string `json:"kind"`
		}
		err = decodeKnown(data, &v)
		m.Shape = Empty{}
	default:
		return fmt.Errorf("%s is no shape", kind)
	}
	return err
}

func (m mirrorShape) MarshalJSON() ([]byte, error) {
	type kind struct {
		Kind string `json:"kind"`
	}
	switch v := m.Shape.(type) {
	case Circle:
		return json.Marshal(struct {
			kind
			Circle
		}{kind{"circle"}, v})
	case *Square:
		return json.Marshal(struct {
			kind
			*Square
		}{kind{"quad"}, v})
	}
	return json.Marshal(kind{"empty"})
}

// mirrorTree is a Tree that encoding/json can read and write.
type mirrorTree struct {
	leaf   *mirrorLeaf
	branch *mirrorBranch
}

type mirrorLeaf struct {
	Type string `json:"type"`
	Leaf
}

type mirrorBranch struct {
	Type  string       `json:"type"`
	Trees []mirrorTree `json:"trees"`
	Shape *mirrorShape `json:"shape,omitempty"`
}

func (m *mirrorTree) UnmarshalJSON(data []byte) error {
	switch kind := discriminator(data, "type"); kind {
	case "leaf":
		return decodeKnown(data, &m.leaf)
	case "branch":
		return decodeKnown(data, &m.branch)
	default:
		return fmt.Errorf("%s is no tree", kind)
	}
}

func (m mirrorTree) MarshalJSON() ([]byte, error) {
	if m.leaf != nil {
		return json.Marshal(m.leaf)
	}
	return json.Marshal(m.branch)
}

func discriminator(data []byte, name string) string {
	var members map[string]json.RawMessage
	var value string
	if json.Unmarshal(data, &members) != nil || json.Unmarshal(members[name], &value) != nil {
		return ""
	}
	return value
}

// decodeKnown does not take unknown members, which is not handed on to methods.
func decodeKnown(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	return d.Decode(v)
}
