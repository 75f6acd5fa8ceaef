package translation

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"time"

	"folje/internal/database"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const claimed = "translation_claims"

// ClaimDays is for how long a claim holds where nobody knows when the texts are
// needed.
const ClaimDays = 7

// Claim says who has taken a record in a locale upon herself, and until when
// (RFC 3339). It forbids others nothing.
type Claim struct {
	Name  string `json:"name"`
	Mine  bool   `json:"mine"`
	Until string `json:"until"`
}

// claim answers POST …/claims/{locale}: the translator takes the record's texts
// in the locale upon herself, until they are needed. Taking what she has taken
// changes how long it holds, taking what somebody else has is a conflict.
func (d *desk) claim(e *core.RequestEvent, r item) error {
	tag, err := d.mayTranslate(e)
	if err != nil {
		return err
	}
	until, err := d.claimEnds(e.App, r)
	if err != nil {
		return err
	}
	c, err := r.claimed(tag).Take(e.App, e.Auth, d.Now(), until)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, c)
}

// Claimed is what a translator takes upon herself: a record in a locale.
type Claimed struct{ Collection, Record, Locale string }

func (r item) claimed(tag string) Claimed { return Claimed{r.work.Collection, r.Id, tag} }

// Take gives it to the member of staff until a moment. What somebody else has
// taken is 409 error.claimed, with her claim as the current one.
func (c Claimed) Take(app core.App, staff *core.Record, now, until time.Time) (Claim, error) {
	err := app.RunInTransaction(func(tx core.App) error {
		if err := endClaims(tx, now); err != nil {
			return err
		}
		r, err := c.find(tx)
		if err != nil {
			return err
		}
		if r == nil {
			if r, err = database.NewRecord(tx, claimed); err != nil {
				return err
			}
		} else if r.GetString("translator") != staff.Id {
			return claimedByOther(tx, r)
		}
		r.Load(map[string]any{"translator": staff.Id, "collection": c.Collection, "record": c.Record, "locale": c.Locale, "until": until.UTC()})
		if err := tx.Save(r); err != nil {
			return fmt.Errorf("save claim: %w", err)
		}
		return nil
	})
	if err != nil {
		return Claim{}, err
	}
	return Claim{Name: staff.GetString("name"), Mine: true, Until: stamped(until)}, nil
}

// GiveBack ends what the member of staff has taken, if she has.
func (c Claimed) GiveBack(app core.App, staff *core.Record) error {
	_, err := app.NonconcurrentDB().Delete(claimed, dbx.HashExp{
		"collection": c.Collection, "record": c.Record, "locale": c.Locale, "translator": staff.Id}).Execute()
	if err != nil {
		return fmt.Errorf("give back a claim: %w", err)
	}
	return nil
}

// unclaim answers DELETE …/claims/{locale}: she gives back what she has taken.
// It may be repeated.
func (d *desk) unclaim(e *core.RequestEvent, r item) error {
	tag, err := d.mayTranslate(e)
	if err != nil {
		return err
	}
	if err := r.claimed(tag).GiveBack(e.App, e.Auth); err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

// claimEnds is when the record's texts are needed, if that is to come, and in
// some days otherwise.
func (d *desk) claimEnds(app core.App, r item) (time.Time, error) {
	now := d.Now()
	queue, err := r.work.Queue(app, now)
	if err != nil {
		return time.Time{}, err
	}
	for _, q := range queue {
		if q.ID == r.Id && q.Needed.After(now) {
			return q.Needed, nil
		}
	}
	return now.AddDate(0, 0, ClaimDays), nil
}

func (c Claimed) find(tx core.App) (*core.Record, error) {
	r, err := tx.FindFirstRecordByFilter(claimed, "collection = {:collection} && record = {:record} && locale = {:locale}",
		dbx.Params{"collection": c.Collection, "record": c.Record, "locale": c.Locale})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find claim: %w", err)
	}
	return r, nil
}

func claimedByOther(tx core.App, c *core.Record) error {
	other, err := tx.FindRecordById("staff", c.GetString("translator"))
	if err != nil {
		return fmt.Errorf("find who has it: %w", err)
	}
	return problem.Conflict("error.claimed", Claim{Name: other.GetString("name"), Until: stamped(c.GetDateTime("until").Time())})
}

// endClaims deletes the claims that have ended by themselves.
func endClaims(tx core.App, now time.Time) error {
	_, err := tx.DB().Delete(claimed, dbx.NewExp("[[until]] <= {:now}", dbx.Params{"now": stored(now)})).Execute()
	if err != nil {
		return fmt.Errorf("end claims: %w", err)
	}
	return nil
}

// claims gives the claims that hold, as the member of staff sees them, by
// collection, record and locale.
func claims(app core.App, staff *core.Record, now time.Time) (map[string]Claim, error) {
	var found []struct {
		Collection string `db:"collection"`
		Record     string `db:"record"`
		Locale     string `db:"locale"`
		Until      string `db:"until"`
		Translator string `db:"translator"`
		Name       string `db:"name"`
	}
	err := app.DB().Select("c.collection", "c.record", "c.locale", "c.until", "c.translator", "s.name").From(claimed+" c").
		InnerJoin("staff s", dbx.NewExp("[[s.id]] = [[c.translator]]")).
		Where(dbx.NewExp("[[c.until]] > {:now}", dbx.Params{"now": stored(now)})).All(&found)
	if err != nil {
		return nil, fmt.Errorf("list claims: %w", err)
	}
	out := make(map[string]Claim, len(found))
	for _, f := range found {
		until := restored(f.Until)
		out[f.Collection+" "+f.Record+" "+f.Locale] = Claim{Name: f.Name, Mine: f.Translator == staff.Id, Until: stamped(until)}
	}
	return out, nil
}

// claimOf is who has taken the task; nobody has what is finished.
func (q *gathering) claimOf(t Task) *Claim {
	c, ok := q.claims[t.Collection+" "+t.ID+" "+t.Locale]
	if !ok || !t.Open {
		return nil
	}
	return &c
}
