package translation

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// memory finds sentences that are like another one, through SQLite's full-text
// index over all sentences (the table memory, by trigrams). Which trigrams are
// worth asking for it knows from a sample: the rare ones say most about a
// sentence, and cost least.
type memory struct {
	now func() time.Time
	mu  sync.Mutex
	// of the sample
	counts  map[string]int // in how many sentences a trigram stands
	sampled int
	total   int // sentences there were
	made    time.Time
}

const (
	sampleSize = 4000      // sentences
	sampleLife = time.Hour // what is common changes slowly
	// most is how many sentences one look-up may rank, by the sample's word, but
	// for the few trigrams that it asks for at least.
	most        = 300
	leastAsked  = 3
	mostAsked   = 8
	keptApart   = 3  // runes between two trigrams that are asked for
	candidates  = 40 // sentences whose likeness is measured
	trigramSize = 3
)

func newMemory(now func() time.Time) *memory { return &memory{now: now} }

// trigrams are those of the sentence as the index has them, each once, in their
// order, with the rune at which they begin.
func trigrams(sentence string) (found []trigram) {
	runes := []rune(strings.ToLower(sentence))
	seen := map[string]bool{}
	for i := 0; i+trigramSize <= len(runes); i++ {
		t := string(runes[i : i+trigramSize])
		if !seen[t] {
			seen[t] = true
			found = append(found, trigram{text: t, at: i})
		}
	}
	return found
}

type trigram struct {
	text string
	at   int
	docs float64 // in how many sentences it stands, about
	rate float64 // one in how many sentences that is
}

// weight is how much it says that a sentence has the trigram.
func (t trigram) weight() float64 { return math.Log1p(t.rate) }

// ask chooses what to look for in the index, nothing where the sentence is too
// short for it: rare trigrams from all over the sentence.
func (m *memory) ask(app core.App, sentence string) ([]trigram, error) {
	all := trigrams(sentence)
	if err := m.weigh(app, all); err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(a, b trigram) int { return cmp.Compare(a.docs, b.docs) })
	var chosen []trigram
	docs := 0.0
	for _, t := range all {
		near := func(c trigram) bool { return c.at > t.at-keptApart && c.at < t.at+keptApart }
		if slices.ContainsFunc(chosen, near) {
			continue
		}
		if docs += t.docs; len(chosen) >= leastAsked && docs > most || len(chosen) == mostAsked {
			break
		}
		chosen = append(chosen, t)
	}
	return chosen, nil
}

// ranked gives the rows of the index in which the most telling of the trigrams
// stand, those first: a trigram counts the more the rarer it is. The index's own
// ranking reads each sentence's length for it and takes four times as long.
func (m *memory) ranked(app core.App, asked []trigram) ([]int64, error) {
	parts, params := make([]string, len(asked)), dbx.Params{}
	for i, t := range asked {
		parts[i] = fmt.Sprintf("SELECT %d AS n, rowid AS row FROM memory WHERE memory MATCH {:t%d}", i, i)
		params[fmt.Sprintf("t%d", i)] = `"` + strings.ReplaceAll(t.text, `"`, `""`) + `"`
	}
	var found []struct {
		N   int   `db:"n"`
		Row int64 `db:"row"`
	}
	if err := app.DB().NewQuery(strings.Join(parts, " UNION ALL ")).Bind(params).All(&found); err != nil {
		return nil, fmt.Errorf("look up sentences: %w", err)
	}
	weights := map[int64]float64{}
	for _, f := range found {
		weights[f.Row] += asked[f.N].weight()
	}
	return slices.SortedFunc(maps.Keys(weights), func(a, b int64) int {
		return cmp.Or(cmp.Compare(weights[b], weights[a]), cmp.Compare(a, b))
	}), nil
}

// weigh fills in how common the trigrams are.
func (m *memory) weigh(app core.App, all []trigram) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.counts == nil || m.now().Sub(m.made) > sampleLife {
		if err := m.sample(app); err != nil {
			return err
		}
	}
	scale := float64(m.total) / float64(max(m.sampled, 1))
	for i, t := range all {
		// Nowhere in the sample is rare, and not nowhere.
		all[i].docs = max(float64(m.counts[t.text]), 0.5) * scale
		all[i].rate = float64(m.total) / all[i].docs
	}
	return nil
}

// sample reads sentences evenly from all there are.
func (m *memory) sample(app core.App) error {
	var last int
	if err := app.DB().NewQuery("SELECT COALESCE(MAX(row), 0) FROM memory_rows").Row(&last); err != nil {
		return fmt.Errorf("count the memory's sentences: %w", err)
	}
	var texts []string
	err := app.DB().NewQuery(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + {:step} FROM n WHERE i + {:step} <= {:last})
		SELECT s.text FROM n JOIN memory_rows r ON r.row = n.i JOIN segments s ON s.id = r.segment`).
		Bind(dbx.Params{"step": max(last/sampleSize, 1), "last": last}).Column(&texts)
	if err != nil {
		return fmt.Errorf("read a sample of the memory: %w", err)
	}
	m.counts, m.sampled, m.total, m.made = map[string]int{}, len(texts), last, m.now()
	for _, s := range texts {
		for _, t := range trigrams(s) {
			m.counts[t.text]++
		}
	}
	return nil
}
