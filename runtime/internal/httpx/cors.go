package httpx

import "net/http"

// What pages of an allowed origin may send and read.
const (
	corsMethods  = "GET, POST, DELETE"
	corsRequest  = "Authorization, Content-Type, Accept, Last-Event-ID, Mcp-Protocol-Version, Mcp-Session-Id, Mcp-Method, Mcp-Name"
	corsResponse = "Mcp-Session-Id, WWW-Authenticate, Retry-After"
)

// Share adds to a response what the browser of an allowed origin has to see, and
// reports whether the request was no more than the question whether it may send
// one, which is answered then.
func (g *Gate) Share(w http.ResponseWriter, r *http.Request) (answered bool) {
	origin := r.Header.Get("Origin")
	if !g.Allows(origin) {
		return false
	}
	h := w.Header()
	h.Add("Vary", "Origin")
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Expose-Headers", corsResponse)
	if r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == "" {
		return false
	}
	h.Set("Access-Control-Allow-Methods", corsMethods)
	h.Set("Access-Control-Allow-Headers", corsHeaders(r))
	h.Set("Access-Control-Max-Age", "600")
	w.WriteHeader(http.StatusNoContent)
	return true
}

// corsHeaders are the headers that the page may send. Those that mirror arguments
// of tools have no fixed names, so what is asked for is allowed.
func corsHeaders(r *http.Request) string {
	if wanted := r.Header.Get("Access-Control-Request-Headers"); wanted != "" && len(wanted) < 1<<10 {
		return wanted
	}
	return corsRequest
}
