package runtime

import (
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"sync"
	"testing"
)

// journal writes down what clean-ups do.
type journal []string

func (j *journal) open(s *Scope, name string, cleanUp func(error) error) error {
	_, err := Open(s, name, func() (string, func(error) error, error) {
		return name, func(outcome error) error {
			*j = append(*j, fmt.Sprintf("%s(%v)", name, outcome))
			return cleanUp(outcome)
		}, nil
	})
	return err
}

func newScope() *Scope { return &Scope{log: slog.New(slog.DiscardHandler)} }

func TestScopeEndsInReverseOrder(t *testing.T) {
	t.Parallel()
	fine := func(error) error { return nil }
	fails := func(error) error { return errors.New("full") }
	panics := func(error) error { panic("boom") }
	failed := errors.New("failed")

	for _, row := range []struct {
		name     string
		cleanUps []func(error) error // of a, b, c
		outcome  error
		want     journal
		wantErr  string
	}{
		{"success", []func(error) error{fine, fine, fine}, nil, journal{"c(<nil>)", "b(<nil>)", "a(<nil>)"}, ""},
		{"failure", []func(error) error{fine, fine}, failed, journal{"b(failed)", "a(failed)"}, ""},
		{"a clean-up fails", []func(error) error{fine, fails, fine}, nil, journal{"c(<nil>)", "b(<nil>)", "a(b: clean-up: full)"}, "b: clean-up: full"},
		{"a clean-up panics", []func(error) error{fine, panics}, nil, journal{"b(<nil>)", "a(b: clean-up: panic (the log has the stack))"}, "b: clean-up: panic (the log has the stack)"},
		{"all panic", []func(error) error{panics, panics}, failed, journal{"b(failed)", "a(failed)"}, "b: clean-up: panic (the log has the stack)\na: clean-up: panic (the log has the stack)"},
		{"nothing", nil, nil, nil, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := newScope()
			var got journal
			for i, cleanUp := range row.cleanUps {
				if err := got.open(s, string(rune('a'+i)), cleanUp); err != nil {
					t.Fatal(err)
				}
			}
			err := s.end(row.outcome)
			if !slices.Equal(got, row.want) {
				t.Errorf("clean-ups = %q, want %q", got, row.want)
			}
			if text(err) != row.wantErr {
				t.Errorf("error = %q, want %q", text(err), row.wantErr)
			}
			if err := s.end(nil); err != nil || len(got) != len(row.want) {
				t.Errorf("a second end did something: error %v, clean-ups %q", err, got)
			}
		})
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestOpenTakesEveryShapeOfCleanup(t *testing.T) {
	t.Parallel()
	s := newScope()
	var ran []string
	Open(s, "1", func() (int, func(), error) { return 1, func() { ran = append(ran, "func()") }, nil })
	Open(s, "2", func() (int, func() error, error) {
		return 2, func() error { ran = append(ran, "func() error"); return nil }, nil
	})
	Open(s, "3", func() (int, func(error) error, error) {
		return 3, func(error) error { ran = append(ran, "func(error) error"); return nil }, nil
	})
	Open(s, "4", func() (int, func(), error) { return 4, nil, nil })
	Open(s, "5", func() (int, func() error, error) { return 5, nil, nil })
	Open(s, "6", func() (int, func(error) error, error) { return 6, nil, nil })
	Open(s, "7", func() (int, func(), error) {
		return 7, func() { ran = append(ran, "of a failure") }, errors.New("failed")
	})
	if err := s.end(nil); err != nil {
		t.Errorf("end: %v", err)
	}
	if want := []string{"func(error) error", "func() error", "func()"}; !slices.Equal(ran, want) {
		t.Errorf("clean-ups = %q, want %q", ran, want)
	}
}

func TestProviderPanicIsAnError(t *testing.T) {
	t.Parallel()
	_, err := Provide(newScope(), "example.com/p.New", func() (int, error) { panic("secret") })
	if want := "example.com/p.New: panic (the log has the stack)"; text(err) != want {
		t.Errorf("error = %q, want %q", text(err), want)
	}
	if got := publicText(err); got != internalText {
		t.Errorf("public text = %q, want %q", got, internalText)
	}
}

func TestServerScopeProvidesOnce(t *testing.T) {
	t.Parallel()
	s := newScope()
	s.remembers = true
	var opened, closed int
	provide := func() (*int, error) {
		return Open(s, "example.com/p.New", func() (*int, func(), error) {
			opened++ // no lock: the scope has to call us once, whoever asks
			return new(int), func() { closed++ }, nil
		})
	}
	var wg sync.WaitGroup
	values := make([]*int, 8)
	for i := range values {
		wg.Go(func() { values[i], _ = provide() })
	}
	wg.Wait()
	for _, v := range values {
		if v != values[0] {
			t.Error("two callers got different values")
		}
	}
	s.end(nil)
	if opened != 1 || closed != 1 {
		t.Errorf("opened %d times and closed %d times, want once each", opened, closed)
	}
}

func TestServerScopeRemembersFailureAndNil(t *testing.T) {
	t.Parallel()
	s := newScope()
	s.remembers = true
	for range 2 {
		v, err := Provide(s, "nil", func() (fmt.Stringer, error) { return nil, nil })
		if v != nil || err != nil {
			t.Errorf("Provide = %v, %v, want nil, nil", v, err)
		}
		_, err = Provide(s, "fails", func() (int, error) { return 0, errors.New("failed") })
		if text(err) != "fails: failed" {
			t.Errorf("error = %q, want %q", text(err), "fails: failed")
		}
	}
}

func TestCallScopeProvidesEachTime(t *testing.T) {
	t.Parallel()
	s := newScope()
	var n int
	for range 2 {
		Provide(s, "same", func() (int, error) { n++; return n, nil })
	}
	if n != 2 {
		t.Errorf("provided %d times, want 2", n)
	}
}

type store interface{ get() string }

type realStore struct{}

func (realStore) get() string { return "real" }

type fakeStore struct{}

func (fakeStore) get() string { return "fake" }

func TestReplace(t *testing.T) {
	t.Parallel()
	server := NewServer(Info{}, Replace[store](fakeStore{}), Replace(42), Replace("unused"))
	c := server.newCall("tool", "x", "", nil)

	n, err := Open(c.Scope(), "id", func() (int, func(), error) { t.Error("the provider was called"); return 0, nil, nil })
	if n != 42 || err != nil {
		t.Errorf("Open[int] = %d, %v, want the replacement 42", n, err)
	}
	if got := Bind[store](c.Scope(), realStore{}).get(); got != "fake" {
		t.Errorf("Bind[store] is the %s one, want the fake", got)
	}
	if got := Bind(c.Scope(), realStore{}).get(); got != "real" {
		t.Errorf("Bind[realStore] is the %s one; only the exact type is replaced", got)
	}
	if got, want := server.UnusedReplacements(), []string{"string"}; !slices.Equal(got, want) {
		t.Errorf("UnusedReplacements = %q, want %q", got, want)
	}
}

func TestInfoOr(t *testing.T) {
	t.Parallel()
	full := Info{"n", "v", "t", "d", "i", "w", "c"}
	if got := (Info{}).or(full); got != full {
		t.Errorf("an empty Info stays %+v, want %+v", got, full)
	}
	if got := full.or(Info{"1", "2", "3", "4", "5", "6", "7"}); got != full {
		t.Errorf("a full Info becomes %+v, want %+v", got, full)
	}
	if n := reflect.TypeFor[Info]().NumField(); n != 7 {
		t.Errorf("Info has %d fields; or and this test know 7", n)
	}
}

func TestModuleName(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"example.com/sales":    "sales",
		"example.com/sales/v2": "sales",
		"sales":                "sales",
		"v2":                   "v2",
		"example.com/vision":   "vision",
	} {
		if got := moduleName(path); got != want {
			t.Errorf("moduleName(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestPublicText(t *testing.T) {
	t.Parallel()
	secret := errors.New("dial db.internal: refused")
	for _, row := range []struct {
		name string
		err  error
		want string
	}{
		{"of a function", secret, secret.Error()},
		{"of a provider", &providerError{"p.New", secret}, internalText},
		{"of a provider, wrapped by a function", fmt.Errorf("trying: %w", &providerError{"p.New", secret}), internalText},
		{"public, of a provider", &providerError{"p.New", Errorf("closed")}, "closed"},
		{"public, wrapped in a provider", &providerError{"p.New", fmt.Errorf("db.internal: %w", Errorf("closed"))}, "closed"},
		{"panic", errPanic, internalText},
	} {
		if got := publicText(row.err); got != row.want {
			t.Errorf("%s: publicText = %q, want %q", row.name, got, row.want)
		}
		if got := wireError(row.err).Message; got != row.want {
			t.Errorf("%s: the message of the wire error = %q, want %q", row.name, got, row.want)
		}
	}
}

func TestTimeoutText(t *testing.T) {
	t.Parallel()
	if got, want := (&timeoutError{defaultTimeout}).Error(), "timed out after 60s"; got != want {
		t.Errorf("text = %q, want %q", got, want)
	}
}

func TestZeroProgressReportsToNobody(t *testing.T) {
	t.Parallel()
	Progress{}.Report(1, 2, "fine")
	(&Call{request: nil, scope: Scope{}}).Progress().Report(1, 2, "not started")
}

func TestGate(t *testing.T) {
	t.Parallel()
	var g gate
	if !g.enter() {
		t.Fatal("an open gate refuses")
	}
	empty := g.close()
	if g.enter() {
		t.Error("a shut gate lets in")
	}
	select {
	case <-empty:
		t.Error("the gate says it is empty, with one inside")
	default:
	}
	g.leave()
	<-empty
	<-g.close()
}
