package meeting

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"
	"unicode/utf8"

	"folje/internal/access"
	"folje/internal/database"
	"folje/internal/operation"
	"folje/internal/problem"
	"folje/internal/text"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const rsvps = "rsvps"

// The answers, in RFC 5545's words; None is an answer taken back.
const (
	Accepted  = "accepted"
	Declined  = "declined"
	Tentative = "tentative"
	None      = "none"
)

// How an interpreter takes part.
var modes = []string{"on_site", "phone", "video"}

// Bounds of an answer.
const (
	maxPeople   = 20
	maxChildren = 9
	maxNote     = 500 // runes
)

// errUnknown is one answer for a meeting that isn't there, isn't published, or
// isn't for the device's groups: a phone learns nothing of the others.
var errUnknown = problem.New(http.StatusBadRequest, "error.meeting_unknown")

// lateCode tells a parent that the answer came after the last day.
const lateCode = "answer.late"

// rsvp is the body of an answer. Count is how many come, without those who
// answer themselves, and Childcare for how many children.
type rsvp struct {
	Meeting     string       `json:"meeting"`
	Status      string       `json:"status"`
	Count       int          `json:"count"`
	Childcare   int          `json:"childcare"`
	Interpreter *interpreter `json:"interpreter"`
	Note        string       `json:"note"`
}

// RSVP is the kind "rsvp": a device's answer to a meeting. Of two answers the
// one with the higher seq holds, whatever the order they come in; the other is
// applied and changes nothing. What comes after the last moment for answers is
// stored as late.
func RSVP(now func() time.Time) operation.Kind {
	return operation.Kind{Version: 1, Apply: func(tx core.App, device access.Device, op operation.Operation) (operation.Outcome, error) {
		var in rsvp
		if err := operation.Decode(op, &in); err != nil {
			return operation.Outcome{}, err
		}
		if fault := in.tidy(); fault != nil {
			return operation.Outcome{}, operation.Malformed(fault)
		}
		return in.apply(tx, device.ID, op.Seq, now())
	}}
}

// tidy brings the answer into the form it is stored in, and says what no phone
// may send.
func (in *rsvp) tidy() error {
	in.Note = text.Fold(in.Note)
	if in.Status == Declined || in.Status == None {
		in.Count, in.Childcare, in.Interpreter = 0, 0, nil
	}
	if in.Status == None {
		in.Note = ""
	}
	switch {
	case !slices.Contains([]string{Accepted, Declined, Tentative, None}, in.Status):
		return errors.New("no such status")
	case in.Count < 0 || in.Count > maxPeople:
		return errors.New("count is out of bounds")
	case in.Childcare < 0 || in.Childcare > maxChildren:
		return errors.New("childcare is out of bounds")
	case utf8.RuneCountInString(in.Note) > maxNote:
		return errors.New("note is too long")
	}
	if in.Interpreter == nil {
		in.Interpreter = &interpreter{}
		return nil
	}
	in.Interpreter.Language = text.Fold(in.Interpreter.Language)
	return in.Interpreter.fault()
}

func (in *rsvp) apply(tx core.App, device string, seq int, now time.Time) (operation.Outcome, error) {
	m, err := invited(tx, device, in.Meeting, now)
	if err != nil {
		return operation.Outcome{}, err
	}
	row, err := answerOf(tx, device, m.Id)
	if err != nil || row.GetInt("seq") >= seq {
		return operation.Outcome{}, err
	}
	if in.Interpreter.Language != "" {
		if err := reopen(tx, m.Id, in.Interpreter.need()); err != nil {
			return operation.Outcome{}, err
		}
	}
	late := now.After(m.AnswerBy())
	row.Load(map[string]any{
		"seq": seq, "status": in.Status, "count": in.Count, "childcare": in.Childcare,
		"language": in.Interpreter.Language, "mode": in.Interpreter.Mode, "note": in.Note, "late": late,
	})
	if err := tx.Save(row); err != nil {
		return operation.Outcome{}, fmt.Errorf("save answer: %w", err)
	}
	if late {
		return operation.Outcome{Late: true, Code: lateCode}, nil
	}
	return operation.Outcome{}, nil
}

// invited gives the meeting that the device may answer now.
func invited(tx core.App, device, id string, now time.Time) (*Meeting, error) {
	m, err := find(tx, id)
	if err != nil {
		return nil, err
	}
	if m == nil || !m.Published() {
		return nil, errUnknown
	}
	groups, err := access.FindGroups(tx, device, now)
	if err != nil {
		return nil, err
	}
	ours := slices.ContainsFunc(groups, func(g access.Group) bool { return slices.Contains(m.Groups(), g.ID) })
	switch {
	case !ours:
		return nil, errUnknown
	case m.Cancelled():
		return nil, errCancelled
	case !now.Before(m.Ends()):
		return nil, errOver
	}
	return m, nil
}

// answerOf is the device's answer to the meeting, a new one where there is none.
func answerOf(tx core.App, device, meeting string) (*core.Record, error) {
	row, err := tx.FindFirstRecordByFilter(rsvps, "device = {:device} && meeting = {:meeting}",
		dbx.Params{"device": device, "meeting": meeting})
	if err == nil {
		return row, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("find answer: %w", err)
	}
	if row, err = database.NewRecord(tx, rsvps); err != nil {
		return nil, err
	}
	row.Set("device", device)
	row.Set("meeting", meeting)
	return row, nil
}
