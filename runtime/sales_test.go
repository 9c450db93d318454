package runtime_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/codec"
)

// What follows is a package as a user would write it, and below it the code that
// mcpgen would generate for it.

type AnalyzeInput struct {
	Query string
	Limit int
}

type Report struct {
	Title string
	Count int64
	Items []string
}

// Store is satisfied by *DB.
type Store interface{ Find(query string) []string }

// DB is a database that writes down what happens to it.
type DB struct {
	mu   sync.Mutex
	rows []string
	log  []string
}

func (db *DB) Find(query string) []string {
	var found []string
	for _, row := range db.rows {
		if strings.Contains(row, query) {
			found = append(found, row)
		}
	}
	return found
}

func (db *DB) note(event string) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.log = append(db.log, event)
}

func (db *DB) events() []string {
	db.mu.Lock()
	defer db.mu.Unlock()
	return slices.Clone(db.log)
}

type Tx struct{ db *DB }

// sales is the package's state as far as tests have to see it: a real package
// would have none.
type sales struct {
	db       DB
	openErr  error
	beginErr error
}

func (p *sales) OpenDB(context.Context) (*DB, func() error, error) {
	if p.openErr != nil {
		return nil, nil, p.openErr
	}
	p.db.note("open")
	return &p.db, func() error { p.db.note("close"); return nil }, nil
}

func (p *sales) BeginTx(_ context.Context, db *DB) (*Tx, func(error) error, error) {
	if p.beginErr != nil {
		return nil, nil, p.beginErr
	}
	db.note("begin")
	return &Tx{db}, func(outcome error) error {
		if outcome != nil {
			db.note("rollback: " + outcome.Error())
			return nil
		}
		db.note("commit")
		return nil
	}, nil
}

func Analyze(ctx context.Context, in AnalyzeInput, tx *Tx, store Store, progress runtime.Progress) (Report, error) {
	switch in.Query {
	case "panic":
		panic("secret password")
	case "protocol":
		return Report{}, &runtime.ProtocolError{Code: -32055, Message: "custom", Data: []byte(`{"why":1}`)}
	case "wait":
		<-ctx.Done()
		return Report{}, fmt.Errorf("waiting: %w", ctx.Err())
	}
	found := store.Find(in.Query)
	if len(found) == 0 {
		return Report{}, fmt.Errorf("nothing found for %q", in.Query)
	}
	for i := range found {
		progress.Report(float64(i+1), float64(len(found)), "found "+found[i])
	}
	return Report{Title: "About " + in.Query, Count: int64(len(found)) + 1<<53, Items: found[:min(in.Limit, len(found))]}, nil
}

// From here on as generated.

const _ = runtime.Version1RunGoGetMcpgenThenGoGenerate

func (p *sales) Register(s *runtime.Server) {
	v := &serverValues{p: p}
	s.OnStart(v.open)
	s.Describe(runtime.Info{Name: "sales", Instructions: "Ask about shoes."})

	runtime.AddTool(s, runtime.Tool{
		Name:         "analyze",
		Title:        "Analyze",
		Description:  "Runs a query over the sales history and reports what stands out.",
		InputSchema:  analyzeInputSchema,
		OutputSchema: `{"type": "object"}`,
		ReadOnly:     runtime.True,
		Task:         runtime.TaskOptional,
		Timeout:      50 * time.Millisecond,
	}, decodeAnalyzeInput, v.callAnalyze)
	runtime.AddResource(s, runtime.Resource{
		URI:         "sales://latest",
		Name:        "latest",
		Description: "The latest sales.",
		MIMEType:    "application/json",
		Audience:    []string{"assistant"},
		Priority:    0.5,
	}, v.readLatest)
	runtime.AddResourceTemplate(s, runtime.ResourceTemplate{
		URITemplate: "sales://year/{year}{?months*,note}",
		Name:        "year",
		Description: "The sales of a year.",
		MIMEType:    "text/plain",
	}, decodeYearArguments, v.readYear)
	runtime.AddPrompt(s, runtime.Prompt{
		Name:        "review",
		Description: "Reviews a year.",
		Arguments:   []runtime.PromptArgument{{Name: "year", Required: true}},
	}, decodeReviewArguments, v.getReview)
}

type serverValues struct {
	p  *sales
	db *DB
}

func (v *serverValues) open(ctx context.Context, scope *runtime.Scope) (err error) {
	if v.db, err = runtime.Open(scope, "example.com/sales.OpenDB", func() (*DB, func() error, error) {
		return v.p.OpenDB(ctx)
	}); err != nil {
		return err
	}
	return nil
}

func (v *serverValues) callAnalyze(ctx context.Context, call *runtime.Call, in AnalyzeInput) (*runtime.Result, error) {
	tx, err := runtime.Open(call.Scope(), "example.com/sales.BeginTx", func() (*Tx, func(error) error, error) {
		return v.p.BeginTx(ctx, v.db)
	})
	if err != nil {
		return nil, err
	}
	out, err := Analyze(ctx, in, tx, runtime.Bind[Store](call.Scope(), v.db), call.Progress())
	if err != nil {
		return nil, err
	}
	return runtime.StructuredResult(out, encodeReport)
}

func (v *serverValues) readLatest(ctx context.Context, call *runtime.Call) ([]runtime.File, error) {
	return runtime.JSONContents(Report{Title: call.URI()}, encodeReport)
}

func (v *serverValues) readYear(ctx context.Context, call *runtime.Call, in yearArguments) ([]runtime.File, error) {
	if in.year == 1 {
		return nil, runtime.NotFound(call.URI())
	}
	if in.year == 2 {
		return nil, errors.New("the year 2 is closed")
	}
	return runtime.TextContents(fmt.Sprintf("%d %v %q", in.year, in.months, in.note)), nil
}

func (v *serverValues) getReview(ctx context.Context, call *runtime.Call, in yearArguments) (*runtime.PromptResult, error) {
	if in.year == 2 {
		return nil, errors.New("the year 2 is closed")
	}
	return runtime.PromptMessages(runtime.User(fmt.Sprint("Review ", in.year)), runtime.Assistant("Gladly.")), nil
}

const analyzeInputSchema = `{"type": "object", "properties": {"query": {"type": "string"}, "limit": {"type": "integer"}}}`

var analyzeInputMembers = codec.Members{{Name: "query", Required: true}, {Name: "limit"}}

func decodeAnalyzeInput(d *codec.Decoder) (v AnalyzeInput) {
	v.Limit = 10
	for name := range d.Object(analyzeInputMembers) {
		switch name {
		case "query":
			v.Query = codec.String[string](d)
			codec.MinLength(d, v.Query, 1)
		case "limit":
			v.Limit = codec.Int[int](d)
			codec.Maximum(d, v.Limit, 100)
		}
	}
	return v
}

type yearArguments struct {
	year   int
	months []int
	note   string
}

var yearArgumentsMembers = codec.Members{{Name: "year", Required: true}, {Name: "months"}, {Name: "note"}}

func decodeYearArguments(d *codec.Decoder) (v yearArguments) {
	for name := range d.Object(yearArgumentsMembers) {
		switch name {
		case "year":
			v.year = codec.Int[int](d)
		case "months":
			v.months = codec.Slice(d, codec.Int[int])
		case "note":
			v.note = codec.String[string](d)
		}
	}
	return v
}

func decodeReviewArguments(d *codec.Decoder) (v yearArguments) {
	for name := range d.Object(codec.Members{{Name: "year", Required: true}}) {
		switch name {
		case "year":
			v.year = codec.Int[int](d)
		}
	}
	return v
}

func encodeReport(e *codec.Encoder, v Report) {
	e.BeginObject()
	e.Name("title")
	e.String(v.Title)
	e.Name("count")
	e.Int(v.Count)
	e.Name("items")
	codec.EncodeSlice(e, v.Items, (*codec.Encoder).String)
	e.EndObject()
}
