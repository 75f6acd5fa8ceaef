package access

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"folje/internal/problem"
	"folje/internal/ticket"

	"github.com/pocketbase/pocketbase/core"
)

// What a phone's ticket is refused with. The phone drops it and asks once more
// with its secret.
var (
	// ErrTicketExpired (401): the ticket is ours, and good no more, or not for
	// this group.
	ErrTicketExpired = problem.New(http.StatusUnauthorized, "error.ticket_expired")
	// ErrTicketForged (401): no key that is known here signed it.
	ErrTicketForged = problem.New(http.StatusUnauthorized, "error.ticket_forged")
)

// MayRead says whether who asks may read the group's feed: with the device's
// secret, or with a ticket for the group, and as a member now. It fails with
// [ErrDeviceUnknown], [ErrDeviceRevoked], [ErrNotMember], [ErrTicketExpired] or
// [ErrTicketForged]. It reads no database.
func (x *Index) MayRead(r *http.Request, group string) error {
	device, err := x.reader(r, group)
	if err != nil {
		return err
	}
	if !device.In(group, x.now()) {
		return ErrNotMember
	}
	return nil
}

func (x *Index) reader(r *http.Request, group string) (*Device, error) {
	text := bearer(r)
	if !ticket.Is(text) {
		return x.Authenticate(r)
	}
	t, err := x.tickets.Verify(text, x.now())
	if errors.Is(err, ticket.ErrForged) {
		return nil, ErrTicketForged.Because(err)
	}
	if err == nil && !t.Covers(group) {
		err = errors.New("the ticket is for other groups")
	}
	if err != nil {
		return nil, ErrTicketExpired.Because(err)
	}
	x.mu.RLock()
	found, ok := x.byID[t.Device]
	stale := ok && found.seen != day(x.now())
	x.mu.RUnlock()
	return x.admit(found, ok, stale)
}

// who finds the device by what the request bears, for [Index.Sent].
func (x *Index) who(r *http.Request) (found *indexed, ok bool) {
	text := bearer(r)
	if ticket.Is(text) {
		t, err := x.tickets.Verify(text, x.now())
		if err != nil {
			return nil, false
		}
		x.mu.RLock()
		defer x.mu.RUnlock()
		found, ok = x.byID[t.Device]
		return found, ok
	}
	hash, err := HashSecret(text)
	if err != nil {
		return nil, false
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	found, ok = x.byHash[hash]
	return found, ok
}

// Settle reads the device anew and reports whether it is shut out. When it
// returns, no ticket is issued any more for what the device was before: what
// was issued until now may be declared void.
func (x *Index) Settle(app core.App, device string) (revoked bool) {
	x.refresh(app, device)
	x.mu.RLock()
	defer x.mu.RUnlock()
	found, ok := x.byID[device]
	return ok && found.Revoked
}

// maxHas is the largest body of a request for a ticket, in bytes: a cursor for
// each of the groups.
const maxHas = 16 << 10

// giveTicket answers POST devices/me/ticket: {has?: {group: cursor}} → {ticket,
// expires, seconds, scopes}. The phone says how far it has read its groups'
// records, since whoever it shows a ticket to doesn't. The time it is issued at
// is taken before the index is looked at: see [Index.Settle].
func (a *api) giveTicket(e *core.RequestEvent) error {
	now := a.Now()
	device, err := a.index.Authenticate(e.Request)
	if err != nil {
		return err
	}
	var body struct {
		Has map[string]string `json:"has"`
	}
	if e.Request.ContentLength != 0 {
		if err := problem.Read(e, maxHas, &body); err != nil {
			return err
		}
	}
	a.noteHas(device, body.Has, now)
	text, issued := a.Tickets.Issue(ticket.Ticket{
		Device: device.ID, Scopes: lasting(device.Groups, now.Add(ticket.Life+ticket.Skew)),
		Issued: now, Expires: now.Add(ticket.Life), Term: a.Term(),
	})
	return answer(e, http.StatusOK, map[string]any{
		"ticket": text, "expires": issued.Expires.UTC().Format(time.RFC3339),
		"seconds": int(ticket.Life / time.Second), "scopes": issued.Scopes,
	})
}

// lasting are the groups that the device follows until then at least; for one
// that ends sooner its phone shows its secret.
func lasting(groups map[string]time.Time, until time.Time) []string {
	names := []string{}
	for name, ends := range groups {
		if ends.After(until) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// noteHas notes what the device was sent by others.
func (a *api) noteHas(device *Device, has map[string]string, now time.Time) {
	if a.Has == nil {
		return
	}
	for group, cursor := range has {
		if !device.In(group, now) {
			continue
		}
		if seq, ok := a.Has(group, cursor); ok {
			a.index.noteSent(device.ID, group, seq)
		}
	}
}
