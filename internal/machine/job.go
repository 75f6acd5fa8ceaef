package machine

import (
	"fmt"
	"time"

	"folje/internal/database"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

const jobs = "machine_jobs"

// pauses are how long a sentence rests after each failure. When they are used up
// it is given up, and tried once a month.
var pauses = []time.Duration{time.Minute, 10 * time.Minute, time.Hour, 6 * time.Hour, 24 * time.Hour}

// month is how long what was given up rests.
const month = 30 * 24 * time.Hour

// givenUp is the number of tries from which staff are told.
var givenUp = len(pauses) + 1

// job is a sentence that an engine failed to draft in a locale.
type job struct {
	ID      string         `db:"id"`
	Segment string         `db:"segment"`
	Tries   int            `db:"tries"`
	Due     types.DateTime `db:"due"`
}

// jobsOf gives the failed sentences of the locale among the segments, by
// segment.
func jobsOf(app core.App, locale string, segments []text.Segment) (map[string]job, error) {
	ids := make([]any, len(segments))
	for i, s := range segments {
		ids[i] = s.ID
	}
	var found []job
	err := app.DB().Select("id", "segment", "tries", "due").From(jobs).
		Where(dbx.HashExp{"locale": locale}).AndWhere(dbx.In("segment", ids...)).All(&found)
	if err != nil {
		return nil, fmt.Errorf("list failed sentences: %w", err)
	}
	out := make(map[string]job, len(found))
	for _, j := range found {
		out[j.Segment] = j
	}
	return out, nil
}

// failed notes that the sentence has no draft, for the reason given. One that is
// gone meanwhile is not noted.
func failed(tx core.App, segment, locale, fault string, now time.Time) error {
	if used, err := translation.Used(tx, segment); err != nil || !used {
		return err
	}
	stored, err := jobsOf(tx, locale, []text.Segment{{ID: segment}})
	if err != nil {
		return err
	}
	var r *core.Record
	if j, ok := stored[segment]; ok {
		r, err = tx.FindRecordById(jobs, j.ID)
	} else {
		r, err = database.NewRecord(tx, jobs)
	}
	if err != nil {
		return fmt.Errorf("find failed sentence: %w", err)
	}
	tries, rest := r.GetInt("tries"), month
	if tries < len(pauses) {
		rest = pauses[tries]
	}
	r.Load(map[string]any{"segment": segment, "locale": locale, "tries": tries + 1, "fault": fault, "due": now.Add(rest).UTC()})
	if err := tx.Save(r); err != nil {
		return fmt.Errorf("note a failed sentence: %w", err)
	}
	return nil
}

// settled forgets what is known of failures of the sentence.
func settled(tx core.App, segment, locale string) error {
	_, err := tx.DB().Delete(jobs, dbx.HashExp{"segment": segment, "locale": locale}).Execute()
	if err != nil {
		return fmt.Errorf("forget a failed sentence: %w", err)
	}
	return nil
}

// prune forgets the failures of sentences that have a text by now, or that
// nothing uses any more.
func prune(app core.App) error {
	_, err := app.NonconcurrentDB().NewQuery(`DELETE FROM machine_jobs WHERE
		EXISTS (SELECT 1 FROM translations t WHERE t.segment = machine_jobs.segment AND t.locale = machine_jobs.locale AND t.context = '')
		OR NOT EXISTS (SELECT 1 FROM segment_uses u WHERE u.segment = machine_jobs.segment)`).Execute()
	if err != nil {
		return fmt.Errorf("prune failed sentences: %w", err)
	}
	return nil
}
