package confidential

import (
	"encoding/json"
	"fmt"
	"time"

	"folje/internal/audit"
	"folje/internal/database"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// letIn lets in a colleague who asked, with the channel's keys encrypted to
// hers, the current one at least.
func (f *feature) letIn(tx core.App, d door, r *core.Record, in holderChange) error {
	if err := d.reads(); err != nil {
		return err
	}
	staff, err := tx.FindRecordById("staff", r.GetString("staff"))
	if err != nil {
		return fmt.Errorf("find a holder's account: %w", err)
	}
	if r.GetString("state") != "asked" || !mayHold(staff, d.name()) {
		return problem.Invalid(fields{"state": {Code: "error.field_invalid"}})
	}
	if len(in.Cover) > 0 {
		if err := cover(r, in.Cover); err != nil {
			return err
		}
	}
	return f.admit(tx, d, r, in.Wraps, "let in holder")
}

// admit makes the holder one who is in, with these wrapped keys instead of those
// that she has.
func (f *feature) admit(tx core.App, d door, r *core.Record, given []wrapView, action string) error {
	if err := checkWraps(tx, d.channel.Id, given); err != nil {
		return err
	}
	if err := unwrap(tx, r.Id); err != nil {
		return err
	}
	r.Set("state", "in")
	if err := tx.Save(r); err != nil {
		return fmt.Errorf("save a holder: %w", err)
	}
	for _, w := range given {
		if err := wrap(tx, w.Key, r.Id, w.Wrapped); err != nil {
			return err
		}
	}
	return audit.Write(tx, d.staff.Id, action, d.subject(r.Id), f.Now())
}

// checkWraps wants one for the channel's current key, and none for another
// channel's.
func checkWraps(tx core.App, channel string, given []wrapView) error {
	all, err := allKeys(tx, channel)
	if err != nil {
		return err
	}
	left := map[string]bool{}
	for _, k := range all {
		left[k.Id] = true
	}
	wrong := len(all) == 0
	for _, w := range given {
		wrong = wrong || !left[w.Key] || !isSealed(w.Wrapped)
		delete(left, w.Key)
	}
	if wrong || left[all[0].Id] {
		return problem.Invalid(fields{"wraps": {Code: "error.field_invalid"}})
	}
	return nil
}

func wrap(tx core.App, key, holder, wrapped string) error {
	w, err := database.NewRecord(tx, wraps)
	if err != nil {
		return err
	}
	w.Load(map[string]any{"key": key, "holder": holder, "wrapped": wrapped})
	if err := tx.Save(w); err != nil {
		return fmt.Errorf("save a wrapped key: %w", err)
	}
	return nil
}

// unwrap takes every key from the holder.
func unwrap(tx core.App, holder string) error {
	_, err := tx.DB().Delete(wraps, dbx.HashExp{"holder": holder}).Execute()
	if err != nil {
		return fmt.Errorf("take keys from a holder: %w", err)
	}
	return nil
}

// putOut lets a holder leave, who then has no key, and has the channel wait for
// a new one.
func (f *feature) putOut(tx core.App, d door, r *core.Record) error {
	if !d.isHead() && !d.isAdmin() && d.staff.Id != r.GetString("staff") {
		return problem.NotFound()
	}
	return leave(tx, d.staff.Id, d.channel, r, f.Now())
}

// leave does what follows when a holder leaves, by herself or because she may no
// longer be one; actor is who had it done.
func leave(tx core.App, actor string, channel, r *core.Record, now time.Time) error {
	if err := unwrap(tx, r.Id); err != nil {
		return err
	}
	wasIn := r.GetString("state") == "in"
	r.Load(map[string]any{"state": "left", "coverFrom": "", "coverTo": ""})
	if err := tx.Save(r); err != nil {
		return fmt.Errorf("save a holder: %w", err)
	}
	if wasIn {
		if err := rotationDue(tx, channel, now); err != nil {
			return err
		}
	}
	return audit.Write(tx, actor, "take holder out", subject(channel.GetString("name"), r.Id), now)
}

// rotationDue notes that somebody who had the channel's key shouldn't read what
// comes from now on. Where nobody is left who reads, the channel takes nothing
// until it is opened again: phones don't promise an answer that nobody gives.
func rotationDue(tx core.App, channel *core.Record, now time.Time) error {
	fresh, err := tx.FindRecordById(channels, channel.Id)
	if err != nil {
		return fmt.Errorf("find a channel: %w", err)
	}
	if fresh.GetDateTime("rotate").IsZero() {
		fresh.Set("rotate", now.UTC())
	}
	left, err := tx.CountRecords(holders, dbx.HashExp{"channel": channel.Id, "state": "in"})
	if err != nil {
		return fmt.Errorf("count who is left: %w", err)
	}
	if left == 0 {
		fresh.Set("open", false)
	}
	if err := tx.Save(fresh); err != nil {
		return fmt.Errorf("note that a new key is due: %w", err)
	}
	return nil
}

// setCover says between which days a holder reads, or that she always does.
func (f *feature) setCover(tx core.App, d door, r *core.Record, given json.RawMessage) error {
	mine := d.staff.Id == r.GetString("staff")
	if mine || !d.isHead() && !d.isAdmin() && d.reads() != nil {
		return problem.NotFound()
	}
	if err := cover(r, given); err != nil {
		return err
	}
	if err := tx.Save(r); err != nil {
		return fmt.Errorf("save a holder: %w", err)
	}
	return audit.Write(tx, d.staff.Id, "set cover", d.subject(r.Id), f.Now())
}

// cover puts {from, to} or null into the holder's row.
func cover(r *core.Record, given json.RawMessage) error {
	var days *span
	if err := json.Unmarshal(given, &days); err != nil || days != nil && !days.valid() {
		return problem.Invalid(fields{"cover": {Code: "error.field_invalid"}})
	}
	if days == nil {
		days = &span{}
	}
	r.Load(map[string]any{"coverFrom": days.From, "coverTo": days.To})
	return nil
}
