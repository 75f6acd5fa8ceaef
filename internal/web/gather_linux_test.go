package web

import (
	"io"
	"net"
	"net/http"
	"testing"

	"golang.org/x/sys/unix"
)

// A gathered answer leaves in one segment, which an ordinary one doesn't.
func TestGatheredAnswersTakeOneSegment(t *testing.T) {
	const answers = 20
	body := make([]byte, 36_000)
	segments := func(write func(w http.ResponseWriter, r *http.Request, body []byte)) uint32 {
		seen := make(chan *gatherer, 1)
		address := gatheringServer(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "36000")
			write(w, r, body)
		}, seen)
		client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: 1}}
		defer client.CloseIdleConnections()
		for range answers {
			res, err := client.Get("http://" + address)
			if err != nil {
				t.Fatal(err)
			}
			if n, err := io.Copy(io.Discard, res.Body); n != int64(len(body)) || err != nil {
				t.Fatal(n, err)
			}
			_ = res.Body.Close()
		}
		return sentSegments(t, (<-seen).TCPConn)
	}
	whole := segments(writeWhole)
	parts := segments(func(w http.ResponseWriter, _ *http.Request, body []byte) { _, _ = w.Write(body) })
	t.Logf("%d answers of %d bytes: %d segments, and %d in parts", answers, len(body), whole, parts)
	if whole > answers*5/4 || parts < answers*2 {
		t.Errorf("%d answers took %d segments, and %d in parts", answers, whole, parts)
	}
}

// sentSegments is how many segments with data the system has sent.
func sentSegments(t *testing.T, c *net.TCPConn) (n uint32) {
	t.Helper()
	raw, err := c.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	var info *unix.TCPInfo
	if controlErr := raw.Control(func(fd uintptr) {
		info, err = unix.GetsockoptTCPInfo(int(fd), unix.IPPROTO_TCP, unix.TCP_INFO)
	}); controlErr != nil || err != nil {
		t.Fatal(controlErr, err)
	}
	return info.Data_segs_out
}
