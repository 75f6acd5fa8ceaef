package sync

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"folje/internal/cluster"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"golang.org/x/sync/errgroup"
)

// largestMessage is what NATS takes, less what its headers need, in bytes. A
// page that is larger says that the writer answers.
const largestMessage = 8<<20 - 64<<10

func errPanicked(cause any) error { return fmt.Errorf("panic of %T", cause) }

// streamsByScope lists the streams of each scope, its locales in order.
func streamsByScope(app core.App) (map[string][]string, error) {
	var rows []struct {
		Scope  string `db:"scope"`
		Stream string `db:"stream"`
	}
	err := app.DB().Select("scope", "stream").Distinct(true).From("changes").
		Where(dbx.Not(dbx.HashExp{"stream": numbers})).OrderBy("scope", "stream").All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list the scopes: %w", err)
	}
	all := map[string][]string{}
	for _, r := range rows {
		all[r.Scope] = append(all[r.Scope], r.Stream)
	}
	return all, nil
}

// localesOf lists the locales that the scope has texts in.
func localesOf(app core.App, scope string) (locales []string, err error) {
	err = app.DB().Select("stream").Distinct(true).From("changes").
		Where(dbx.HashExp{"scope": scope}).AndWhere(dbx.NotIn("stream", numbers, Records)).OrderBy("stream").Column(&locales)
	if err != nil {
		return nil, fmt.Errorf("list the scope's locales: %w", err)
	}
	return locales, nil
}

// toldPage is a page that is to be told of.
type toldPage struct {
	page  *Page
	stamp string
}

// tellScope makes what differs from what was told, and tells it. The texts'
// numbers are taken first, so that the page of records has every record that
// uses one of them, and that page is told first.
func (p *Publisher) tellScope(ctx context.Context, scope string, streams []string) error {
	ats := map[string]newest{}
	for _, stream := range streams {
		at, err := p.service.log.of(p.app, scope, stream)
		if err != nil {
			return err
		}
		ats[stream] = at
	}
	forget, err := forgotten(p.app, scope, p.service.Now())
	if err != nil {
		return err
	}
	pages, err := p.records(scope, forget)
	if err != nil {
		return err
	}
	for _, stream := range streams {
		if stream == Records {
			continue
		}
		page, err := p.texts(scope, stream, ats[stream], forget)
		if err != nil {
			return err
		}
		if page != nil {
			pages = append(pages, *page)
		}
	}
	if len(pages) == 0 {
		return nil
	}
	if err := p.barrier(ctx); err != nil {
		return err
	}
	if pages[0].page.Stream == Records { // what was withdrawn goes first
		if err := p.tellPages(ctx, pages[:1]); err != nil {
			return err
		}
		pages = pages[1:]
	}
	return p.tellPages(ctx, pages)
}

// records makes the scope's page of records, where it was told otherwise or
// isn't known here yet.
func (p *Publisher) records(scope string, forget int) ([]toldPage, error) {
	feeds := p.service.serving.Load().shelf.feeds
	at, err := p.service.log.of(p.app, scope, Records)
	if err != nil {
		return nil, err
	}
	locales, err := localesOf(p.app, scope)
	if err != nil {
		return nil, err
	}
	at.day = dayOf(p.service.Now())
	stamp := fmt.Sprintf("%s.%d.%d.%s", feeds.Epoch, at.stream, at.day, strings.Join(locales, ","))
	known := p.scopes[scope]
	asTold := p.told[cluster.Page(scope, Records)] == stamp
	if asTold && known != nil && known.at.stream == at.stream {
		return nil, nil
	}
	var before *memory
	if known != nil {
		before = known.memory
	}
	now, key := p.service.Now(), streamKey{scope, Records}
	from := p.kept.get(key, at.day, now)
	content, floor, found, err := feeds.recordsPage(p.app, scope, forget, before, from)
	if err != nil {
		return nil, err
	}
	p.kept.put(key, from.next(content, at.day, now))
	p.scopes[scope] = &toldScope{at, found}
	if asTold {
		return nil, nil
	}
	page, err := newPage(PageHead{V: PageVersion, Epoch: feeds.Epoch, Scope: scope, Stream: Records, At: at.stream, Newest: at.scope,
		Floor: floor, Day: at.day, Streams: locales}, content)
	if err != nil {
		return nil, err
	}
	return []toldPage{{page, stamp}}, nil
}

// texts makes the scope's page of a locale's texts, where it was told otherwise.
func (p *Publisher) texts(scope, stream string, at newest, forget int) (*toldPage, error) {
	feeds := p.service.serving.Load().shelf.feeds
	stamp := fmt.Sprintf("%s.%d", feeds.Epoch, at.stream)
	if p.told[cluster.Page(scope, stream)] == stamp {
		return nil, nil
	}
	now, key := p.service.Now(), streamKey{scope, stream}
	from := p.kept.get(key, 0, now)
	content, floor, err := feeds.textsPage(p.app, scope, stream, forget, p.scopes[scope].used(), from)
	if err != nil {
		return nil, err
	}
	p.kept.put(key, from.next(content, 0, now))
	page, err := newPage(PageHead{V: PageVersion, Epoch: feeds.Epoch, Scope: scope, Stream: stream, At: at.stream, Newest: at.scope, Floor: floor}, content)
	return &toldPage{page, stamp}, err
}

// atOnce is how many pages are on their way at once: each waits for a disk.
const atOnce = 8

// tellPages tells of the pages at the same time, and returns once all are kept.
func (p *Publisher) tellPages(ctx context.Context, pages []toldPage) error {
	done := make([]bool, len(pages))
	together, ctx := errgroup.WithContext(ctx)
	together.SetLimit(atOnce)
	for i, t := range pages {
		together.Go(func() error {
			body, err := t.message()
			if err != nil {
				return err
			}
			if err := p.Bus.Tell(ctx, t.subject(), t.stamp, body); err != nil {
				return err
			}
			done[i] = true
			return nil
		})
	}
	err := together.Wait()
	for i, t := range pages {
		if done[i] {
			p.note(t.subject(), t.stamp)
		}
	}
	return err
}

func (t toldPage) subject() string { return cluster.Page(t.page.Scope, t.page.Stream) }

// message is the page on its way; one that is too large says so, and no more.
func (t toldPage) message() ([]byte, error) {
	body, err := t.page.Bytes()
	if err != nil || len(body) <= largestMessage {
		return body, err
	}
	head := t.page.PageHead
	head.Large = true
	return (&Page{PageHead: head}).Bytes()
}

func (p *Publisher) tell(ctx context.Context, subject, stamp string, body []byte) error {
	if err := p.Bus.Tell(ctx, subject, stamp, body); err != nil {
		return err
	}
	p.note(subject, stamp)
	return nil
}

// note remembers what was kept.
func (p *Publisher) note(subject, stamp string) {
	if p.told == nil {
		p.told = map[string]string{}
	}
	p.told[subject] = stamp
	if p.Published != nil {
		p.Published()
	}
}

func (p *Publisher) barrier(ctx context.Context) error {
	if p.Barrier == nil {
		return nil
	}
	if err := p.Barrier(ctx); err != nil {
		return fmt.Errorf("wait until it may be told: %w", err)
	}
	return nil
}

// tellAbout tells hello, and how the web app looks.
func (p *Publisher) tellAbout(ctx context.Context, what []string) error {
	for _, name := range what {
		subject, body, err := cluster.Hello, []byte(nil), error(nil)
		switch {
		case name == ofHello:
			body, err = p.service.serving.Load().hello.told(p.app)
		case p.Site == nil:
			continue
		default:
			subject = cluster.Site
			body, err = p.Site()
		}
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		stamp := hex.EncodeToString(sum[:12])
		if p.told[subject] == stamp {
			continue
		}
		if err := p.barrier(ctx); err != nil {
			return err
		}
		if err := p.tell(ctx, subject, stamp, body); err != nil {
			return err
		}
	}
	return nil
}
