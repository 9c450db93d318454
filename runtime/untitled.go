package runtime

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// titledVersion is the first version of the protocol in which a choice in a form
// has the titles of JSON Schema, and in which there are choices of several.
const titledVersion = "2025-11-25"

// untitled writes a form as the version before that has it: the titles of choices
// in enumNames.
func untitled(form json.RawMessage) (json.RawMessage, error) {
	var schema struct {
		Type       string          `json:"type"`
		Properties json.RawMessage `json:"properties"`
		Required   []string        `json:"required,omitempty"`
	}
	if err := json.Unmarshal(form, &schema); err != nil {
		return nil, err
	}
	var err error
	if schema.Properties, err = untitledProperties(schema.Properties); err != nil {
		return nil, err
	}
	return json.Marshal(schema)
}

// untitledProperties keeps the order of the properties, which is that of the form.
func untitledProperties(properties json.RawMessage) (json.RawMessage, error) {
	d := json.NewDecoder(bytes.NewReader(properties))
	if _, err := d.Token(); err != nil { // {
		return nil, err
	}
	var out bytes.Buffer
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		var property map[string]json.RawMessage
		if err := d.Decode(&property); err != nil {
			return nil, err
		}
		if string(property["type"]) == `"array"` {
			return nil, &cannotAsk{what: ErrCannotAsk, reason: fmt.Sprintf("its version of the protocol has no form in which several of %v can be chosen", name)}
		}
		if err := untitleChoices(property); err != nil {
			return nil, err
		}
		key, err := json.Marshal(name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(property)
		if err != nil {
			return nil, err
		}
		out.WriteByte(separator(out.Len()))
		out.Write(key)
		out.WriteByte(':')
		out.Write(value)
	}
	if out.Len() == 0 {
		return json.RawMessage("{}"), nil
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// separator stands before a member of an object of which so much is written.
func separator(written int) byte {
	if written == 0 {
		return '{'
	}
	return ','
}

func untitleChoices(property map[string]json.RawMessage) error {
	titled, ok := property["oneOf"]
	if !ok {
		return nil
	}
	var choices []struct{ Const, Title string }
	if err := json.Unmarshal(titled, &choices); err != nil {
		return err
	}
	values, titles := make([]string, len(choices)), make([]string, len(choices))
	for i, c := range choices {
		values[i], titles[i] = c.Const, c.Title
	}
	delete(property, "oneOf")
	var err error
	if property["enum"], err = json.Marshal(values); err != nil {
		return err
	}
	property["enumNames"], err = json.Marshal(titles)
	return err
}
