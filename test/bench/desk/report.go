package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"folje/internal/letter"
	"folje/internal/text"

	"github.com/pocketbase/pocketbase/core"
)

const (
	openings = 60  // of the queue, by each translator
	lookups  = 200 // of one sentence
)

// report is what was measured.
type report struct {
	now     time.Time
	rows    map[string]int // by table
	locales int            // with the source's
	size    int64          // bytes
	lines   []line
	found   int // sentences for which something was offered
}

// line is one thing that was asked for.
type line struct {
	what  string
	aim   string
	first taken // before the others, which it is not one of
	took  []taken
}

// at is the time that so large a share of the requests took at most.
func (l line) at(share float64) taken {
	nth := func(of func(taken) time.Duration) time.Duration {
		sorted := make([]time.Duration, len(l.took))
		for i, t := range l.took {
			sorted[i] = of(t)
		}
		slices.Sort(sorted)
		return sorted[min(int(share*float64(len(sorted))), len(sorted)-1)]
	}
	return taken{nth(func(t taken) time.Duration { return t.clock }), nth(func(t taken) time.Duration { return t.busy })}
}

func (r *report) measure(ctx context.Context, d *desk) (err error) {
	if r.rows, err = d.rows(); err != nil {
		return err
	}
	for _, who := range []struct{ name, token string }{{"a translator of all locales", d.all}, {"a translator of three locales", d.three}} {
		if err := r.queue(ctx, d, "the queue of "+who.name, who.token, false); err != nil {
			return err
		}
		if err := r.queue(ctx, d, "the same, after each text that somebody saved", who.token, true); err != nil {
			return err
		}
	}
	return r.similar(ctx, d)
}

type queueAnswer struct {
	Tasks []struct{ Collection, ID, Locale string }
	Left  int
}

// queue opens the queue again and again; saving says that somebody saves a text
// in between.
func (r *report) queue(ctx context.Context, d *desk, what, who string, saving bool) error {
	l := line{what: what, aim: "50 ms"}
	for i := range openings + 1 {
		if err := ctx.Err(); err != nil {
			return err
		}
		var answer queueAnswer
		took, err := d.ask(who, "GET", "queue", nil, &answer)
		if err != nil {
			return err
		}
		if len(answer.Tasks) == 0 {
			return fmt.Errorf("the queue is empty")
		}
		if i == 0 {
			l.first = took
			l.what += fmt.Sprintf(" (%d tasks shown, %d more)", len(answer.Tasks), answer.Left)
		} else {
			l.took = append(l.took, took)
		}
		if saving {
			t := answer.Tasks[i%len(answer.Tasks)]
			if err := d.save(who, t.Collection, t.ID, t.Locale, i); err != nil {
				return err
			}
		}
	}
	r.lines = append(r.lines, l)
	return nil
}

// save writes a text at the first place of the record.
func (d *desk) save(who, collection, id, tag string, n int) error {
	var at struct {
		Places []struct{ Segment, Version string }
	}
	if _, err := d.ask(who, "GET", collection+"/"+id+"/places/"+tag, nil, &at); err != nil {
		return err
	}
	p := at.Places[n%len(at.Places)]
	var view map[string]any
	_, err := d.ask(who, "PUT", collection+"/"+id+"/places/"+tag+"/"+p.Segment,
		map[string]any{"text": "…", "base": p.Version, "draft": true}, &view)
	return err
}

// similar looks sentences up that are like one that was said before, each in a
// letter of its own.
func (r *report) similar(ctx context.Context, d *desk) error {
	l := line{what: "sentences like one, with the school words in it", aim: "20 ms"}
	for i := range lookups + 1 {
		if err := ctx.Err(); err != nil {
			return err
		}
		id, sentence, err := d.draft()
		if err != nil {
			return err
		}
		var answer struct{ Suggestions map[string][]any }
		took, err := d.ask(d.three, "GET", "letters/"+id+"/suggestions/so", nil, &answer)
		if err != nil {
			return err
		}
		if len(answer.Suggestions[text.SegmentID("sv", sentence)]) > 0 {
			r.found++
		}
		if i == 0 {
			l.first = took
		} else {
			l.took = append(l.took, took)
		}
	}
	r.lines = append(r.lines, l)
	return nil
}

// draft saves a letter of one sentence: one that a unit has said, with a few
// words changed.
func (d *desk) draft() (id, sentence string, err error) {
	var said struct {
		Text string `db:"text"`
		Unit string `db:"unit"`
	}
	err = d.app.DB().NewQuery(`SELECT s.text, u.unit FROM segment_uses u JOIN segments s ON s.id = u.segment
		WHERE u.rowid >= (SELECT abs(random()) % max(rowid) FROM segment_uses) LIMIT 1`).One(&said)
	if err != nil {
		return "", "", err
	}
	words := strings.Fields(said.Text)
	for range 1 + len(words)/8 { // never the first: its capital begins the sentence
		other := strings.Fields(d.writer.Line())
		words[len(words)-1-d.dice.IntN(max(len(words)-1, 1))] = strings.Trim(strings.ToLower(other[len(other)-1]), ".")
	}
	sentence = text.Fold(strings.TrimRight(strings.Join(words, " "), ".") + ".")
	c, err := d.app.FindCachedCollectionByNameOrId("letters")
	if err != nil {
		return "", "", err
	}
	l := letter.Letter{Record: core.NewRecord(c)}
	l.Load(map[string]any{"unit": said.Unit, "title": "", "question": "",
		"blocks": []text.Block{{ID: "a", Kind: text.Paragraph, Text: sentence}}})
	err = letter.Save(d.app, l)
	return l.Id, sentence, err
}

// rows counts what there is.
func (d *desk) rows() (map[string]int, error) {
	rows := map[string]int{}
	for _, table := range []string{"letters", "segments", "segment_uses", "translations"} {
		n, err := d.app.CountRecords(table)
		if err != nil {
			return nil, err
		}
		rows[table] = int(n)
	}
	return rows, nil
}

func (r *report) table() string {
	var out strings.Builder
	fmt.Fprintf(&out, "Measured on %s with `go run ./test/bench/desk`: %d years of %d letters a year in %d groups, %d locales. That is %d letters, %d sentences of which %d are different, and %d texts; the database has %d MB. The first is the one after a start; times are those of the whole request, without the network, and processor time stands beside them in brackets: other programs may have run as well.\n\n",
		r.now.Format(time.DateOnly), years, aYear, groups, r.locales, r.rows["letters"], r.rows["segment_uses"], r.rows["segments"],
		r.rows["translations"], r.size>>20)
	out.WriteString("| asked for | first | median | 95 % | aim |\n|---|---|---|---|---|\n")
	for _, l := range r.lines {
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s |\n", l.what, short(l.first), short(l.at(0.5)), short(l.at(0.95)), l.aim)
	}
	fmt.Fprintf(&out, "\nOf %d sentences made of one that a unit had said, by changing every eighth word, %d were offered something.\n", lookups+1, r.found)
	return out.String()
}

func short(t taken) string {
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	return fmt.Sprintf("%.1f ms (%.1f)", ms(t.clock), ms(t.busy))
}
