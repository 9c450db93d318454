// Package oidc checks access tokens that are JWTs of an OpenID Connect provider or
// another OAuth authorization server:
//
//	func main() {
//		runtime.Main(runtime.Info{Name: "sales"}, Register, oidc.Protect(oidc.Options{
//			Issuer:   "https://login.example.com",
//			Resource: "https://mcp.example.com/mcp",
//		}))
//	}
//
// That is all: over HTTP the server then refuses callers without a token that the
// issuer signed for the resource, tells clients where to get one, and asks for the
// scopes of each tool. Over stdio nothing changes. What a token says of its holder
// is for providers and tools to read:
//
//	// CurrentUser is who calls.
//	//
//	//mcp:provide
//	func CurrentUser(call *runtime.Call) (User, error) {
//		return oidc.Claims[User](call)
//	}
//
// It is a package of its own so that servers without it do not link a library for
// signatures.
package oidc
