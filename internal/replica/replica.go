// Package replica keeps a copy of the database elsewhere while it is written,
// with Litestream: in a bucket (S3), on another machine (SFTP), or in a folder.
//
// Each term of a writer has a place of its own below the replica's URL, so that
// a writer whose lease is over can't write into its successor's. A term's copy
// begins with the whole database; it is complete once [Begin] returned.
package replica

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/benbjohnson/litestream"
	_ "github.com/benbjohnson/litestream/file" // file:///folder
	_ "github.com/benbjohnson/litestream/s3"   // s3://bucket/prefix
)

var (
	// ErrAway says that the replica doesn't answer or doesn't take what is written.
	ErrAway = errors.New("the replica isn't reached")
	// ErrNone says that there is no copy.
	ErrNone = errors.New("the replica has no copy")
	// ErrBehind says that the copy lacks something that was acknowledged.
	ErrBehind = errors.New("the replica's copy is older than what was acknowledged")
)

// What is wrong with an address doesn't repeat it: there could be a password.
var (
	errAddress  = errors.New("a replica is file:///folder, s3://bucket/prefix or sftp://user@host/folder?key=FILE&host-key=FILE")
	errPassword = errors.New("no password belongs into the replica's address, which everybody on this machine can read: " +
		"S3's credentials are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, SFTP takes the file of a key")
)

// patience is for how long [Replica.Wait] waits.
const patience = 5 * time.Second

// The times of copying. Closing is for how long the end is tried.
const (
	interval = time.Second // between two copies of what nobody waits for
	closing  = 10 * time.Second
	whole    = 24 * time.Hour // between two copies of all, and for which the one before stays: what is deleted is twice that in it at most
	single   = time.Minute    // for which each copying's own file stays beside the larger one it went into
)

// levels say how Litestream joins what it copied into larger files.
func levels() litestream.CompactionLevels {
	return litestream.CompactionLevels{{Level: 0}, {Level: 1, Interval: 30 * time.Second}, {Level: 2, Interval: 5 * time.Minute}, {Level: 3, Interval: time.Hour}}
}

// Check fails for a URL that no replica can have.
func Check(to string) error {
	_, err := client(to, 1, quiet())
	return err
}

// client is how Litestream reaches the copy of a term.
func client(to string, term uint64, log *slog.Logger) (litestream.ReplicaClient, error) {
	u, err := url.Parse(to)
	if err != nil || u.Scheme == "" {
		return nil, errAddress
	}
	if _, password := u.User.Password(); password {
		return nil, errPassword
	}
	switch u.Scheme {
	case "file", "s3", "sftp":
	default:
		return nil, fmt.Errorf("a replica can't be at %s: it is file, s3 or sftp", u.Scheme)
	}
	believe(u.Scheme)
	u.Path = strings.TrimSuffix(u.Path, "/") + fmt.Sprintf("/term-%012d", term)
	var c litestream.ReplicaClient
	if u.Scheme == "sftp" {
		c, err = overSFTP(u)
	} else {
		c, err = litestream.NewReplicaClientFromURL(u.String())
	}
	if err != nil {
		return nil, fmt.Errorf("the replica's address: %w", err)
	}
	c.SetLogger(log)
	return c, nil
}

// believe has S3's client believe the authorities that AWS_CA_BUNDLE names: it
// can't use that variable together with connections of its own, and fails.
func believe(scheme string) {
	bundle := os.Getenv("AWS_CA_BUNDLE")
	if scheme != "s3" || bundle == "" {
		return
	}
	if os.Getenv("SSL_CERT_FILE") == "" {
		_ = os.Setenv("SSL_CERT_FILE", bundle) // it fails for other names only
	}
	_ = os.Unsetenv("AWS_CA_BUNDLE")
}

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// Replica copies a database for as long as it is open.
type Replica struct {
	term  uint64
	db    *litestream.DB
	store *litestream.Store
	index *os.File // of the write-ahead log; see state

	mu    sync.Mutex
	round *round    // who waits for the next sync; nil for nobody
	busy  bool      // a sync runs
	saved string    // the index when the last sync that succeeded began
	since time.Time // when a sync failed or something was first not saved; zero for neither
	over  bool

	ended   chan struct{} // closed when over
	copying sync.WaitGroup
}

// round is one sync, for all who came before it began.
type round struct {
	done chan struct{}
	err  error
}

// Begin begins the copy of the database at path for a term, and returns once
// all that is in it is there. All other connections to the database must have
// wal_autocheckpoint 0 (database.ConnectReplicated), and at least one that
// stays open.
func Begin(ctx context.Context, to string, term uint64, path string, log *slog.Logger) (r *Replica, err error) {
	if log == nil {
		log = quiet()
	}
	c, err := client(to, term, log)
	if err != nil {
		return nil, err
	}
	r = &Replica{term: term, db: litestream.NewDB(path), ended: make(chan struct{})}
	r.db.SetMetaPath(Meta(path, term))
	if err := os.RemoveAll(r.db.MetaPath()); err != nil {
		return nil, fmt.Errorf("begin a replica: %w", err)
	}
	r.db.MonitorInterval = 0 // what is copied is copied by r.run, which knows whether it worked
	r.db.Replica = litestream.NewReplicaWithClient(r.db, c)
	r.db.Replica.MonitorEnabled = false
	r.store = litestream.NewStore([]*litestream.DB{r.db}, levels())
	r.store.SetShutdownSyncTimeout(closing)
	r.store.SetL0Retention(single)
	r.store.SnapshotInterval, r.store.SnapshotRetention = whole, whole
	r.db.SetLogger(log)
	r.store.Logger = log
	if err := r.store.Open(ctx); err != nil {
		return nil, fmt.Errorf("begin a replica: %w: %w", ErrAway, err)
	}
	begun := r // a return with an error gives none
	defer func() {
		if err != nil {
			err = errors.Join(err, begun.Abandon())
		}
	}()
	if err := r.db.SyncAndWait(ctx); err != nil {
		return nil, fmt.Errorf("begin a replica: %w: %w", ErrAway, err)
	}
	if r.index, err = os.Open(path + "-shm"); err != nil {
		return nil, fmt.Errorf("begin a replica: %w", err)
	}
	r.copying.Go(func() { r.copy(log) })
	return r, nil
}

// copy copies what nobody waits for, until the replica ends.
func (r *Replica) copy(log *slog.Logger) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	failed := false
	for {
		select {
		case <-r.ended:
			return
		case <-tick.C:
		}
		err := r.Wait(context.Background())
		if failed != (err != nil) {
			if failed = err != nil; failed {
				log.Error("copy to the replica", "error", err)
			} else {
				log.Info("copy to the replica again")
			}
		}
	}
}

// Term is the term whose copy this is.
func (r *Replica) Term() uint64 { return r.term }

// Position is the newest transaction of this term that is in the copy.
func (r *Replica) Position() uint64 { return uint64(r.db.Replica.Pos().TXID) }

// Lag is for how long something that was written hasn't been copied.
func (r *Replica) Lag() time.Duration {
	now := r.state()
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case now == r.saved:
		r.since = time.Time{}
		return 0
	case r.since.IsZero():
		r.since = time.Now()
	}
	return time.Since(r.since)
}

// Close copies what is left, and ends. It gives the last transaction of the
// term; where it fails, that may be missing from the copy. The database's other
// connections must be closed.
func (r *Replica) Close(ctx context.Context) (position uint64, err error) {
	r.finish()
	if err = r.store.Close(ctx); err != nil {
		err = fmt.Errorf("end the replica: %w: %w", ErrAway, err)
	}
	if r.index != nil { // not before SQLite is done with it: see state
		err = errors.Join(err, r.index.Close())
	}
	return r.Position(), err
}

// Abandon ends without copying what is left.
func (r *Replica) Abandon() error {
	over, cancel := context.WithCancel(context.Background())
	cancel()
	r.store.SetShutdownSyncTimeout(time.Nanosecond)
	r.finish()
	_ = r.store.Close(over) // it says that it couldn't copy the rest
	if r.index != nil {
		return r.index.Close()
	}
	return nil
}

// finish has nobody wait any more, and waits for the sync that runs.
func (r *Replica) finish() {
	r.mu.Lock()
	if !r.over {
		r.over = true
		close(r.ended)
	}
	r.mu.Unlock()
	r.copying.Wait()
}
