package edge_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// A request that may have been sent is never sent again, whatever became of it.
func TestARequestIsSentOnce(t *testing.T) {
	w := newWorld(t)
	for n, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete} {
		res, text := w.ask(method, breaks, "secret", strings.NewReader("what to do"))
		if res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" || !strings.Contains(text, "error.busy") {
			t.Errorf("%s: %d %s", method, res.StatusCode, text)
		}
		if got := w.asked.Load(); got != int64(n+1) {
			t.Errorf("%s: sent %d times", method, got-int64(n))
		}
	}
}

// So many requests are under way at once; the next waits, and is told to come
// again. Who the writer is, is known meanwhile.
func TestRequestsUnderWayAreBounded(t *testing.T) {
	const most = 256
	w := newWorld(t)
	answered := make(chan int, most)
	for range most {
		go func() {
			res, err := http.Get("http://" + w.front.Addr().String() + holds)
			if err != nil {
				answered <- 0
				return
			}
			_ = res.Body.Close()
			answered <- res.StatusCode
		}()
	}
	for range most {
		<-w.held
	}
	if res, text := w.ask(http.MethodPost, operations, "secret", strings.NewReader("one more")); res.StatusCode != http.StatusServiceUnavailable || !strings.Contains(text, "error.busy") {
		t.Errorf("one more: %d %s", res.StatusCode, text)
	}
	close(w.release)
	for range most {
		if status := <-answered; status != http.StatusOK {
			t.Fatalf("one that was under way: %d", status)
		}
	}
	if res, _ := w.ask(http.MethodPost, operations, "secret", strings.NewReader("again")); res.StatusCode != http.StatusOK {
		t.Errorf("afterwards: %d", res.StatusCode)
	}
}

// Who sends slowly is in nobody's way.
func TestSlowBodiesTakeNobodysTurn(t *testing.T) {
	w := newWorld(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for n := range 300 {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", w.front.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		length := 60000
		if n%10 == 0 {
			length = 1 << 20 // of a path that takes as much
		}
		path := map[bool]string{true: "/api/collections/letters/records", false: operations}[n%10 == 0]
		if _, err := fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: edge\r\nContent-Length: %d\r\n\r\nx", path, length); err != nil {
			t.Fatal(err)
		}
	}
	for range 20 {
		res, text := w.ask(http.MethodPost, operations, "secret", strings.NewReader("quick"))
		if res.StatusCode != http.StatusOK || text != "quick" {
			t.Fatalf("%d %s", res.StatusCode, text)
		}
	}
	// A body of a length that isn't announced comes whole.
	r, err := http.NewRequest(http.MethodPost, "http://"+w.front.Addr().String()+operations, io.MultiReader(strings.NewReader("in two "), strings.NewReader("parts")))
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if text, _ := io.ReadAll(res.Body); string(text) != "in two parts" {
		t.Errorf("%q", text)
	}
}

const operations = "/api/folje/v1/operations"
