package runtime

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// CheckResults holds every structured result against the output schema of its tool
// and logs, at level error, what does not fit. It is for development: a result that
// the generated encoder wrote fits, but a MarshalJSON of your own, a tag such as
// minimum, or a schema that you wrote yourself can promise something else.
//
// The result goes out as it is, so that a server does the same with and without the
// check; clients may well refuse it. Formats, such as uuid, are not checked.
func CheckResults() Option {
	return func(s *Server) { s.checkResults = true }
}

// resultCheck holds results against one output schema.
type resultCheck struct {
	root *jsonschema.Schema
	err  error // why the schema itself is no good
}

func newResultCheck(schema string) *resultCheck {
	c := &resultCheck{root: new(jsonschema.Schema)}
	c.err = json.Unmarshal([]byte(schema), c.root)
	if c.err == nil {
		_, c.err = c.root.Resolve(nil)
	}
	return c
}

// log logs what is wrong with the result of a call.
func (check *resultCheck) log(ctx context.Context, c *Call, result *Result) {
	if check == nil {
		return
	}
	for _, v := range check.violations(result) {
		c.Logger().ErrorContext(ctx, "the result does not fit the output schema", "pointer", v.pointer, "reason", v.reason)
	}
}

// violation is one thing that is wrong with a result. The pointer to it is "" for
// the result as a whole.
type violation struct{ pointer, reason string }

func (check *resultCheck) violations(result *Result) []violation {
	if check.err != nil {
		return []violation{{"", "the output schema is wrong: " + check.err.Error()}}
	}
	if result == nil || result.Structured == nil {
		return []violation{{"", "there is no structured content"}}
	}
	var value any
	if err := json.Unmarshal(result.Structured, &value); err != nil {
		return []violation{{"", "it is no JSON: " + err.Error()}}
	}
	return check.within(check.root, value, "")
}

// within finds what is wrong with value, which is at pointer: with its parts or, if
// these are all right, with itself. The validator only says where in the schema it
// has stopped, so that each part is validated by itself, along the wrong ones.
func (check *resultCheck) within(s *jsonschema.Schema, value any, pointer string) []violation {
	s = check.target(s)
	err := check.validate(s, value)
	if err == nil {
		return nil
	}
	var found []violation
	switch value := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			if part := cmp.Or(s.Properties[name], s.AdditionalProperties); part != nil && part.Not == nil { // false is {"not": {}}
				found = append(found, check.within(part, value[name], pointer+"/"+escapePointer.Replace(name))...)
			}
		}
	case []any:
		for i, element := range value {
			if s.Items != nil {
				found = append(found, check.within(s.Items, element, pointer+"/"+strconv.Itoa(i))...)
			}
		}
	}
	if len(found) == 0 {
		found = []violation{{pointer, cut(innermost(err).Error())}}
	}
	return found
}

var escapePointer = strings.NewReplacer("~", "~0", "/", "~1")

// target is what s stands for: behind references, and beside null.
func (check *resultCheck) target(s *jsonschema.Schema) *jsonschema.Schema {
	for range len(check.root.Defs) + 1 {
		name, ok := strings.CutPrefix(s.Ref, "#/$defs/")
		if !ok || check.root.Defs[name] == nil {
			break
		}
		s = check.root.Defs[name]
	}
	if len(s.AnyOf) == 2 && s.AnyOf[1].Type == "null" {
		return check.target(s.AnyOf[0])
	}
	return s
}

// validate holds value against s, which is a part of the schema.
func (check *resultCheck) validate(s *jsonschema.Schema, value any) error {
	part := s.CloneSchemas() // a schema may have no part in common with what it refers to
	part.Defs = check.root.Defs
	resolved, err := part.Resolve(nil)
	if err != nil {
		return err
	}
	return resolved.Validate(value)
}

// innermost is the reason without the places in the schema around it.
func innermost(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

// maxReason is how much of a reason is logged, as it may hold a whole value.
const maxReason = 200

func cut(reason string) string {
	if len(reason) <= maxReason {
		return reason
	}
	return fmt.Sprintf("%s… (%d bytes)", strings.ToValidUTF8(reason[:maxReason], ""), len(reason))
}
