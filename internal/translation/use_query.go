package translation

import (
	"fmt"
	"slices"

	"folje/internal/database"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Owner is a record whose text consists of segments: Collection and ID name
// it, Unit owns it, and Scopes are those that the draft goes to (none yet for
// a letter without groups). Drafted are its places as they are being written,
// Published those of the revision that phones have, with the scopes it went to.
// Waiting are those of a revision that is about to go out: phones don't have it
// yet, and the draft may be another one by now.
type Owner struct {
	Collection, ID, Unit string
	Scopes               []string
	Drafted              []Place
	WaitingScopes        []string
	Waiting              []Place
	PublishedScopes      []string
	Published            []Place
}

// use is one row of segment_uses.
type use struct {
	ID        string `db:"id"`
	Segment   string `db:"segment"`
	Context   string `db:"context"`
	Scope     string `db:"scope"`
	Drafted   bool   `db:"drafted"`
	Published bool   `db:"published"`
	Previous  string `db:"previous"`
}

type useKey struct{ scope, segment, context string }

func (u use) key() useKey { return useKey{u.Scope, u.Segment, u.Context} }

// Index makes segments and segment_uses say what the owner uses now, and tells
// the feeds which texts its scopes gained or lost. Call it in the transaction
// that saves the owner.
func Index(app core.App, o Owner) error {
	if err := saveSegments(app, slices.Concat(o.Drafted, o.Waiting, o.Published)); err != nil {
		return err
	}
	wanted := o.wanted()
	present, err := usesOf(app, o.ID)
	if err != nil {
		return err
	}
	plan := compare(present, wanted)
	earlier, err := previous(app, draftedBefore(present), o.Drafted)
	if err != nil {
		return err
	}
	// New places first: they take over what was confirmed in the old ones, and
	// a segment that only moved is never without a use.
	for _, key := range plan.insert {
		if err := insertUse(app, o, key, wanted[key], earlier[spot{key.segment, key.context}]); err != nil {
			return err
		}
	}
	for _, u := range plan.update {
		if err := updateUse(app, u, wanted[u.key()]); err != nil {
			return err
		}
	}
	for _, u := range plan.remove {
		if err := deleteUse(app, u); err != nil {
			return err
		}
	}
	touched := plan.touched()
	if o.Collection == Bank {
		return announceBank(app, touched)
	}
	return announce(app, touched)
}

// plan is what has to change in segment_uses.
type plan struct {
	insert         []useKey
	update, remove []use
}

func compare(present []use, wanted map[useKey]flags) plan {
	var p plan
	seen := make(map[useKey]bool, len(present))
	for _, u := range present {
		seen[u.key()] = true
		switch w, ok := wanted[u.key()]; {
		case !ok:
			p.remove = append(p.remove, u)
		case w != flags{u.Drafted, u.Published}:
			p.update = append(p.update, u)
		}
	}
	for key := range wanted {
		if !seen[key] {
			p.insert = append(p.insert, key)
		}
	}
	return p
}

func (p plan) touched() []useKey {
	keys := p.insert
	for _, u := range append(p.update, p.remove...) {
		keys = append(keys, u.key())
	}
	return keys
}

type flags struct{ drafted, published bool }

func (o Owner) wanted() map[useKey]flags {
	wanted := map[useKey]flags{}
	scopes := o.Scopes
	if len(scopes) == 0 {
		scopes = []string{""}
	}
	for _, scope := range scopes {
		for _, p := range o.Drafted {
			wanted[useKey{scope, p.Segment.ID, p.Context}] = flags{drafted: true}
		}
	}
	for _, scope := range o.WaitingScopes {
		for _, p := range o.Waiting {
			wanted[useKey{scope, p.Segment.ID, p.Context}] = flags{drafted: true}
		}
	}
	for _, scope := range o.PublishedScopes {
		for _, p := range o.Published {
			key := useKey{scope, p.Segment.ID, p.Context}
			wanted[key] = flags{drafted: wanted[key].drafted, published: true}
		}
	}
	return wanted
}

func usesOf(app core.App, record string) ([]use, error) {
	var uses []use
	err := app.DB().Select("id", "segment", "context", "scope", "drafted", "published", "previous").
		From("segment_uses").Where(dbx.HashExp{"record": record}).All(&uses)
	if err != nil {
		return nil, fmt.Errorf("list segment uses: %w", err)
	}
	return uses, nil
}

func saveSegments(app core.App, places []Place) error {
	seen := make(map[string]bool, len(places))
	for _, p := range places {
		if seen[p.Segment.ID] {
			continue
		}
		seen[p.Segment.ID] = true
		if _, err := app.FindRecordById("segments", p.Segment.ID); err == nil {
			continue
		}
		r, err := database.NewRecord(app, "segments")
		if err != nil {
			return err
		}
		r.Load(map[string]any{"id": p.Segment.ID, "locale": sourceLocale, "text": p.Segment.Text})
		if err := app.Save(r); err != nil {
			return fmt.Errorf("save segment: %w", err)
		}
	}
	return nil
}

func insertUse(app core.App, o Owner, key useKey, w flags, previous string) error {
	r, err := database.NewRecord(app, "segment_uses")
	if err != nil {
		return err
	}
	r.Load(map[string]any{
		"segment": key.segment, "context": key.context, "scope": key.scope,
		"collection": o.Collection, "record": o.ID, "unit": o.Unit,
		"drafted": w.drafted, "published": w.published, "confirmed": map[string]string{}, "previous": previous,
	})
	if confirmed, err := confirmedBefore(app, o.ID, key.segment); err != nil {
		return err
	} else if confirmed != nil {
		r.Set("confirmed", confirmed)
	}
	if err := app.Save(r); err != nil {
		return fmt.Errorf("save segment use: %w", err)
	}
	return nil
}

// confirmedBefore carries what somebody confirmed for this sentence in this
// record over to its new place when its neighbours changed: the sentence and
// the letter are the same ones.
func confirmedBefore(app core.App, record, segment string) (map[string]string, error) {
	rows, err := app.FindAllRecords("segment_uses", dbx.HashExp{"record": record, "segment": segment})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	confirmed := map[string]string{}
	if err := rows[0].UnmarshalJSONField("confirmed", &confirmed); err != nil {
		return nil, fmt.Errorf("read confirmed: %w", err)
	}
	return confirmed, nil
}

func updateUse(app core.App, u use, w flags) error {
	_, err := app.DB().Update("segment_uses", dbx.Params{"drafted": w.drafted, "published": w.published},
		dbx.HashExp{"id": u.ID}).Execute()
	if err != nil {
		return fmt.Errorf("update segment use: %w", err)
	}
	return nil
}

// deleteUse forgets the use, and the segment with it when nothing else uses
// it and nobody has translated it: half-typed sentences leave no trace.
func deleteUse(app core.App, u use) error {
	if _, err := app.DB().Delete("segment_uses", dbx.HashExp{"id": u.ID}).Execute(); err != nil {
		return fmt.Errorf("delete segment use: %w", err)
	}
	_, err := app.DB().NewQuery(`DELETE FROM segments WHERE id = {:id}
		AND NOT EXISTS (SELECT 1 FROM segment_uses WHERE segment = {:id})
		AND NOT EXISTS (SELECT 1 FROM translations WHERE segment = {:id})`).
		Bind(dbx.Params{"id": u.Segment}).Execute()
	if err != nil {
		return fmt.Errorf("delete unused segment: %w", err)
	}
	return nil
}
