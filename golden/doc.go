// Package golden holds the generator's corpus: one folder a feature, each an
// ordinary package that is compiled, vetted and called by the tests.
//
// A case is a small Go file that shows the feature, the mcp_gen.go that the
// generator makes of it, and wire.txtar, a conversation with the resulting
// server. To add one, write the Go file and the requests of the conversation,
// after a comment that says what they show:
//
//	A tool with one plain parameter answers with text.
//
//	-- > tools/call --
//	{"name": "greet", "arguments": {"name": "Ada"}}
//
// and let the generator and the test fill in the rest, which is then read and
// judged; run in this folder, they name each file that they change:
//
//	go generate && go test -update
//
// A server may ask meanwhile: a section named = and a method, after the request,
// answers the server's own request of that method, which is recorded as a section
// named ?. A request that names its protocol version in _meta needs no handshake. A
// requestState is another one each time; (state) stands for the one that came last, as
// (task) does for the id of a task. Every call of a client that can take a task becomes
// one, if its tool can; a tasks/get is repeated until the task has ended.
//
// TYPES.md, which the test makes of all cases, tells readers what becomes of each
// Go type.
//
// Replies are sections named <, or < error for an error of the protocol;
// notifications that came before a reply are sections named ! and their method.
// Bad input, with the messages that it gets, is in the folder bad. What no person
// would think of is in the folder differential.
package golden

//go:generate go run ../cmd/mcpgen ./...
