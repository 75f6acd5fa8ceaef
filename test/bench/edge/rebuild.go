package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"folje/internal/cluster"
	"folje/internal/sync"
	"folje/internal/ticket"
	"folje/test/bench/side"
	"folje/test/demo"
)

// tags are the locales that texts are in beside Swedish.
var tags = []string{"sv-simple", "en", "ar", "fa", "fa-AF", "so", "ti", "uk", "ckb", "ku", "ps", "tr", "pl", "fi", "sv"}

// rebuild fills a NATS server with many scopes, each with the group's year in
// all locales, and starts an edge.
func (b *bench) rebuild(ctx context.Context, text *strings.Builder) error {
	records, texts, hello, err := b.pages(ctx)
	if err != nil {
		return err
	}
	if err := b.end(); err != nil {
		return err
	}
	address, err := b.nats(ctx, "nats-many")
	if err != nil {
		return err
	}
	size, err := b.publish(ctx, address, records, texts, hello)
	if err != nil {
		return err
	}
	nobody, err := demo.Free()
	if err != nil {
		return err
	}
	edge, err := b.edge(ctx, address, nobody)
	if err != nil {
		return err
	}
	if err := rest(ctx, edge); err != nil {
		return err
	}
	_, begun, err := edge.Memory()
	if err != nil {
		return err
	}
	first, err := b.askAll(ctx, edge)
	if err != nil {
		return err
	}
	_, asked, err := edge.Memory()
	if err != nil {
		return err
	}
	fmt.Fprintf(text, "%d scopes × %d locales, a year each (%d pages, %.0f MB in NATS): an edge is ready %.1f s after its start with %.0f MB of memory; after a phone of each scope asked for everything in Swedish and Arabic (%d answers, which took %.0f ms each to make, one after another) it has %.0f MB.\n\n",
		b.scopes, len(tags), b.scopes*(len(tags)+1), float64(size)/1e6, edge.Started.Seconds(), float64(begun)/1e6,
		2*b.scopes, first.Seconds()*1000/float64(2*b.scopes), float64(asked)/1e6)
	return nil
}

// pages are the group's as a writer tells of them.
func (b *bench) pages(ctx context.Context) (records, texts *sync.Page, hello []byte, err error) {
	address, err := b.nats(ctx, "nats-pages")
	if err != nil {
		return nil, nil, nil, err
	}
	if _, err := b.writer(ctx, address); err != nil {
		return nil, nil, nil, err
	}
	conn, err := cluster.Dial(ctx, cluster.Config{URL: address, Name: "bench", Replicas: 1})
	if err != nil {
		return nil, nil, nil, err
	}
	defer conn.Close()
	last := func(subject string) ([]byte, error) {
		for end := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
			stream, err := conn.JS.Stream(ctx, cluster.Feeds)
			if err == nil {
				m, err := stream.GetLastMsgForSubject(ctx, subject)
				if err == nil {
					return m.Data, nil
				}
			}
			if time.Now().After(end) {
				return nil, fmt.Errorf("nothing was told of %s: %w", subject, err)
			}
		}
	}
	for stream, page := range map[string]**sync.Page{sync.Records: &records, "ar": &texts} {
		raw, err := last(cluster.Page(b.scope, stream))
		if err != nil {
			return nil, nil, nil, err
		}
		if *page, err = sync.ReadPage(raw); err != nil {
			return nil, nil, nil, err
		}
	}
	hello, err = last(cluster.Hello)
	return records, texts, hello, err
}

// inFlight is how many messages wait for their acknowledgement at once.
const inFlight = 64

// publish tells of the pages as if there were many scopes.
func (b *bench) publish(ctx context.Context, address string, records, texts *sync.Page, hello []byte) (size int, err error) {
	conn, err := cluster.Dial(ctx, cluster.Config{URL: address, Name: "bench", Replicas: 1})
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	if err := conn.Declare(ctx); err != nil {
		return 0, err
	}
	tell := func(subject string, body []byte) error {
		size += len(body)
		for conn.JS.PublishAsyncPending() >= inFlight {
			time.Sleep(time.Millisecond)
		}
		_, err := conn.JS.PublishMsgAsync(cluster.NewMsg(subject, 0, "", body))
		return err
	}
	public, err := b.publicKeys()
	if err != nil {
		return 0, err
	}
	for subject, body := range map[string][]byte{cluster.Hello: hello, cluster.Tickets: public} {
		if err := tell(subject, body); err != nil {
			return 0, err
		}
	}
	for n := range b.scopes {
		for _, stream := range append([]string{sync.Records}, tags...) {
			page := *texts
			if stream == sync.Records {
				page = *records
				page.Streams = tags
			}
			page.Scope, page.Stream = scopeName(n), stream
			body, err := page.Bytes()
			if err != nil {
				return 0, err
			}
			if err := tell(cluster.Page(page.Scope, page.Stream), body); err != nil {
				return 0, err
			}
		}
	}
	select {
	case <-conn.JS.PublishAsyncComplete():
		return size, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func scopeName(n int) string { return fmt.Sprintf("scope%010d", n) }

func (b *bench) publicKeys() ([]byte, error) {
	keys, err := ticket.Open(b.data())
	if err != nil {
		return nil, err
	}
	return json.Marshal(keys.Public())
}

// askAll asks for each scope's whole feeds once.
func (b *bench) askAll(ctx context.Context, edge *side.Process) (time.Duration, error) {
	begun := time.Now()
	for n := range b.scopes {
		shown, err := b.ticket(scopeName(n))
		if err != nil {
			return 0, err
		}
		header := map[string]string{"Authorization": "Bearer " + shown, "Accept-Encoding": "br"}
		for _, of := range []string{"", "/texts/ar"} {
			if err := side.Once(edge.Address, []side.Request{{Path: "/api/folje/v1/feeds/" + scopeName(n) + of + "?after=", Header: header}}, 200); err != nil {
				return 0, err
			}
		}
	}
	return time.Since(begun), ctx.Err()
}
