package message

import (
	"errors"
	"fmt"
	"net/http"
	"time"
	"unicode/utf8"

	"folje/internal/database"
	"folje/internal/locale"
	"folje/internal/problem"
	"folje/internal/text"
	"folje/internal/translation"
	"folje/internal/wording"

	"github.com/pocketbase/pocketbase/core"
)

// deed is what a translator does with a place, and when.
type deed struct {
	viewer
	at time.Time
}

// errConflict says that the place was changed since the base was read.
var errConflict = errors.New("the message was changed meanwhile")

// errOwn (403): a second person is to review the text, and she wrote it.
var errOwn = problem.New(http.StatusForbidden, "error.review_own")

// Save stores the form of a message that a translator wrote on a page without a
// network: the record is the audience, the segment the message's id, the context
// the form. It fails as PUT …/places/{locale}/{key} does. Call it in a transaction.
func (s *Service) Save(tx core.App, staff *core.Record, sent translation.Sent) error {
	a, err := s.asked(staff, sent.Record, sent.Locale)
	if err != nil {
		return err
	}
	_, _, err = s.atPlace(tx, staff, a, sent.Segment, sent.Context, func(tx core.App, p place, d deed) error {
		return p.saveSent(tx, d, sent.Text, sent.Base, sent.Draft)
	})
	if errors.Is(err, errConflict) {
		return problem.New(http.StatusConflict, "error.translation_conflict")
	}
	return err
}

// saveSent is save for a text as it was sent.
func (p place) saveSent(tx core.App, d deed, said, base string, draft bool) error {
	if n := utf8.RuneCountInString(said); n > maxText {
		return problem.Invalid(map[string]problem.Field{"text": {
			Code: text.CodeBlockTooLong, Params: map[string]any{"Max": maxText, "Count": n}}})
	}
	return p.save(tx, d, said, base, draft)
}

// save stores a text of the place. Base is the version she saw. A draft is not
// said by anything; an empty finished text gives the file's back. It fails with
// errConflict where base isn't what is there, and with 400
// error.translation_check for a finished text that would mislead.
func (p place) save(tx core.App, d deed, said, base string, draft bool) error {
	if p.version() != base {
		return errConflict
	}
	said = text.Fold(said)
	switch {
	case draft:
		return p.keepDraft(tx, d, said)
	case text.Blank(said):
		return p.giveBack(tx, d)
	}
	if now, _ := p.text(); now == said {
		if err := p.confirm(tx, d); !errors.Is(err, errOwn) {
			return err // the same words again are found right
		}
	}
	if err := p.check(said); err != nil {
		return err
	}
	status := translation.Reviewed
	if d.second {
		status = translation.Draft
	}
	err := p.store(tx, map[string]any{
		"text": said, "draft": "", "given": true, "status": status, "source": p.present, "author": d.staff, "reviewer": "",
	})
	if err != nil {
		return err
	}
	return p.note(tx, d, translation.Saved, said)
}

// confirm says that the text of the place is right. Where a second person
// reviews, hers waits for another, and what she wrote she can't confirm.
func (p place) confirm(tx core.App, d deed) error {
	said, _ := p.text()
	if said == "" {
		return problem.NotFound()
	}
	if err := p.check(said); err != nil {
		return err
	}
	change := map[string]any{
		"text": said, "draft": "", "given": true, "status": translation.Reviewed, "source": p.present, "reviewer": d.staff,
	}
	action, state := translation.Reviewed, p.state()
	switch {
	case state == translation.Reviewed:
		return p.keepDraft(tx, d, "")
	case state == translation.Draft && d.second && p.row.Author == d.staff:
		return errOwn
	case state == translation.Machine && d.second:
		change["status"], change["author"], change["reviewer"] = translation.Draft, d.staff, ""
	case state == translation.Reused: // somebody had found it right
		action = translation.Confirmed
	}
	if err := p.store(tx, change); err != nil {
		return err
	}
	return p.note(tx, d, action, said)
}

// check gives a problem that names the faults where the text would mislead, or
// where it is too long for the room that the app has for it.
func (p place) check(said string) error {
	hard := []wording.Fault{}
	long := utf8.RuneCountInString(said) > utf8.RuneCountInString(p.source.Nearest(p.form))
	for _, f := range locale.CheckText(p.tag, p.source, p.form, said) {
		if !f.Soft || f.Code == wording.Length && long {
			hard = append(hard, wording.Fault{Code: f.Code, Hard: true, At: f.At})
		}
	}
	if len(hard) == 0 {
		return nil
	}
	refused := problem.New(http.StatusBadRequest, "error.translation_check").With("faults", hard)
	refused.Fields = map[string]problem.Field{"text": {Code: "error.translation_check"}}
	return refused
}

func (p place) keepDraft(tx core.App, d deed, said string) error {
	if said == "" && p.row == nil {
		return nil
	}
	if said == "" && !p.row.Given {
		return p.remove(tx)
	}
	change := map[string]any{"draft": said}
	if p.row == nil {
		change["status"], change["author"] = translation.Draft, d.staff
	}
	return p.store(tx, change)
}

// giveBack ends what was edited.
func (p place) giveBack(tx core.App, d deed) error {
	if p.row == nil {
		return nil
	}
	if err := p.remove(tx); err != nil || !p.row.Given {
		return err
	}
	return p.note(tx, d, translation.Removed, "")
}

func (p place) store(tx core.App, change map[string]any) error {
	r, err := p.record(tx)
	if err != nil {
		return err
	}
	r.Load(map[string]any{"locale": p.tag, "key": p.source.ID, "form": p.form})
	r.Load(change)
	if err := tx.Save(r); err != nil {
		return fmt.Errorf("save a message: %w", err)
	}
	return nil
}

func (p place) record(tx core.App) (*core.Record, error) {
	if p.row == nil {
		return database.NewRecord(tx, stored)
	}
	return tx.FindRecordById(stored, p.row.ID)
}

func (p place) remove(tx core.App) error {
	r, err := p.record(tx)
	if err != nil {
		return err
	}
	if err := tx.Delete(r); err != nil {
		return fmt.Errorf("give a message back: %w", err)
	}
	return nil
}

func (p place) note(tx core.App, d deed, action, said string) error {
	return translation.Deed{
		Key: p.source.ID, Locale: p.tag, Context: p.form, Collection: Collection, Record: locale.AudienceOf(p.source.ID),
		Action: action, Author: d.staff, Source: p.source.Nearest(p.form), Text: said, At: d.at,
	}.Write(tx)
}
