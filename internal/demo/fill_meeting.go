package demo

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"time"

	"folje/internal/access"
	"folje/internal/meeting"
	"folje/internal/operation"
	"folje/internal/pack"
	"folje/internal/wish"
)

// meeting saves the entry's meeting, and invites the parents where
// the pack says that they were invited.
func (f *filler) meeting(e pack.Entry) (meeting.Meeting, error) {
	starts, ends, err := e.Meeting.Times(f.today)
	if err != nil {
		return meeting.Meeting{}, err
	}
	groups := make([]string, len(e.Meeting.Groups))
	for i, key := range e.Meeting.Groups {
		groups[i] = f.groups[e.Meeting.Unit+"/"+key].Id
	}
	values := map[string]any{
		"kind": "qpm", "unit": f.units[e.Meeting.Unit].Id, "groups": groups, "author": f.staff[e.Author].Id,
		"starts": starts.UTC(), "ends": ends.UTC(), "place": e.Meeting.Place, "base": 1,
		"information": pack.Join(e.Meeting.Information), "question": pack.Join(e.Meeting.Question),
	}
	if i := e.Meeting.Invitation; i != nil {
		values["childcare"], values["contact"] = i.Childcare, i.Contact
		for name, x := range map[string]*pack.Before{"answerBy": i.AnswerBy, "bookBy": i.BookBy, "cancelBy": i.CancelBy} {
			if x == nil {
				continue
			}
			at, err := e.Meeting.Earlier(f.today, *x)
			if err != nil {
				return meeting.Meeting{}, err
			}
			values[name] = at.UTC()
		}
	}
	r, err := f.save("meetings", values)
	if err != nil {
		return meeting.Meeting{}, err
	}
	m := meeting.Meeting{Record: r}
	if e.Meeting.Invitation == nil {
		return m, nil
	}
	return m, f.invite(e, m)
}

// invite publishes the meeting and lets the invented families answer.
func (f *filler) invite(e pack.Entry, m meeting.Meeting) error {
	at, err := e.Meeting.Earlier(f.today, e.Meeting.Invitation.Sent)
	if err != nil {
		return err
	}
	author := f.staff[e.Author].Id
	if _, err := meeting.Publish(f.app, m.Id, author, m.Base(), at); err != nil {
		return err
	}
	for i, a := range e.Meeting.Invitation.Answers {
		groups := m.Groups()
		if err := f.answer(e.Meeting, m.Id, groups[i%len(groups)], a); err != nil {
			return fmt.Errorf("answer %d: %w", i+1, err)
		}
	}
	for _, b := range e.Meeting.Invitation.Bookings {
		booking := meeting.Booking{Language: b.Language, Mode: b.Mode, State: b.State, Contact: b.Contact}
		if _, err := meeting.Book(f.app, m.Id, author, booking); err != nil {
			return fmt.Errorf("book an interpreter: %w", err)
		}
	}
	return nil
}

// answer makes a phone that follows the group and lets it answer, as a phone
// would.
func (f *filler) answer(m pack.Meeting, id, group string, a pack.Answer) error {
	at, err := m.Earlier(f.today, a.Given)
	if err != nil {
		return err
	}
	device, err := f.phone(a.Locale, group)
	if err != nil {
		return err
	}
	body := map[string]any{"meeting": id, "status": a.Status, "count": a.Count, "childcare": a.Childcare, "note": a.Note}
	if a.Interpreter != nil {
		body["interpreter"] = map[string]string{"language": a.Interpreter.Language, "mode": a.Interpreter.Mode}
	}
	return f.operate(meeting.RSVP(func() time.Time { return at }), device, body)
}

func (f *filler) operate(kind operation.Kind, device access.Device, body map[string]any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	_, err = kind.Apply(f.app, device, operation.Operation{ID: uuid(), Seq: 1, V: kind.Version, Body: raw})
	return err
}

// phone is an invented family's, which nobody holds: its secret is forgotten.
func (f *filler) phone(locale, group string) (access.Device, error) {
	ends := f.today.AddDate(1, 0, 0)
	device, err := f.save("devices", map[string]any{
		"id": uuid(), "secretHash": rand.Text() + rand.Text(), "locale": locale, "seen": f.today.UTC().Format(time.DateOnly) + " 00:00:00.000Z",
	})
	if err != nil {
		return access.Device{}, err
	}
	if _, err := f.save("memberships", map[string]any{"device": device.Id, "group": group, "ends": ends.UTC()}); err != nil {
		return access.Device{}, err
	}
	return access.Device{ID: device.Id, Locale: locale, Groups: map[string]time.Time{group: ends}}, nil
}

// uuid is a random one (RFC 9562, version 4), as phones make their ids.
func uuid() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// wishes are what the groups' parents want to talk about.
func (f *filler) wishes() error {
	for _, u := range f.pack.Units {
		for _, g := range u.Groups {
			group := f.groups[u.Key+"/"+g.Key].Id
			parent := access.Device{Groups: map[string]time.Time{group: f.today.AddDate(1, 0, 0)}}
			for _, w := range g.Wishes {
				at := f.today.AddDate(0, 0, -w.Days)
				if err := f.operate(wish.Kind(func() time.Time { return at }), parent, map[string]any{"group": group, "text": w.Text}); err != nil {
					return fmt.Errorf("wish of %s: %w", g.Name, err)
				}
			}
		}
	}
	return nil
}
