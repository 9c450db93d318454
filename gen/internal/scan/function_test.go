package scan_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/mcpgen/mcpgen/gen/internal/model"
)

func TestToolNames(t *testing.T) {
	t.Parallel()
	p := one(t, `
-- app.go --
package app

// BuildReport does it.
//
//mcp:tool
func BuildReport() {}

// HTTPGet does it.
//
//mcp:tool
func HTTPGet() {}

// GetV2 does it.
//
//mcp:tool
func GetV2() {}

// UserIDs does it.
//
//mcp:tool
func UserIDs() {}

// Sha256Sum does it.
//
//mcp:tool
func Sha256Sum() {}

// Old_Name does it.
//
//mcp:tool
func Old_Name() {}

// private does it.
//
//mcp:tool
func private() {}

// ServeHTTP does it.
//
//mcp:tool name=serve.http-now
func ServeHTTP() {}
`)
	var got []string
	for _, tool := range p.Tools {
		got = append(got, tool.ToolName)
	}
	want := []string{"build_report", "http_get", "get_v2", "user_ids", "sha256_sum", "old_name", "private", "serve.http-now"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDescription(t *testing.T) {
	t.Parallel()
	p := one(t, `
-- app.go --
package app

// Analyze runs a query over
// the sales history.
//
// It reports:
//   - what stands out
//   - what does not
//
// And then
// it ends. See mcp:tool.
//
//go:noinline
//mcp:tool
func Analyze() {}

// Analyzes without the name.
//
//mcp:tool
func Analyze2() {}

/*
Block is élan.
*/
//mcp:tool
func Block() {}
`)
	want := []string{
		"Runs a query over the sales history.\n\nIt reports:\n  - what stands out\n  - what does not\n\nAnd then it ends. See mcp:tool.",
		"Analyzes without the name.",
		"Élan.",
	}
	for i, tool := range p.Tools {
		if tool.Doc != want[i] {
			t.Errorf("%s: got %q, want %q", tool.Name, tool.Doc, want[i])
		}
	}
}

func TestToolKeys(t *testing.T) {
	t.Parallel()
	p := one(t, `
-- app.go --
// Package app is a server.
//
//mcp:server name=shop version="1.2" title=Shop instructions="Ask \"first\"." tasks=optional
package app

// A does it.
//
//mcp:tool title="The A" ttl=1h poll=2s timeout=90s retries=3 readonly destructive=false strict icon=https://x/y.png scopes="read, write" // a comment
func A() {}

// B does it.
//
//mcp:tool task
func B() {}
`)
	wantServer := model.Server{Name: "shop", Version: "1.2", Title: "Shop", Instructions: `Ask "first".`, Tasks: "optional", Pos: p.Server.Pos}
	if *p.Server != wantServer {
		t.Errorf("got server %+v, want %+v", *p.Server, wantServer)
	}
	yes, no := true, false
	a := p.Tools[0]
	want := &model.Tool{
		Func: a.Func, ToolName: "a", Title: "The A", Task: "optional", TTL: "1h", Poll: "2s", Timeout: "90s", Retries: 3,
		ReadOnly: &yes, Destructive: &no, Strict: true, Icon: "https://x/y.png", Scopes: []string{"read", "write"},
		DirectivePos: a.DirectivePos, NamePos: a.NamePos,
	}
	if !reflect.DeepEqual(a, want) {
		t.Errorf("got %+v, want %+v", a, want)
	}
	if b := p.Tools[1]; b.Task != "true" {
		t.Errorf("task of B: got %q, want true", b.Task)
	}
}

func TestResource(t *testing.T) {
	t.Parallel()
	p := one(t, `
-- app.go --
package app

// Latest does it.
//
//mcp:resource uri=sales://latest mime=text/csv audience=user,assistant priority=0.5 title=T icon=i
func Latest() ([]byte, error) { return nil, nil }

// Year does it.
//
//mcp:resource uri="sales:/\x2f{year}{/path*,id:3}{?q,year}" name=by_year
func Year(year int, path []string, id, q string) string { return "" }
`)
	latest, year := p.Resources[0], p.Resources[1]
	if latest.Template() || latest.URI != "sales://latest" || latest.ResourceName != "latest" || latest.MIME != "text/csv" ||
		!slices.Equal(latest.Audience, []string{"user", "assistant"}) || *latest.Priority != 0.5 || latest.Title != "T" || latest.Icon != "i" {
		t.Errorf("got %+v", latest)
	}
	if latest.Result != "[]byte" || !latest.Err || latest.Recv != nil {
		t.Errorf("results of Latest: got %q, error %v", latest.Result, latest.Err)
	}
	if got := latest.URIPos; got.Line != 5 || got.Column != 20 {
		t.Errorf("URI of Latest is at %v, want 5:20", got)
	}
	if year.URI != "sales://{year}{/path*,id:3}{?q,year}" || year.ResourceName != "by_year" {
		t.Errorf("got %q named %q", year.URI, year.ResourceName)
	}
	type variable struct {
		name    string
		explode bool
		column  int
	}
	var got []variable
	for _, v := range year.Variables {
		got = append(got, variable{v.Name, v.Explode, v.Pos.Column})
	}
	want := []variable{{"year", false, 33}, {"path", true, 40}, {"id", false, 46}, {"q", false, 53}}
	if !slices.Equal(got, want) {
		t.Errorf("got variables %v, want %v", got, want)
	}
}

func TestMethodsAndParams(t *testing.T) {
	t.Parallel()
	p := one(t, `
-- app.go --
package app

import "context"

type Store struct{}

// Put puts.
//
//mcp:tool
//mcp:param key description="under which key" minLength=1
func (s *Store) Put(ctx context.Context, key, _ string, _ int) error { return nil }

// Get gets.
//
//mcp:prompt
func (Store) Get(string) (string, error) { return "", nil }

// Close is no tool on purpose.
//
//mcp:skip clean-up is not for clients
func (s *Store) Close() {}

// Forgotten is neither.
func (s *Store) Forgotten(func()) {}

func (s *Store) hidden() {}

type Other struct{}

func (Other) NoToolMethods() {}
`)
	put := p.Tools[0]
	if put.Recv == nil || put.Recv.Name != "s" || put.Recv.Type != "*example.com/app.Store" {
		t.Errorf("receiver: got %+v", put.Recv)
	}
	type param struct {
		name   string
		typ    model.TypeID
		column int
	}
	var got []param
	for _, v := range put.Params {
		got = append(got, param{v.Name, v.Type, v.Pos.Column})
	}
	want := []param{{"ctx", "context.Context", 21}, {"key", "string", 42}, {"_", "string", 47}, {"_", "int", 57}}
	if !slices.Equal(got, want) {
		t.Errorf("got parameters %v, want %v", got, want)
	}
	if keywords := put.Params[1].Keywords; len(keywords) != 2 || keywords[1].Key != "minLength" || keywords[1].Value != "1" {
		t.Errorf("keywords of key: got %+v", keywords)
	}
	if get := p.Prompts[0]; get.Recv.Name != "" || get.Params[0].Name != "" || get.Params[0].Pos.Column != 18 {
		t.Errorf("unnamed: got receiver %+v and parameter %+v", get.Recv, get.Params[0])
	}
	if len(p.Unexposed) != 1 || p.Unexposed[0].Name != "Forgotten" {
		t.Errorf("unexposed: got %+v, want Forgotten", p.Unexposed)
	}
	if want := []string{"Other", "Store"}; !slices.Equal(p.Declared, want) {
		t.Errorf("declared: got %q, want %q", p.Declared, want)
	}
}

func TestProviders(t *testing.T) {
	t.Parallel()
	p := one(t, `
-- app.go --
package app

import "context"

type DB struct{}

func (*DB) Get() {}

type Store interface{ Get() }

//mcp:provide
func A(ctx context.Context) *DB { return nil }

//mcp:provide scope=server
func B(s Store) (Store, func(), error) { return nil, nil, nil }

//mcp:provide
func C() (db DB, stop func() (err error), err error) { return DB{}, nil, nil }

//mcp:provide scope=call
func D() ([]DB, func(cause error) error, error) { return nil, nil, nil }

//mcp:provide
func E() (map[string]DB, context.CancelFunc, error) { return nil, nil, nil }
`)
	type row struct {
		id      string
		result  model.TypeID
		scope   model.Scope
		cleanup model.Cleanup
		err     bool
	}
	var got []row
	for _, pr := range p.Providers {
		got = append(got, row{pr.ID(), pr.Result, pr.Scope, pr.Cleanup, pr.Err})
	}
	want := []row{
		{"example.com/app.A", "*example.com/app.DB", model.CallScope, model.NoCleanup, false},
		{"example.com/app.B", "example.com/app.Store", model.ServerScope, model.CleanupPlain, true},
		{"example.com/app.C", "example.com/app.DB", model.CallScope, model.CleanupErr, true},
		{"example.com/app.D", "[]example.com/app.DB", model.CallScope, model.CleanupOutcome, true},
		{"example.com/app.E", "map[string]example.com/app.DB", model.CallScope, model.CleanupPlain, true},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%v\nwant\n%v", got, want)
	}
	if got := p.Implements["example.com/app.Store"]; !slices.Equal(got, []model.TypeID{"*example.com/app.DB"}) {
		t.Errorf("Store is satisfied by %q, want *DB", got)
	}
}
