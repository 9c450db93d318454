// Package runtime serves what the generated Register functions declare: tools,
// resources and prompts of the Model Context Protocol, on stdio and on HTTP.
//
// A server is one line, Register being in the generated mcp_gen.go:
//
//	func main() { runtime.Main(runtime.Info{Name: "sales"}, Register) }
//
// [Main] is the whole binary with its flags and signals. A program that does
// more uses a [Server] itself, with [Server.ServeStdio], [Server.Handler] or
// [Server.ListenAndServe]; a program that already has a server of the official
// SDK adds to it with [Mount]. Tests connect with package mcptest.
//
// Functions of a server may take a [*Call] for what is known of the request,
// a [Progress] to tell how far they are, and an [Ask] to put a question to the
// person behind it. What they return that is more than
// plain values is in this package too: [Text], [Image], [Audio], [File], [Link],
// [Result], [Message], [PromptResult].
//
// Functions may also take a [*Catalog], to tell clients what has changed and to
// hide and show what is offered, and a [ClientLogger], to log to the client. What
// they start beside themselves, they start with [Go].
//
// The other exported functions are for generated code. They are stable in the
// sense that [Version1RunGoGetMcpgenThenGoGenerate] describes.
package runtime

// Version1RunGoGetMcpgenThenGoGenerate is named by all generated code, so that
// code made for another version of this package does not compile instead of
// behaving oddly, and so that the compiler's message says what to do. It changes
// its name when the calls between generated code and this package change.
const Version1RunGoGetMcpgenThenGoGenerate = true
