package machine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

const (
	// still is for how long nobody must have saved a draft until its sentences
	// are sent: what somebody is typing is not.
	still = 10 * time.Minute
	// mostSentences and mostLetters bound a batch.
	mostSentences = 20
	mostLetters   = 3000
	// batchTime is how long an engine may take for one.
	batchTime = 60 * time.Second
)

// draft drafts what the record lacks, and says when it is to be looked at
// again, zero for when it changes.
func (m *Machine) draft(ctx context.Context, i item, locales []target) (again time.Time, err error) {
	r, err := m.app.FindRecordById(i.collection, i.id)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return again, fmt.Errorf("find record to draft: %w", err)
	}
	places, again, err := m.open(i, r)
	if err != nil || len(places) == 0 {
		return again, err
	}
	names, err := m.placeNames(r.GetString("unit"))
	if err != nil {
		return again, err
	}
	for _, to := range locales {
		resting, err := m.into(ctx, i, to, places, names)
		if err != nil {
			return again, err
		}
		again = sooner(again, resting)
	}
	return again, nil
}

// open gives the places of the record that an engine may see: what is published
// or about to be at once, what is being written when it rests. Again is when it
// will, zero where it does.
func (m *Machine) open(i item, r *core.Record) (places []translation.Place, again time.Time, err error) {
	if withheld, err := m.withheld(i, r); err != nil || withheld {
		return nil, again, err
	}
	o, err := i.work.Owner(m.app, r)
	if err != nil {
		return nil, again, err
	}
	places = slices.Concat(o.Waiting, o.Published)
	if rests := r.GetDateTime("updated").Time().Add(still); rests.After(m.cfg.Now()) && !contains(places, o.Drafted) {
		return places, rests, nil
	}
	return slices.Concat(places, o.Drafted), again, nil
}

func (m *Machine) withheld(i item, r *core.Record) (bool, error) {
	if i.work.Withheld == nil {
		return false, nil
	}
	return i.work.Withheld(m.app, r)
}

// closed reports whether the record is gone or withheld by now: a round takes
// long.
func (m *Machine) closed(i item) (bool, error) {
	r, err := m.app.FindRecordById(i.collection, i.id)
	if errors.Is(err, sql.ErrNoRows) {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("find record to draft: %w", err)
	}
	return m.withheld(i, r)
}

// contains reports whether all of the segments stand in the places.
func contains(places, all []translation.Place) bool {
	return !slices.ContainsFunc(all, func(p translation.Place) bool {
		return !slices.ContainsFunc(places, func(q translation.Place) bool { return q.Segment.ID == p.Segment.ID })
	})
}

// sooner is the earlier of two moments, of which zero is none.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// into drafts what the item's places lack in one locale. Resting is when the first of
// the sentences that failed is due again.
func (m *Machine) into(ctx context.Context, i item, to target, places []translation.Place, names []string) (resting time.Time, err error) {
	lacking, err := translation.Lacking(m.app, to.locale, places)
	if err != nil || len(lacking) == 0 {
		return resting, err
	}
	known, err := jobsOf(m.app, to.locale, lacking)
	if err != nil {
		return resting, err
	}
	var fresh []text.Segment
	var batches [][]text.Segment
	for _, s := range lacking {
		j, failedBefore := known[s.ID]
		switch {
		case !failedBefore:
			fresh = append(fresh, s)
		case j.Due.Time().After(m.cfg.Now()):
			resting = sooner(resting, j.Due.Time())
		default: // alone, so that it spoils no other
			batches = append(batches, []text.Segment{s})
		}
	}
	for _, batch := range append(split(fresh), batches...) {
		if closed, err := m.closed(i); err != nil || closed {
			return resting, err
		}
		rests, err := m.batch(ctx, to, batch, names)
		if err != nil {
			return resting, err
		}
		resting = sooner(resting, rests)
	}
	return resting, nil
}

// split makes batches that engines take.
func split(all []text.Segment) (batches [][]text.Segment) {
	letters := 0
	for _, s := range all {
		n := len([]rune(s.Text))
		if last := len(batches) - 1; last >= 0 && len(batches[last]) < mostSentences && letters+n <= mostLetters {
			batches[last], letters = append(batches[last], s), letters+n
			continue
		}
		batches, letters = append(batches, []text.Segment{s}), n
	}
	return batches
}

// batch asks the engine for a few sentences and stores what it made of them, in
// one transaction. An engine that failed is an error; what it may have failed
// over is noted before.
func (m *Machine) batch(ctx context.Context, to target, batch []text.Segment, names []string) (resting time.Time, err error) {
	texts, faults := make([]string, len(batch)), make([]string, len(batch))
	fault := m.translate(ctx, to, batch, names, texts, faults)
	if ctx.Err() != nil {
		return resting, ctx.Err()
	}
	if fault != nil && !fault.counts() {
		return resting, fault
	}
	now := m.cfg.Now()
	err = m.app.RunInTransaction(func(tx core.App) error {
		for n, s := range batch {
			if faults[n] != "" {
				if err := failed(tx, s.ID, to.locale, faults[n], now); err != nil {
					return err
				}
				resting = sooner(resting, now.Add(pauses[0]))
				continue
			}
			if err := m.put(tx, to, s, texts[n], now); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && fault != nil {
		err = fault
	}
	return resting, err
}

// put stores a text, unless its sentence is gone or has one by now.
func (m *Machine) put(tx core.App, to target, s text.Segment, wording string, now time.Time) error {
	used, err := translation.Used(tx, s.ID)
	if err != nil {
		return err
	}
	if used {
		if _, err := translation.PutMachine(tx, s, to.locale, wording, m.cfg.Engine.Name(), now); err != nil {
			return err
		}
	}
	return settled(tx, s.ID, to.locale)
}

// translate fills in, for each sentence of the batch, its text or why it has
// none. A fault is the engine's, and everybody's reason then.
func (m *Machine) translate(ctx context.Context, to target, batch []text.Segment, names, texts, faults []string) *Fault {
	fragments := make([]fragment, len(batch))
	var asked []string
	var which []int
	for n, s := range batch {
		fragments[n] = newFragment(s.Text, names)
		if fragments[n].plain {
			asked, which = append(asked, fragments[n].html), append(which, n)
		} else {
			texts[n] = s.Text // nothing but names and numbers
		}
	}
	if len(asked) == 0 {
		return nil
	}
	asking, done := context.WithTimeout(ctx, batchTime)
	defer done()
	answers, err := m.cfg.Engine.Translate(asking, to.pair.From, to.pair.To, asked)
	fault := faultOf(err, len(asked), len(answers))
	for k, n := range which {
		if fault != nil {
			faults[n] = fault.Code
		} else if texts[n], err = fragments[n].restore(answers[k], to.locale); err != nil {
			faults[n] = Check
		}
	}
	if fault == nil {
		m.answered()
	}
	return fault
}

// faultOf makes a fault of what an engine gave, whatever it is.
func faultOf(err error, asked, came int) *Fault {
	var fault *Fault
	switch {
	case errors.As(err, &fault):
		return fault
	case err != nil:
		return &Fault{Code: Failed, Cause: err}
	case came != asked:
		return &Fault{Code: Garbage, Cause: fmt.Errorf("%d texts were asked for, and %d came", asked, came)}
	}
	return nil
}
