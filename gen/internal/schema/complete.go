package schema

import (
	"encoding/json"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// completions fills in what arguments of prompts and variables of templates can
// be, where that is known and no function completes them.
func (b *builder) completions() {
	completed := map[any]map[string]bool{} // by prompt or resource
	for _, c := range b.pkg.Completions {
		for _, t := range c.Targets {
			var owner any = t.OfPrompt
			if t.OfPrompt == nil {
				owner = t.OfResource
			}
			if completed[owner] == nil {
				completed[owner] = map[string]bool{}
			}
			completed[owner][t.Argument] = true
		}
	}
	for _, p := range b.pkg.Prompts {
		if p.Plan == nil {
			continue
		}
		values := b.known(p.Plan.Input)
		for i, a := range p.Arguments {
			if !completed[p][a.Name] {
				p.Arguments[i].Values = values[a.Name]
			}
		}
	}
	for _, r := range b.pkg.Resources {
		if r.Plan == nil {
			continue
		}
		values := b.known(r.Plan.Input)
		for i, v := range r.Variables {
			if !completed[r][v.Name] {
				r.Variables[i].Values = values[v.Name]
			}
		}
	}
}

// known are the values that arguments can have, by name, where there is a choice.
func (b *builder) known(in model.Input) map[string][]string {
	values := map[string][]string{}
	if in.Struct != "" {
		for _, f := range members(b.typ(in.Struct)) {
			values[f.Name] = b.choices(f.Type, b.fieldRules(f))
		}
	}
	for _, p := range in.Params {
		values[p.Name] = b.choices(p.Type, p.Rules)
	}
	return values
}

// choices are the values of a type and a tag as text, or nil if there are too many
// to name.
func (b *builder) choices(id model.TypeID, r *model.Rules) []string {
	t := b.target(id)
	var all []json.RawMessage
	switch {
	case r != nil && len(r.Enum) > 0:
		all = r.Enum
	case len(t.Enum) > 0:
		for _, constant := range t.Enum {
			all = append(all, constant.Value)
		}
	case t.Kind == model.Bool:
		return []string{"true", "false"}
	}
	var texts []string
	for _, value := range all {
		text := string(value)
		if json.Unmarshal(value, &text) != nil {
			text = string(value) // a number
		}
		texts = append(texts, text)
	}
	return texts
}
