package translation

import (
	"maps"
	"slices"

	"github.com/pocketbase/pocketbase/core"
)

// queueLength bounds how many records of each kind the lists have that pages of
// earlier builds show.
const queueLength = 100

// oldRecords gives the work's records as pages of earlier builds list them,
// with the counts of the translator's locales.
func (q *gathering) oldRecords(w Work, queue []Queued, counts map[string][]Readiness) ([]map[string]any, error) {
	queue = queue[:min(len(queue), queueLength)]
	ids := make([]string, len(queue))
	for i, r := range queue {
		ids[i] = r.ID
	}
	found, err := q.app.FindRecordsByIds(w.Collection, ids)
	if err != nil {
		return nil, err
	}
	byID := map[string]*core.Record{}
	for _, r := range found {
		byID[r.Id] = r
	}
	type ranked struct {
		fields map[string]any
		rank   int
	}
	all := make([]ranked, 0, len(queue))
	for _, r := range queue {
		if byID[r.ID] == nil {
			continue
		}
		head, err := w.Head(q.app, byID[r.ID])
		if err != nil {
			return nil, err
		}
		mine, rank := []Readiness{}, 3
		for _, n := range counts[r.ID] {
			if slices.Contains(q.locales, n.Tag) {
				n.Reports = q.reports[r.ID+" "+n.Tag]
				mine = append(mine, n)
				rank = min(rank, oldRank(n, !r.Published.IsZero()))
			}
		}
		fields := map[string]any{"id": r.ID, "groups": q.groups(r), "published": stamped(r.Published), "locales": mine}
		maps.Copy(fields, head)
		all = append(all, ranked{fields, rank})
	}
	slices.SortStableFunc(all, func(a, b ranked) int { return a.rank - b.rank })
	fields := make([]map[string]any, len(all))
	for i, r := range all {
		fields[i] = r.fields
	}
	return fields, nil
}

func oldRank(n Readiness, published bool) int {
	switch {
	case n.Missing > 0 && published, n.Reports > 0:
		return 0
	case n.Missing > 0:
		return 1
	case n.Machine+n.Reused > 0:
		return 2
	}
	return 3
}
