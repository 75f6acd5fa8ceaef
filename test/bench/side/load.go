package side

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Request is what a client sends, again and again.
type Request struct {
	Path   string
	Header map[string]string
}

// Load is what one target was asked in one round, and how it answered.
type Load struct {
	Answers   int
	PerSecond float64
	P50, P99  time.Duration
	Bytes     int // of one answer's body
}

// Drive asks the address for the requests in turn, over so many connections that
// each wait for their answer, and for so long. Every answer must have the status.
// The client is as small as one can be, for it shares the processors with what
// it measures.
func Drive(address string, requests []Request, status, connections int, long time.Duration) (Load, error) {
	packed := make([][]byte, len(requests))
	for i, r := range requests {
		packed[i] = pack(address, r)
	}
	var mu sync.Mutex
	var all []time.Duration
	var first error
	var load Load
	var clients sync.WaitGroup
	begun := time.Now()
	for n := range connections {
		clients.Go(func() {
			took, bytes, err := client(address, packed, n, status, begun.Add(long))
			mu.Lock()
			defer mu.Unlock()
			all = append(all, took...)
			first = cmp.Or(first, err)
			load.Bytes = bytes
		})
	}
	clients.Wait()
	if first != nil {
		return load, fmt.Errorf("ask %s for %s: %w", address, requests[0].Path, first)
	}
	slices.Sort(all)
	load.Answers = len(all)
	load.PerSecond = float64(len(all)) / time.Since(begun).Seconds()
	load.P50, load.P99 = all[len(all)/2], all[len(all)*99/100]
	return load, nil
}

// Once asks for each of the requests once, so that what is made at the first
// request has been made.
func Once(address string, requests []Request, status int) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	in := bufio.NewReaderSize(conn, 64<<10)
	for _, r := range requests {
		if _, err := conn.Write(pack(address, r)); err != nil {
			return err
		}
		if _, err := read(in, status); err != nil {
			return fmt.Errorf("ask %s for %s: %w", address, r.Path, err)
		}
	}
	return nil
}

func pack(host string, r Request) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "GET %s HTTP/1.1\r\nHost: %s\r\n", r.Path, host)
	for name, value := range r.Header {
		fmt.Fprintf(&b, "%s: %s\r\n", name, value)
	}
	b.WriteString("\r\n")
	return b.Bytes()
}

func client(address string, requests [][]byte, from, status int, until time.Time) (took []time.Duration, size int, err error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, 0, err
	}
	defer conn.Close()
	in := bufio.NewReaderSize(conn, 64<<10)
	took = make([]time.Duration, 0, 1<<16)
	for i := from; time.Now().Before(until) || len(took) == 0; i++ {
		begun := time.Now()
		if _, err := conn.Write(requests[i%len(requests)]); err != nil {
			return took, size, err
		}
		if size, err = read(in, status); err != nil {
			return took, size, err
		}
		took = append(took, time.Since(begun))
	}
	return took, size, nil
}

// read takes one answer off the wire.
func read(in *bufio.Reader, want int) (size int, err error) {
	line, err := in.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if len(line) < 12 || string(line[9:12]) != strconv.Itoa(want) {
		return 0, fmt.Errorf("answered %q, want %d", line, want)
	}
	chunked := false
	for {
		if line, err = in.ReadSlice('\n'); err != nil {
			return 0, err
		}
		if len(line) <= 2 {
			break
		}
		if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if size, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return 0, err
			}
		}
		chunked = chunked || bytes.HasPrefix(line, []byte("Transfer-Encoding: chunked"))
	}
	if chunked {
		return readChunks(in)
	}
	_, err = in.Discard(size)
	return size, err
}

func readChunks(in *bufio.Reader) (size int, err error) {
	for {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return size, err
		}
		n, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 64)
		if err != nil {
			return size, err
		}
		if _, err := io.CopyN(io.Discard, in, n+2); err != nil {
			return size, err
		}
		if size += int(n); n == 0 {
			return size, nil
		}
	}
}

// Median is the middle one of the loads by rate, with the medians of its times.
func Median(loads []Load) Load {
	middle := func(less func(a, b Load) int) Load {
		sorted := slices.SortedFunc(slices.Values(loads), less)
		return sorted[len(sorted)/2]
	}
	m := middle(func(a, b Load) int { return cmp.Compare(a.PerSecond, b.PerSecond) })
	m.P50 = middle(func(a, b Load) int { return cmp.Compare(a.P50, b.P50) }).P50
	m.P99 = middle(func(a, b Load) int { return cmp.Compare(a.P99, b.P99) }).P99
	return m
}
