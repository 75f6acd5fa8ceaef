package protocol

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"
)

// store is what a phone keeps on its disk; it changes in [Phone.commit] only,
// wholly or not at all.
type store struct {
	device     Identity // zero until the phone has joined
	registered bool
	groups     map[string]follow
	seq        int
	epoch      string // as the server last said it
	outbox     []*row
	sent       []*sentRow
	records    map[string]map[string]via // by record, then by scope
	texts      map[string]texts          // by scope/epoch/locale
	feeds      map[string]feed           // by scope, or scope/locale
	verdicts   map[string][]heard        // by operation; for the test alone
}

type follow struct {
	code  string
	ended bool
}

// row is an operation in the outbox. An erasure keeps the secret of the phone
// that it erases.
type row struct {
	op, kind, about string
	seq, v          int
	body            map[string]any
	secret          string
	refused         string // the code, once it was
	message         string
	resent          bool
}

type sentRow struct {
	row
	at    time.Time
	epoch string
}

type via struct {
	epoch  string
	record json.RawMessage
}

type texts map[string]json.RawMessage

type feed struct{ epoch, cursor, etag string }

// heard is a verdict that the phone read and acted on.
type heard struct {
	verdict, code string
	resent        bool
}

func (h heard) accepted() bool { return h.verdict != "rejected" }

func newStore() *store {
	return &store{groups: map[string]follow{}, records: map[string]map[string]via{}, texts: map[string]texts{},
		feeds: map[string]feed{}, verdicts: map[string][]heard{}}
}

// add puts an operation into the outbox.
func (s *store) add(kind, about string, v int, body map[string]any) *row {
	s.seq++
	r := &row{op: NewUUID(), kind: kind, about: about, seq: s.seq, v: v, body: body}
	s.outbox = append(s.outbox, r)
	return r
}

func (s *store) waiting() (rows []*row) {
	for _, r := range s.outbox {
		if r.refused == "" {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(a, b *row) int { return a.seq - b.seq })
	return rows
}

func (s *store) drop(op string) {
	s.outbox = slices.DeleteFunc(s.outbox, func(r *row) bool { return r.op == op })
}

// storeRecords does what the answer of a scope's records says. Only an id in
// gone ever deletes anything.
func (s *store) storeRecords(scope string, a recordsAnswer, etag string, knows func(kind string) bool) {
	for _, raw := range a.Records {
		var head struct{ ID string }
		_ = json.Unmarshal(raw, &head) // it was read as part of the answer
		if s.records[head.ID] == nil {
			s.records[head.ID] = map[string]via{}
		}
		s.records[head.ID][scope] = via{a.Epoch, raw}
	}
	for _, id := range a.Gone {
		s.dropVia(id, scope)
	}
	s.mergeTexts(textKey(scope, a.Epoch, source), a.Texts)
	s.feeds[scope] = feed{a.Epoch, a.Cursor, etag}
	s.sweep(scope, a.Epoch, knows)
}

func (s *store) storeTexts(scope, locale string, a textsAnswer, etag string) {
	s.mergeTexts(textKey(scope, a.Epoch, locale), a.Texts)
	s.feeds[scope+"/"+locale] = feed{a.Epoch, a.Cursor, etag}
}

func (s *store) dropVia(id, scope string) {
	delete(s.records[id], scope)
	if len(s.records[id]) == 0 {
		delete(s.records, id)
	}
}

func (s *store) mergeTexts(key string, more texts) {
	if s.texts[key] == nil {
		s.texts[key] = texts{}
	}
	for number, text := range more {
		if string(text) == "null" {
			delete(s.texts[key], number)
		} else {
			s.texts[key][number] = text
		}
	}
}

// sweep drops the source texts that no record of the scope uses any more, and
// all texts of an earlier epoch that none does.
func (s *store) sweep(scope, epoch string, knows func(kind string) bool) {
	used := map[string]map[string]bool{}
	for _, vias := range s.records {
		if v, ok := vias[scope]; ok {
			if used[v.epoch] == nil {
				used[v.epoch] = map[string]bool{}
			}
			for _, n := range numbersIn(v.record, knows) {
				used[v.epoch][n] = true
			}
		}
	}
	for key, kept := range s.texts {
		parts := strings.Split(key, "/")
		if parts[0] != scope {
			continue
		}
		switch at := parts[1]; {
		case used[at] == nil && at != epoch:
			delete(s.texts, key)
		case parts[2] == source:
			maps.DeleteFunc(kept, func(n string, _ json.RawMessage) bool { return !used[at][n] })
		}
	}
}

// forgetScope forgets all that came through a scope.
func (s *store) forgetScope(scope string) {
	for id := range s.records {
		s.dropVia(id, scope)
	}
	of := func(key string) bool { return strings.Split(key, "/")[0] == scope }
	maps.DeleteFunc(s.texts, func(key string, _ texts) bool { return of(key) })
	maps.DeleteFunc(s.feeds, func(key string, _ feed) bool { return of(key) })
}

const (
	public  = "public"
	source  = "source"
	reading = "ar" // the locale that the phones read
)

func textKey(scope, epoch, locale string) string { return scope + "/" + epoch + "/" + locale }

// numbersIn are the numbers of the segments that a record consists of; a phone
// that does not know its kind sees none.
func numbersIn(record json.RawMessage, knows func(kind string) bool) (numbers []string) {
	var r struct {
		Kind            string
		Title, Question []json.Number
		Blocks          []struct{ Segments []json.Number }
	}
	if json.Unmarshal(record, &r) != nil || !knows(r.Kind) {
		return nil
	}
	all := slices.Concat(r.Title, r.Question)
	for _, b := range r.Blocks {
		all = append(all, b.Segments...)
	}
	for _, n := range all {
		numbers = append(numbers, n.String())
	}
	return numbers
}

type recordsAnswer struct {
	Epoch, Cursor string
	Records       []json.RawMessage
	Gone          []string
	Texts         texts
}

type textsAnswer struct {
	Epoch, Cursor string
	Texts         texts
}
