package scan

import (
	"go/types"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// shape is what a function returns.
type shape struct {
	result  types.Type // nil for none
	err     bool
	cleanup model.Cleanup
}

// checkResults reads the results of a tool, resource or prompt.
func (f *function) checkResults() {
	results := resultTypes(f.signature())
	if n := len(results); n > 0 && isError(results[n-1]) {
		f.shape.err = true
		results = results[:n-1]
	}
	switch {
	case f.role() == "completion" && (len(results) != 1 || !isStrings(results[0])):
		f.badResults("returns no suggestions").Suggest("return %s", returns["completion"])
	case len(results) == 1 && !isError(results[0]):
		f.shape.result = results[0]
	case len(results) == 0 && f.role() == "tool":
	case len(results) == 0:
		f.badResults("returns nothing to show").Suggest("return %s", returns[f.role()])
	default:
		f.badResults("has results of no known shape").Suggest("return %s", returns[f.role()])
	}
}

// returns says what a function of each role may return.
var returns = map[string]string{
	"tool":       "nothing, error, T or (T, error); put several values into a struct",
	"completion": "[]string or ([]string, error)",
	"resource":   "T or (T, error), where T is string, []byte, runtime.File, []runtime.File or a value to be read as JSON",
	"prompt":     "T or (T, error), where T is string, runtime.Message, []runtime.Message, runtime.Content or *runtime.PromptResult",
}

// cleanups are the functions that a provider may return to undo itself.
var cleanups = map[string]model.Cleanup{
	"func()":            model.CleanupPlain,
	"func() error":      model.CleanupErr,
	"func(error) error": model.CleanupOutcome,
}

// checkProvider reads the results of a provider.
func (f *function) checkProvider() {
	if f.decl.Recv != nil {
		f.unit.diags.Addf(f.pos(), "method %s cannot be a provider", f.name()).
			Suggest("write a function that takes the receiver as a parameter")
		return
	}
	results := resultTypes(f.signature())
	n := len(results)
	f.shape.err = n > 0 && isError(results[n-1])
	switch {
	case n == 1 && !f.shape.err, n == 2 && f.shape.err && !isError(results[0]):
	case n == 3 && f.shape.err && !isError(results[0]):
		f.shape.cleanup = cleanups[withoutNames(results[1])]
		if f.shape.cleanup == "" {
			f.badResults("returns a clean-up of no known shape").
				Suggest("return func(), func() error or func(error) error beside the value and the error")
			return
		}
	default:
		d := f.badResults("has results of no known shape")
		d.Suggest("return T, (T, error) or (T, func() error, error)")
		return
	}
	f.shape.result = results[0]
	f.checkProvided()
}

// builtIn are the types that every function can ask for.
var builtIn = map[string]bool{
	"context.Context": true, "*log/slog.Logger": true, "net/http.Header": true,
	runtimePath + ".Progress": true, "*" + runtimePath + ".Catalog": true, runtimePath + ".ClientLogger": true, "*" + runtimePath + ".Call": true,
}

// checkProvided reports a provider of what needs none, or of what would take the
// place of ordinary arguments.
func (f *function) checkProvided() {
	spelled := f.unit.spell(f.shape.result)
	switch result := types.Unalias(f.shape.result); {
	case builtIn[typeName(result)]:
		f.badResults("provides %s, which mcpgen provides itself", spelled).Suggest("ask for it as a parameter")
	case isBasic(result) || isEmptyInterface(result):
		f.badResults("provides %s, which every argument could be", spelled).Suggest("return a type of your own")
	}
}

func resultTypes(sig *types.Signature) []types.Type {
	var all []types.Type
	for v := range sig.Results().Variables() {
		all = append(all, v.Type())
	}
	return all
}

func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

func isBasic(t types.Type) bool {
	_, ok := t.(*types.Basic)
	return ok
}

func isEmptyInterface(t types.Type) bool {
	i, ok := t.(*types.Interface)
	return ok && i.Empty()
}

// withoutNames writes the signature of a function type without parameter names.
func withoutNames(t types.Type) string {
	sig, ok := t.Underlying().(*types.Signature)
	if !ok || sig.Variadic() {
		return ""
	}
	return types.TypeString(unnamedSignature(sig), nil)
}

// unnamedSignature is a signature without a receiver and the names of parameters.
func unnamedSignature(sig *types.Signature) *types.Signature {
	unnamed := func(tuple *types.Tuple) *types.Tuple {
		var vars []*types.Var
		for v := range tuple.Variables() {
			vars = append(vars, types.NewParam(0, nil, "", v.Type()))
		}
		return types.NewTuple(vars...)
	}
	return types.NewSignatureType(nil, nil, nil, unnamed(sig.Params()), unnamed(sig.Results()), sig.Variadic())
}
