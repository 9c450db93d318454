package runtime

import "github.com/mcpgen/mcpgen/runtime/codec"

// Optional tells three things apart that an argument or a member of a result can
// be: unset, null, and a value. It is what an update needs, where leaving a member
// out means to keep it and null means to clear it:
//
//	type Update struct {
//		Nickname runtime.Optional[string] `json:"nickname,omitzero"`
//	}
//
//	if name, ok := in.Nickname.Get(); ok {
//		person.Nickname = name
//	} else if in.Nickname.IsNull() {
//		person.Nickname = ""
//	}
//
// The zero value is unset. A caller need not send it unless the jsonschema tag says
// required, and keywords of the tag are about the value. In a result, an unset member
// is left out. Tag it omitzero if encoding/json is to do the same.
type Optional[T any] = codec.Optional[T]

// Some returns an [Optional] with a value.
func Some[T any](v T) Optional[T] { return codec.Some(v) }

// Null returns an [Optional] that is null.
func Null[T any]() Optional[T] { return codec.Null[T]() }
