package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"folje/internal/ticket"
	"folje/internal/web"
	"folje/test/bench/side"
	"folje/test/demo"
)

// target is one thing that is asked for at one server.
type target struct {
	name    string
	server  *side.Process
	request side.Request
	status  int
	loads   []side.Load
	busy    time.Duration
}

// compare drives an edge, serve and a plain handler in turn.
func (b *bench) compare(ctx context.Context, text *strings.Builder) error {
	targets, err := b.targets(ctx)
	if err != nil {
		return err
	}
	for range b.rounds {
		for _, t := range targets {
			before, err := t.server.Processor()
			if err != nil {
				return err
			}
			load, err := side.Drive(t.server.Address, []side.Request{t.request}, t.status, b.connections, b.long)
			if err != nil {
				return fmt.Errorf("%s: %w", t.name, err)
			}
			after, err := t.server.Processor()
			if err != nil {
				return err
			}
			t.loads, t.busy = append(t.loads, load), t.busy+after-before
		}
	}
	fmt.Fprintf(text, "The median of %d rounds of %v with %d connections; processor time is the server's own.\n\n", b.rounds, b.long, b.connections)
	text.WriteString("| one group, one year | requests/s | median | p99 | bytes | of the plain handler | of serve | processor time of one |\n|---|---|---|---|---|---|---|---|\n")
	named := map[string]*target{}
	for _, t := range targets {
		named[t.name] = t
		m := side.Median(t.loads)
		of := "–"
		if twin := named["serve: "+strings.TrimPrefix(t.name, "edge: ")]; strings.HasPrefix(t.name, "edge: ") {
			of = fmt.Sprintf("%.2f×", t.over(twin))
		}
		fmt.Fprintf(text, "| %s | %.0f | %.2f ms | %.2f ms | %d | %.2f× | %s | %d µs |\n", t.name, m.PerSecond, milliseconds(m.P50), milliseconds(m.P99),
			m.Bytes, t.over(targets[0]), of, t.each().Microseconds())
	}
	text.WriteString("\n")
	return nil
}

// over is the median of what the rounds say.
func (t *target) over(other *target) float64 {
	all := make([]float64, len(t.loads))
	for i := range all {
		all[i] = t.loads[i].PerSecond / other.loads[i].PerSecond
	}
	slices.Sort(all)
	return all[len(all)/2]
}

func (t *target) each() time.Duration {
	answers := 0
	for _, load := range t.loads {
		answers += load.Answers
	}
	return t.busy / time.Duration(max(answers, 1))
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// targets starts the servers.
func (b *bench) targets(ctx context.Context) ([]*target, error) {
	nats, err := b.nats(ctx, "nats")
	if err != nil {
		return nil, err
	}
	serve, err := b.writer(ctx, nats)
	if err != nil {
		return nil, err
	}
	edge, err := b.edge(ctx, nats, serve.Address)
	if err != nil {
		return nil, err
	}
	shown, err := b.ticket(b.scope)
	if err != nil {
		return nil, err
	}
	path := "/api/folje/v1/feeds/" + b.scope
	asServe := map[string]string{"Accept-Encoding": "gzip, deflate, br, zstd", "Authorization": "Bearer " + secret}
	asEdge := map[string]string{"Accept-Encoding": "gzip, deflate, br, zstd", "Authorization": "Bearer " + shown}
	bare, cursor, tag, err := b.bare(ctx, edge.Address, path, asEdge)
	if err != nil {
		return nil, err
	}
	known := func(h map[string]string) map[string]string {
		h = maps.Clone(h)
		h["If-None-Match"] = tag
		return h
	}
	targets := []*target{
		{name: "plain handler, same bytes and headers", server: bare, request: side.Request{Path: path, Header: asEdge}, status: 200},
		{name: "serve: whole feed", server: serve, request: side.Request{Path: path + "?after=", Header: asServe}, status: 200},
		{name: "edge: whole feed", server: edge, request: side.Request{Path: path + "?after=", Header: asEdge}, status: 200},
		{name: "serve: whole texts in Arabic", server: serve, request: side.Request{Path: path + "/texts/ar?after=", Header: asServe}, status: 200},
		{name: "edge: whole texts in Arabic", server: edge, request: side.Request{Path: path + "/texts/ar?after=", Header: asEdge}, status: 200},
		{name: "serve: not changed", server: serve, request: side.Request{Path: path + "?after=" + cursor, Header: known(asServe)}, status: 304},
		{name: "edge: not changed", server: edge, request: side.Request{Path: path + "?after=" + cursor, Header: known(asEdge)}, status: 304},
		{name: "serve: hello", server: serve, request: side.Request{Path: "/api/folje/v1/hello", Header: asServe}, status: 200},
		{name: "edge: hello", server: edge, request: side.Request{Path: "/api/folje/v1/hello", Header: asEdge}, status: 200},
	}
	for _, t := range targets {
		if err := side.Once(t.server.Address, []side.Request{t.request}, t.status); err != nil {
			return nil, fmt.Errorf("%s: %w", t.name, err)
		}
	}
	return targets, rest(ctx, bare, serve, edge)
}

// ticket is one that the writer of the data folder signed.
func (b *bench) ticket(scopes ...string) (string, error) {
	keys, err := ticket.Open(b.data())
	if err != nil {
		return "", err
	}
	now := time.Now()
	text, _ := keys.Issue(ticket.Ticket{Device: device, Scopes: scopes, Issued: now, Expires: now.Add(ticket.Life)})
	return text, nil
}

// bare starts a plain handler of what the edge answers, once that answers from
// memory.
func (b *bench) bare(ctx context.Context, edge, path string, header map[string]string) (p *side.Process, cursor, tag string, err error) {
	var answer http.Header
	var body []byte
	for range 100 {
		if answer, body, err = get(ctx, "http://"+edge+path+"?after=", header); err != nil {
			return nil, "", "", err
		}
		if answer.Get("X-Frame-Options") == "" { // quick answers have few headers
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	plain, _, err := get(ctx, "http://"+edge+path+"?after=", map[string]string{"Authorization": header["Authorization"], "Accept-Encoding": "identity"})
	if err != nil {
		return nil, "", "", err
	}
	_, whole, err := get(ctx, "http://"+edge+path+"?after=", map[string]string{"Authorization": header["Authorization"], "Accept-Encoding": "identity"})
	if err != nil {
		return nil, "", "", err
	}
	var feed struct{ Cursor string }
	if err := json.Unmarshal(whole, &feed); err != nil {
		return nil, "", "", fmt.Errorf("read the feed: %w", err)
	}
	answer.Del("Date")
	raw, err := json.Marshal(answer)
	if err != nil {
		return nil, "", "", err
	}
	file, headers := filepath.Join(b.folder, "body"), filepath.Join(b.folder, "headers")
	if err := os.WriteFile(file, body, 0o600); err != nil {
		return nil, "", "", err
	}
	if err := os.WriteFile(headers, raw, 0o600); err != nil {
		return nil, "", "", err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, "", "", err
	}
	address, err := demo.Free()
	if err != nil {
		return nil, "", "", err
	}
	p, err = b.start(ctx, address, "/", self, "bare", address, file, headers)
	return p, feed.Cursor, plain.Get("Etag"), err
}

func get(ctx context.Context, url string, header map[string]string) (http.Header, []byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, nil, err
	}
	for name, value := range header {
		r.Header.Set(name, value)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, nil, err
	}
	if res.StatusCode != http.StatusOK {
		return nil, nil, fmt.Errorf("GET %s: %d %s", url, res.StatusCode, bytes.TrimSpace(body))
	}
	return res.Header, body, nil
}

// serveBare answers everything with the file's bytes and headers, as plainly as
// net/http can with Följe's timeouts.
func serveBare(address, file, headers string) error {
	body, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	raw, err := os.ReadFile(headers)
	if err != nil {
		return err
	}
	fixed := http.Header{}
	if err := json.Unmarshal(raw, &fixed); err != nil {
		return fmt.Errorf("read headers: %w", err)
	}
	server := &http.Server{Addr: address, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		maps.Copy(w.Header(), fixed)
		_, _ = w.Write(body)
	})}
	web.DefaultTimeouts.Apply(server)
	return server.ListenAndServe()
}

// rest waits until no server has anything to put in order any more.
func rest(ctx context.Context, servers ...*side.Process) error {
	for before := time.Duration(0); ; {
		var busy time.Duration
		for _, s := range servers {
			one, err := s.Processor()
			if err != nil {
				return err
			}
			busy += one
		}
		if before > 0 && busy-before < 30*time.Millisecond {
			return nil
		}
		before = busy
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(2 * time.Second):
		}
	}
}
