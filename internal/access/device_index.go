package access

import (
	"net/http"
	"sync"
	"time"

	"folje/internal/ticket"
)

// Index knows every device by its secret without a look at the database, with
// the groups it follows, so that an unchanged feed costs no SQL. Record hooks
// keep it true: it changes right after a commit, and never for a transaction
// that was rolled back. Its methods may be used from several goroutines.
type Index struct {
	now     func() time.Time
	tickets ticket.Verifier

	// reading makes reading a device from the database and storing it here one
	// step: of two changes, the reader that comes last has seen both.
	reading sync.Mutex

	mu     sync.RWMutex
	byHash map[string]*indexed
	byID   map[string]*indexed
	heard  map[string]string // device → day, not yet written to the database
	sent   map[[2]string]int // device and group → what it was sent, likewise
}

type indexed struct {
	Device
	hash string
	seen string         // the day, as in [day]
	has  map[string]int // group → the change up to which it was sent its records
}

func newIndex(now func() time.Time) *Index {
	return &Index{now: now, byHash: map[string]*indexed{}, byID: map[string]*indexed{}, heard: map[string]string{}, sent: map[[2]string]int{}}
}

// Authenticate finds the device by the request's bearer secret and notes that
// it was heard from today. It fails with [ErrDeviceUnknown], or with
// [ErrDeviceRevoked] and the device. It reads no database.
func (x *Index) Authenticate(r *http.Request) (*Device, error) {
	hash, err := SecretHash(r)
	if err != nil {
		return nil, ErrDeviceUnknown.Because(err)
	}
	x.mu.RLock()
	found, ok := x.byHash[hash]
	stale := ok && found.seen != day(x.now())
	x.mu.RUnlock()
	return x.admit(found, ok, stale)
}

// admit gives what was found, and notes that it was heard from.
func (x *Index) admit(found *indexed, ok, stale bool) (*Device, error) {
	if !ok {
		return nil, ErrDeviceUnknown
	}
	device := found.Device
	if device.Revoked {
		return &device, ErrDeviceRevoked
	}
	if stale {
		x.hear(device.ID)
	}
	return &device, nil
}

// Find gives the device with the secret, revoked or not.
func (x *Index) Find(secret string) (Device, bool) {
	hash, err := HashSecret(secret)
	if err != nil {
		return Device{}, false
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	found, ok := x.byHash[hash]
	if !ok {
		return Device{}, false
	}
	return found.Device, true
}

// Len is how many devices the index knows.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.byID)
}

// put stores what the database says about one device; nil removes it.
func (x *Index) put(id string, found *indexed) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if old, ok := x.byID[id]; ok {
		delete(x.byHash, old.hash)
		delete(x.byID, id)
	}
	if found != nil {
		x.byID[id], x.byHash[found.hash] = found, found
	}
}

// hear notes the day for the next writing. The entry is replaced, not changed:
// others may be reading it.
func (x *Index) hear(id string) {
	today := day(x.now())
	x.mu.Lock()
	defer x.mu.Unlock()
	old, ok := x.byID[id]
	if !ok {
		return
	}
	next := *old
	next.seen = today
	x.byID[id], x.byHash[next.hash] = &next, &next
	x.heard[id] = today
}

// day is all that is kept of when a phone was heard from.
func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }
