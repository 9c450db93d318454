package httpx

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"
)

const (
	notification = "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n"
	response     = "event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n"
	failure      = `{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"x"}}`
	apology      = `{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"gone"}}`
)

func TestWriter(t *testing.T) {
	t.Parallel()
	stream := func(w *Writer) { w.Header().Set("Content-Type", "text/event-stream") }
	for _, row := range []struct {
		name   string
		write  func(w *Writer)
		status int
		body   string
	}{
		{"a stream", func(w *Writer) {
			stream(w)
			w.Write([]byte(notification))
			w.Write([]byte(response))
		}, 200, notification + response},
		{"an error instead of a stream", func(w *Writer) {
			stream(w)
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(400)
			w.Write([]byte(failure))
		}, 400, failure},
		{"an error within a stream", func(w *Writer) {
			stream(w)
			w.Write([]byte(notification))
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(400)
			w.Write([]byte(failure))
		}, 200, notification + "event: message\ndata: " + failure + "\n\n"},
		{"no answer", func(w *Writer) { stream(w) }, 503, apology},
		{"no answer within a stream", func(w *Writer) {
			stream(w)
			w.Write([]byte(notification))
		}, 200, notification + "event: message\ndata: " + apology + "\n\n"},
		{"text", func(w *Writer) { http.Error(w, "no", http.StatusUnsupportedMediaType) }, 415, "no\n"},
		{"silence", func(w *Writer) {
			stream(w)
			w.Live(time.Hour)
			time.Sleep(25 * time.Second)
			w.Write([]byte(response))
		}, 200, ":\n\n:\n\n" + response},
		{"silence that is broken soon", func(w *Writer) {
			stream(w)
			w.Live(time.Second)
			time.Sleep(2 * time.Second)
			w.Write([]byte(response))
		}, 200, ":\n\n" + response},
		{"an error after silence", func(w *Writer) {
			stream(w)
			w.Live(time.Hour)
			time.Sleep(15 * time.Second)
			w.WriteHeader(404)
			w.Write([]byte(failure))
		}, 200, ":\n\nevent: message\ndata: " + failure + "\n\n"},
		{"a stream that speaks", func(w *Writer) {
			stream(w)
			for range 3 {
				time.Sleep(9 * time.Second)
				w.Write([]byte(notification))
			}
			w.Write([]byte(response))
		}, 200, notification + notification + notification + response},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				recorder := httptest.NewRecorder()
				w := NewWriter(recorder, WriterOptions{Stall: time.Second, KeepAlive: 10 * time.Second})
				row.write(w)
				w.Close([]json.RawMessage{json.RawMessage("1")}, "gone")
				w.Write([]byte("too late"))
				time.Sleep(time.Minute)
				if got := recorder.Body.String(); recorder.Code != row.status || got != row.body {
					t.Errorf("answer = %d %q\nwant %d %q", recorder.Code, got, row.status, row.body)
				}
			})
		})
	}
}

func TestIsResponse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		`{"jsonrpc":"2.0","id":1,"result":{"method":"x"}}`:  true,
		`{"id":{"a":[1]},"error":{}}`:                       true,
		`{"jsonrpc":"2.0","id":1,"method":"x","params":{}}`: false,
		`{"jsonrpc":"2.0","method":"result"}`:               false,
		`{}`:                                                false, `[]`: false, ``: false, `{"id`: false,
	} {
		if got := isResponse([]byte(text)); got != want {
			t.Errorf("isResponse(%s) = %t, want %t", text, got, want)
		}
	}
}
