package app

import (
	"context"
	"net/http"
	"time"

	"folje/internal/access"
	"folje/internal/announce"
	"folje/internal/cluster"
	"folje/internal/erasure"
	"folje/internal/sync"
	"folje/internal/ticket"
	"folje/internal/web"

	"github.com/pocketbase/pocketbase/core"
)

// elsewhere is what those know who answer phones in this program's stead. Where
// nobody does its fields are nil, and its methods do nothing.
type elsewhere struct {
	tickets *ticket.Issuer
	words   *announce.Announcer
	feeds   *sync.Service // set once it is there
}

// registerPhones binds who phones are, and where edges answer them, the tickets
// that they show there.
func registerPhones(app core.App, cfg Config, keys *access.Keys, journal *erasure.Journal) (*access.Index, *elsewhere, error) {
	there := &elsewhere{}
	of := access.Config{
		Locales: cfg.Locales, Keys: keys, Now: cfg.Now,
		Erased:     erasedIn(journal, keys),
		Origin:     func(*http.Request) string { return cfg.Origin },
		AddressKey: func(r *http.Request) string { return web.AddressKey(web.ClientIP(r)) },
	}
	words := cfg.announces()
	if words == nil {
		return access.Register(app, of), there, nil
	}
	var err error
	if there.tickets, err = ticket.Open(app.DataDir()); err != nil {
		return nil, nil, err
	}
	of.Tickets, of.Term, of.Has = there.tickets, words.Term, there.has
	index := access.Register(app, of)
	words.Settle, words.Tickets, words.Now = index.Settle, there.tickets.Public(), cfg.Now
	words.Newest = there.tickets.Newest
	there.words = announce.Register(app, *words)
	return index, there, nil
}

// announces is what announcing needs; nil where nobody else answers phones.
func (c Config) announces() *announce.Config {
	switch {
	case c.Announce != nil:
		words := *c.Announce
		return &words
	case c.Cluster == nil:
		return nil
	}
	conn := c.Cluster.Conn
	return &announce.Config{Conn: conn, Term: c.Cluster.Term, Barrier: c.Cluster.Barrier, Made: func(ctx context.Context) (time.Time, error) {
		return conn.Made(ctx, cluster.Revoked)
	}}
}

// has gives the change that a cursor of the group's records stands for.
func (t *elsewhere) has(group, cursor string) (seq int, ok bool) {
	if t.feeds == nil {
		return 0, false
	}
	return t.feeds.Has(group, cursor)
}

// erasing gives what is told a device before it is erased, by its id or its
// secret's hash: a writer that takes over must know of it, then the journal.
func (t *elsewhere) erasing(journal *erasure.Journal, keys *access.Keys, now func() time.Time) func(idOrHash string) error {
	return func(idOrHash string) error {
		mark := keys.ErasureMark(idOrHash)
		if err := t.words.Erased(mark); err != nil {
			return err
		}
		return journal.Append(erasure.Device, mark, now())
	}
}
