// Package runtime serves what the generated Register functions declare: tools,
// resources and prompts of the Model Context Protocol, on stdio and on HTTP.
//
// A server is one line, Register being in the generated mcp_gen.go:
//
//	func main() { runtime.Main(runtime.Info{Name: "sales"}, Register) }
//
// [Main] is the whole binary with its flags and signals; the flag -h prints them.
// A program that does more uses a [Server] itself, with [Server.ServeStdio],
// [Server.Handler] or [Server.ListenAndServe]; a program that already has a server
// of the official SDK adds to it with [Mount]. Tests connect with package mcptest.
//
// # What functions ask for
//
// Functions and providers get these by having a parameter of the type; a provider
// with scope=server belongs to no call, and of these can only have the last.
//
//   - A [*Call] tells of the request: of its client, header and token. It also borrows
//     the client's model, [Call.Sample], and asks what its user works on, [Call.Roots].
//   - A *auth.TokenInfo, of the SDK's package auth, tells who calls.
//   - A [Progress] tells the client how far the call is.
//   - An [Ask] puts a question to the person behind the call.
//   - A [ClientLogger] logs to the client.
//   - A [*Catalog] hides and shows what is offered, and tells clients of changes.
//
// Other tools they call with [CallTool]. Goroutines they start with [Go], so that a panic does not end the server and a call
// waits for its own; programs with [Command], so that they end with the context.
//
// # What functions take and return
//
// An argument that may be left out or null is an [Optional]. Results that are more
// than plain values are [Text], [Image], [Audio], [File], [Link] and, for everything
// there is to say, [Result]; those of prompts are a [Message] or a [PromptResult].
//
// The error of a tool is shown to the model. Errors of providers and clean-ups are
// not, unless [Errorf] made them; a [ProtocolError] and [NotFound] are for the
// client.
//
// # What a program sets
//
// A server has [Option] values, which are given to [NewServer]; [Use] with
// middleware, [CallTimeout] and [CacheLists] may be given to [Main] as well, beside
// Register. [WithTasks] says where tasks are kept. [StateKeys] is for several processes behind one address, and
// [CheckResults] for development; Main has flags for these.
//
// Over HTTP, [HTTP] holds names, certificates and limits, and [Auth] says who may
// call. Package oidc makes one for tokens of an OpenID Connect provider, and package
// telemetry records requests with OpenTelemetry.
//
// # What generated code uses
//
// The other exported functions are for generated code. They are stable in the
// sense that [Version1RunGoGetMcpgenThenGoGenerate] describes.
package runtime

// Version1RunGoGetMcpgenThenGoGenerate is named by all generated code, so that
// code made for another version of this package does not compile instead of
// behaving oddly, and so that the compiler's message says what to do. It changes
// its name when the calls between generated code and this package change.
const Version1RunGoGetMcpgenThenGoGenerate = true
