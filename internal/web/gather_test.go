package web

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"testing"
)

// gatheringServer serves h through gather, and gives each connection that it
// accepts to seen, where that is not nil.
func gatheringServer(t *testing.T, h http.HandlerFunc, seen chan<- *gatherer) (address string) {
	t.Helper()
	server := &http.Server{Addr: "127.0.0.1:0", Handler: h}
	server.ConnState = func(c net.Conn, s http.ConnState) {
		if g, ok := c.(*gatherer); ok && s == http.StateNew && seen != nil {
			seen <- g
		}
	}
	var listener net.Listener
	if _, err := gather(server, &listener); err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return listener.Addr().String()
}

// Bodies of all lengths around net/http's buffers come whole and one after
// another on one connection.
func TestGatheredAnswersAreWhole(t *testing.T) {
	pattern := make([]byte, 1<<20)
	for i := range pattern {
		pattern[i] = byte(i * 7 >> 3)
	}
	address := gatheringServer(t, func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.URL.Path[1:])
		w.Header().Set("Content-Length", strconv.Itoa(n))
		writeWhole(w, r, pattern[:n])
	}, nil)
	client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: 1, DisableCompression: true}}
	defer client.CloseIdleConnections()
	for _, n := range []int{0, 1, 4000, 4096, gathered - 1, gathered, gathered + 1, 36_000, 70_000, 1 << 20, 5, 1 << 20, 0} {
		res, err := client.Get(fmt.Sprintf("http://%s/%d", address, n))
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if err != nil || !bytes.Equal(got, pattern[:n]) {
			t.Errorf("%d bytes: got %d, %v", n, len(got), err)
		}
	}
}

// The first write of two is held, and goes out at the end when it stays alone.
func TestAWriteWaitsForTheNext(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	here, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer here.Close()
	there, err := gathering{l}.Accept()
	if err != nil {
		t.Fatal(err)
	}
	c := there.(*gatherer)
	reused := []byte("one ")
	write := func(p []byte) {
		if n, err := c.Write(p); n != len(p) || err != nil {
			t.Errorf("%q: %d, %v", p, n, err)
		}
	}
	c.together(func() {
		write(reused)
		if string(c.held) != "one " {
			t.Errorf("held %q", c.held)
		}
		copy(reused, "????") // as net/http does with its buffer
		write([]byte("two "))
	})
	c.together(func() { write([]byte("alone ")) })
	c.together(func() {})
	write([]byte("end"))
	if err := there.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(here); err != nil || string(got) != "one two alone end" {
		t.Errorf("%q, %v", got, err)
	}
	c.together(func() {
		write([]byte("to a closed connection"))
		if n, err := c.Write([]byte("b")); err == nil || n != 0 {
			t.Errorf("to a closed connection: %d, %v", n, err)
		}
	})
}
