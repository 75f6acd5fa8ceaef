package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"folje/test/bench/side"
	"folje/test/demo"
)

// trial measures one size.
type trial struct {
	options
	size
	binary, folder string
	filled
	epoch, cursor, tag string // of the first group's whole feed
	servers            map[string]*side.Process
	runs               []*measured
}

// measured is one thing that is asked for, and how fast it came.
type measured struct {
	name, server string
	requests     []side.Request
	status       int
	loads        []side.Load
	busy         time.Duration // of the server's processor time, in all rounds
	side.Load                  // the median
}

func (t *trial) run(ctx context.Context, now time.Time) (err error) {
	data := filepath.Join(t.folder, "data")
	if err := os.MkdirAll(data, 0o700); err != nil {
		return err
	}
	if t.filled, err = fill(data, t.size, now); err != nil {
		return fmt.Errorf("fill: %w", err)
	}
	t.servers = map[string]*side.Process{}
	defer func() {
		for _, s := range t.servers {
			err = errors.Join(err, s.Stop())
		}
	}()
	err = t.start(ctx, "folje", "/readyz", t.binary, func(address string) []string {
		return []string{"serve", "--admin", "off", "--dir", data, "--http", address}
	})
	if err != nil {
		return err
	}
	if err := t.rivals(ctx); err != nil {
		return err
	}
	t.plan()
	for _, m := range t.runs {
		if err := side.Once(t.servers[m.server].Address, m.requests, m.status); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
	}
	if err := t.rest(ctx); err != nil {
		return err
	}
	for range t.rounds {
		for _, m := range t.runs {
			if err := m.drive(t.servers[m.server], t.options); err != nil {
				return fmt.Errorf("%s: %w", m.name, err)
			}
		}
	}
	for _, m := range t.runs {
		m.Load = side.Median(m.loads)
	}
	return nil
}

// rest waits until no server does anything any more: after its start each still
// has something to put in order, Följe its web files to compress.
func (t *trial) rest(ctx context.Context) error {
	for before := time.Duration(0); ; {
		var busy time.Duration
		for _, s := range t.servers {
			one, err := s.Processor()
			if err != nil {
				return err
			}
			busy += one
		}
		if before > 0 && busy-before < 20*time.Millisecond { // a hundredth of the time
			return nil
		}
		before = busy
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(2 * time.Second): // longer than what begins a second after a start
		}
	}
}

// drive asks for one round.
func (m *measured) drive(server *side.Process, o options) error {
	before, err := server.Processor()
	if err != nil {
		return err
	}
	load, err := side.Drive(server.Address, m.requests, m.status, o.connections, o.long)
	if err != nil {
		return err
	}
	after, err := server.Processor()
	m.loads, m.busy = append(m.loads, load), m.busy+after-before
	return err
}

// each is what one answer took of the server's processor time.
func (m *measured) each() time.Duration {
	answers := 0
	for _, load := range m.loads {
		answers += load.Answers
	}
	return m.busy / time.Duration(max(answers, 1))
}

// start runs a server and waits until it answers on the path.
func (t *trial) start(ctx context.Context, name, path, binary string, args func(address string) []string) error {
	address, err := demo.Free()
	if err != nil {
		return err
	}
	p, err := side.Start(ctx, address, path, binary, args(address)...)
	if err == nil {
		t.servers[name] = p
	}
	return err
}

// rivals gives the same content to the others.
func (t *trial) rivals(ctx context.Context) error {
	packed, sent, err := t.fetch("br")
	if err != nil {
		return err
	}
	plain, header, err := t.fetch("identity")
	if err != nil {
		return err
	}
	t.tag = header.Get("ETag")
	file, headers, items := filepath.Join(t.folder, "feed.br"), filepath.Join(t.folder, "headers.json"), filepath.Join(t.folder, "items.json")
	all, err := t.items(plain)
	if err != nil {
		return err
	}
	sent.Del("Date") // net/http's own
	fixed, err := json.Marshal(sent)
	if err != nil {
		return err
	}
	if err := errors.Join(os.WriteFile(file, packed, 0o600), os.WriteFile(headers, fixed, 0o600), os.WriteFile(items, all, 0o600)); err != nil {
		return err
	}
	own, err := os.Executable()
	if err != nil {
		return err
	}
	for name, headers := range map[string]string{"bare": "", "dressed": headers} {
		err := t.start(ctx, name, "/", own, func(address string) []string { return []string{"bare", address, file, headers} })
		if err != nil {
			return err
		}
	}
	return t.start(ctx, "pocketbase", "/api/health", own, func(address string) []string {
		return []string{"pocketbase", address, filepath.Join(t.folder, "rival"), items}
	})
}

func (t *trial) fetch(encoding string) ([]byte, http.Header, error) {
	r, err := http.NewRequest(http.MethodGet, "http://"+t.servers["folje"].Address+t.path(t.scopes[0], "", ""), nil)
	if err != nil {
		return nil, nil, err
	}
	r.Header.Set("Authorization", "Bearer "+secret)
	r.Header.Set("Accept-Encoding", encoding)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("fetch the feed: %s", res.Status)
	}
	return body, res.Header, err
}

// items are the feed's records, each with the texts that it uses.
func (t *trial) items(feed []byte) ([]byte, error) {
	var all struct {
		Cursor  string
		Records []map[string]any
		Texts   map[string]string
	}
	if err := json.Unmarshal(feed, &all); err != nil {
		return nil, fmt.Errorf("read the feed: %w", err)
	}
	t.epoch, _, _ = strings.Cut(all.Cursor, ".")
	t.cursor = all.Cursor
	out := content{Groups: t.scopes}
	for _, record := range all.Records {
		item, err := json.Marshal(spell(record, all.Texts))
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, item)
	}
	return json.Marshal(out)
}

// spell puts texts where the feed has their numbers.
func spell(value any, texts map[string]string) any {
	switch v := value.(type) {
	case map[string]any:
		for name, item := range v {
			if name != "number" && name != "sequence" {
				v[name] = spell(item, texts)
			}
		}
	case []any:
		for i, item := range v {
			v[i] = spell(item, texts)
		}
	case float64:
		return texts[strconv.Itoa(int(v))]
	}
	return value
}

func (t *trial) path(group, texts, after string) string {
	if texts != "" {
		texts = "/texts/" + texts
	}
	return "/api/folje/v1/feeds/" + group + texts + "?after=" + after
}

// plan lists what is asked for, in the order of a round: what is compared
// stands side by side.
func (t *trial) plan() {
	browser := map[string]string{"Authorization": "Bearer " + secret, "Accept-Encoding": "gzip, deflate, br, zstd", "Accept-Language": "ar", "Accept": "application/json"}
	known := map[string]string{"If-None-Match": t.tag}
	for name, value := range browser {
		known[name] = value
	}
	var whole, texts, listed []side.Request
	for _, group := range t.scopes {
		whole = append(whole, side.Request{Path: t.path(group, "", ""), Header: browser})
		texts = append(texts, side.Request{Path: t.path(group, "ar", ""), Header: browser})
		listed = append(listed, side.Request{Path: "/api/collections/items/records?perPage=200&skipTotal=1&filter=" +
			url.QueryEscape("scope='"+group+"'"), Header: map[string]string{"Accept-Encoding": "gzip, deflate, br, zstd"}})
	}
	first := t.scopes[0]
	t.runs = []*measured{
		{name: "plain handler, same bytes", server: "bare", requests: []side.Request{{Path: t.path(first, "", ""), Header: browser}}, status: 200},
		{name: "plain handler, same headers and timeouts", server: "dressed", requests: []side.Request{{Path: t.path(first, "", ""), Header: browser}}, status: 200},
		{name: "whole feed", server: "folje", requests: whole, status: 200},
		{name: "whole feed, not changed", server: "folje", requests: []side.Request{{Path: t.path(first, "", t.cursor), Header: known}}, status: 304},
		{name: "PocketBase's record list", server: "pocketbase", requests: listed, status: 200},
		{name: "whole texts in Arabic", server: "folje", requests: texts, status: 200},
		{name: "delta of 1 letter", server: "folje", requests: t.deltas(browser, 1)[:1], status: 200},
		{name: "delta of 1 letter, made each time", server: "folje", requests: t.deltas(browser, 1), status: 200},
		{name: "delta of 10 letters, made each time", server: "folje", requests: t.deltas(browser, 10), status: 200},
		{name: "hello", server: "folje", requests: []side.Request{{Path: "/api/folje/v1/hello", Header: browser}}, status: 200},
	}
}

// deltas are requests for the newest letters, from many cursors that all lie
// between the same two letters, so that the answers kept don't help.
func (t *trial) deltas(header map[string]string, letters int) (requests []side.Request) {
	for n := t.letters[letters]; n < t.letters[letters-1] && len(requests) < 60; n++ {
		requests = append(requests, side.Request{Path: t.path(t.scopes[0], "", t.epoch+"."+strconv.Itoa(n)), Header: header})
	}
	return requests
}
