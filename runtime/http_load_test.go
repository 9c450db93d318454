package runtime

import (
	"bufio"
	"io"
	"net"
	"net/http"
	goruntime "runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestHTTPUnderLoad opens 1000 streams of each era and 200 connections that never
// finish a header. Ordinary calls are answered meanwhile, and when all have left
// nothing of them remains. It is not parallel, because it counts goroutines.
func TestHTTPUnderLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("opens 2200 connections")
	}
	const streams, slow = 1000, 200
	s := worker(atOnce)
	s.http.Limits = Limits{HeaderTimeout: time.Minute, KeepAlive: time.Second} // nothing is to leave by itself
	addr := host(t, s)
	client := newClient(t)
	answers(t, client, addr)
	client.CloseIdleConnections()
	goroutines, memory := resources()

	var conns []io.Closer
	for range slow {
		conns = append(conns, dial(t, addr, "POST /mcp HTTP/1.1\r\nHost: "+addr+"\r\nX-Slow: "))
	}
	var mu sync.Mutex
	open := func(r *http.Request, first string) {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Error(err)
			return
		}
		mu.Lock()
		conns = append(conns, c)
		mu.Unlock()
		if err := r.Write(c); err != nil {
			t.Error(err)
			return
		}
		for lines := bufio.NewReader(c); ; {
			line, err := lines.ReadString('\n')
			if err != nil {
				t.Errorf("a stream ends before %q: %v", first, err)
				return
			}
			if strings.Contains(line, first) {
				return
			}
		}
	}
	var wg sync.WaitGroup
	room := make(chan struct{}, 64)
	sessions := make([]string, streams)
	for i := range streams {
		room <- struct{}{}
		wg.Go(func() {
			defer func() { <-room }()
			sessions[i] = newSession(t, client, addr)
			get := rpc(t, t.Context(), addr, legacyVersion, sessions[i], pingMethod, `{}`)
			get.Method, get.Body, get.ContentLength = http.MethodGet, nil, 0
			open(get, ": ok")
			open(rpc(t, t.Context(), addr, modernVersion, "", listenMethod, listenParams), "acknowledged")
		})
	}
	wg.Wait()
	full, held := resources()

	begin := time.Now()
	for range 100 {
		answers(t, client, addr)
	}
	took := time.Since(begin)
	t.Logf("100 calls beside %d streams and %d slow clients: %v; %d goroutines and %d KiB more",
		2*streams, slow, took, full-goroutines, (held-memory)>>10)
	if took > 5*time.Second {
		t.Errorf("100 calls took %v", took)
	}

	for _, c := range conns {
		c.Close()
	}
	for _, id := range sessions {
		r := rpc(t, t.Context(), addr, legacyVersion, id, pingMethod, `{}`)
		r.Method = http.MethodDelete
		response, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
	}
	client.CloseIdleConnections()
	settle(t, "the goroutines of clients that have left", func() bool {
		now, _ := resources()
		return now <= goroutines+5
	})
	_, now := resources()
	t.Logf("%d KiB are held after all have left", (now-memory)>>10)
	if now > memory+8<<20 { // Go itself keeps half a kilobyte of every goroutine that there ever was
		t.Errorf("want at most %d KiB", 8<<10)
	}
}

// resources are the goroutines that there are and the bytes that are in use.
func resources() (goroutines int, bytes int64) {
	goruntime.GC()
	goruntime.GC() // what is pooled goes with the second
	var m goruntime.MemStats
	goruntime.ReadMemStats(&m)
	return goruntime.NumGoroutine(), int64(m.HeapAlloc)
}
