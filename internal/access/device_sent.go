package access

import (
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// sentKey is a group, and up to which change of its log.
type sentKey struct {
	group string
	seq   int
}

// Sent notes that the device of the request was sent the group's records up to
// a change of the group's log. It is what "arrived" is counted from; it reads
// no database, and what it noted before costs no more than a look.
func (x *Index) Sent(r *http.Request, group string, seq int) {
	if found, ok := x.who(r); ok && found.has[group] < seq {
		x.noteSent(found.ID, group, seq)
	}
}

// noteSent keeps it for the next writing. The entry is replaced, not changed:
// others may be reading it.
func (x *Index) noteSent(id, group string, seq int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	old, ok := x.byID[id]
	if !ok || old.has[group] >= seq {
		return
	}
	next := *old
	next.has = maps.Clone(old.has)
	if next.has == nil {
		next.has = map[string]int{}
	}
	next.has[group] = seq
	x.byID[id], x.byHash[next.hash] = &next, &next
	x.sent[[2]string{id, group}] = seq
}

// WriteSent stores up to where devices were sent their groups' records since
// the last call. As with [Index.WriteSeen] nothing else follows from it; what
// is lost in a crash is noted when the phone comes again.
func (x *Index) WriteSent(app core.App) error {
	x.mu.Lock()
	sent := x.sent
	x.sent = map[[2]string]int{}
	x.mu.Unlock()
	alike := map[sentKey][]any{}
	for of, seq := range sent {
		key := sentKey{of[1], seq}
		alike[key] = append(alike[key], of[0])
	}
	for key, devices := range alike {
		for some := range slices.Chunk(devices, seenChunk) {
			_, err := app.NonconcurrentDB().Update("memberships", dbx.Params{"has": key.seq}, dbx.And(
				dbx.HashExp{"group": key.group}, dbx.In("device", some...),
				dbx.NewExp("[[has]] < {:has}", dbx.Params{"has": key.seq}))).Execute()
			if err != nil {
				x.keepSent(sent)
				return fmt.Errorf("write what devices were sent: %w", err)
			}
		}
	}
	return nil
}

// keepSent puts back what could not be written, behind what came since.
func (x *Index) keepSent(sent map[[2]string]int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for of, seq := range sent {
		x.sent[of] = max(x.sent[of], seq)
	}
}
