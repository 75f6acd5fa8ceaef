package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"folje/internal/glossary"
	"folje/internal/guide"
	"folje/internal/pack"
	"folje/internal/phrase"
	"folje/internal/text"
	"folje/internal/theme"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// local is the municipality's content as a pack has it, and the records by kind
// and key. Hidden says which are hidden.
type local struct {
	pack    pack.Pack
	records map[item]*core.Record
}

// item names a piece of content.
type item struct{ kind, key string }

// read gives the content there is; with hidden, also what is hidden.
func read(app core.App, hidden bool) (*local, error) {
	l := &local{records: map[item]*core.Record{}}
	for _, step := range []func(core.App, bool) error{l.guide, l.worries, l.themes, l.activities, l.bank, l.words} {
		if err := step(app, hidden); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// list gives a collection's records in a lasting order.
func list(app core.App, collection string, hidden bool, by ...string) ([]*core.Record, error) {
	var records []*core.Record
	q := app.RecordQuery(collection).OrderBy(by...)
	if !hidden {
		q = q.AndWhere(dbx.HashExp{"hidden": false})
	}
	if err := q.All(&records); err != nil {
		return nil, fmt.Errorf("list %s: %w", collection, err)
	}
	return records, nil
}

func (l *local) keep(kind, key string, r *core.Record) { l.records[item{kind, key}] = r }

func (l *local) guide(app core.App, hidden bool) error {
	records, err := list(app, "guide_entries", hidden, "key")
	if err != nil {
		return err
	}
	for _, r := range records {
		e, err := entryOf(r)
		if err != nil {
			return err
		}
		l.pack.Guide = append(l.pack.Guide, e)
		l.keep(kindGuide, e.Key, r)
	}
	return nil
}

func entryOf(r *core.Record) (pack.GuideEntry, error) {
	e := pack.GuideEntry{
		File: "guide/" + r.GetString("key") + ".json",
		Key:  r.GetString("key"), Name: r.GetString("name"), Title: text.Fold(r.GetString("title")),
		Type: r.GetString("type"), Audience: r.GetString("audience"),
		AgeFrom: r.GetInt("ageFrom"), AgeTo: r.GetInt("ageTo"), Order: r.GetInt("order"),
		Sensitive: r.GetBool("sensitive"), Urgent: r.GetBool("urgent"), Ask: r.GetBool("ask"),
		Parts: []pack.GuidePart{}, Staff: []pack.GuideNote{},
	}
	parts, err := guide.Entry{Record: r}.Parts()
	if err != nil {
		return e, err
	}
	for _, p := range parts {
		for _, s := range together(text.Break(p.Text)) {
			e.Parts = append(e.Parts, pack.GuidePart{Part: p.Part, Kind: text.Kind(p.Kind), Sentences: s})
		}
	}
	for field, into := range map[string]any{"staff": &e.Staff, "also": &e.Also, "contacts": &e.Contacts, "related": &e.Related, "chain": &e.Chain} {
		if err := decode(r, field, into); err != nil {
			return e, err
		}
	}
	for i := range e.Staff {
		e.Staff[i].Text = text.Fold(e.Staff[i].Text)
	}
	e.Also, e.Related, e.Chain = some(e.Also), some(e.Related), some(e.Chain)
	e.Contacts = slices.DeleteFunc(some(e.Contacts), func(c pack.Reach) bool { return !c.National() })
	return e, nil
}

// together are the sentences as they can stand together and be divided again;
// where staff moved a break, which a pack doesn't keep, each stands alone.
func together(sentences []string) [][]string {
	if len(sentences) == 0 {
		return nil
	}
	if slices.Equal(text.Break(pack.Join(sentences)), sentences) {
		return [][]string{sentences}
	}
	var alone [][]string
	for _, s := range sentences {
		for _, piece := range text.Break(s) {
			alone = append(alone, []string{piece})
		}
	}
	return alone
}

func decode(r *core.Record, field string, into any) error {
	if s := r.GetString(field); s == "" || s == "null" {
		return nil
	}
	if err := r.UnmarshalJSONField(field, into); err != nil {
		return fmt.Errorf("read %s of %s: %w", field, r.Collection().Name, err)
	}
	return nil
}

// some is the list, never nil: a pack says [].
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func (l *local) worries(app core.App, _ bool) error {
	records, err := list(app, "worries", true, "order", "key")
	if err != nil {
		return err
	}
	keys := map[string]string{}
	for at, r := range l.records {
		if at.kind == kindGuide {
			keys[r.Id] = at.key
		}
	}
	for _, r := range records {
		w := pack.Worry{Key: r.GetString("key"), Title: text.Fold(r.GetString("title")), Synonyms: text.Fold(r.GetString("synonyms")),
			Order: r.GetInt("order"), Guide: []string{}}
		for _, id := range r.GetStringSlice("guide") {
			if key := keys[id]; key != "" {
				w.Guide = append(w.Guide, key)
			}
		}
		l.pack.Worries = append(l.pack.Worries, w)
		l.keep(kindWorry, w.Key, r)
	}
	return nil
}

func (l *local) themes(app core.App, hidden bool) error {
	records, err := list(app, "themes", hidden, "order", "key")
	if err != nil {
		return err
	}
	for _, r := range records {
		t := pack.Theme{Key: r.GetString("key"), Title: text.Fold(r.GetString("title")), Order: r.GetInt("order"),
			Information: lines(r.GetString(theme.Information)), Discussion: lines(r.GetString(theme.Discussion)),
			Think: lines(r.GetString(theme.Think))}
		if err := decode(r, "also", &t.Also); err != nil {
			return err
		}
		t.Also = some(t.Also)
		l.pack.Themes = append(l.pack.Themes, t)
		l.keep(kindTheme, t.Key, r)
	}
	return nil
}

// lines are a text's lines, folded, without those that are blank.
func lines(s string) []string {
	out := []string{}
	for _, line := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("\n\v\f\r\u0085\u2028\u2029", r) }) {
		if line = text.Fold(line); !text.Blank(line) {
			out = append(out, line)
		}
	}
	return out
}

// activities are the texts and usual times of what comes back, without what is
// cancelled. Where it is is the municipality's own.
func (l *local) activities(app core.App, _ bool) error {
	records, err := list(app, "activities", true, "title", "id")
	if err != nil {
		return err
	}
	for _, r := range records {
		if r.GetString("rrule") == "" {
			continue
		}
		unit, err := app.FindRecordById("units", r.GetString("unit"))
		if err != nil {
			return fmt.Errorf("find the unit of an activity: %w", err)
		}
		a := pack.Activity{Kind: unit.GetString("kind"), Title: text.Fold(r.GetString("title")),
			Information: lines(r.GetString("information")), AgeFrom: r.GetInt("ageFrom"), AgeTo: r.GetInt("ageTo"),
			Rule: r.GetString("rrule")}
		starts, clock, _ := strings.Cut(r.GetString("starts"), "T")
		_, end, _ := strings.Cut(r.GetString("ends"), "T")
		a.Start, a.End = pack.Clock(clock), pack.Clock(end)
		day, err := time.Parse(time.DateOnly, starts)
		if err != nil {
			return fmt.Errorf("read when an activity is: %w", err)
		}
		a.Weekday = int(day.Weekday()+6)%7 + 1
		l.pack.Activities = append(l.pack.Activities, a)
		l.keep(kindActivity, keyOf(l.pack.Activities, len(l.pack.Activities)-1), r)
	}
	return nil
}

// keyOf names an activity: by its title, with a number where another before it
// has the same.
func keyOf(all []pack.Activity, at int) string {
	n := 1
	for _, a := range all[:at] {
		if a.Title == all[at].Title {
			n++
		}
	}
	if n == 1 {
		return all[at].Title
	}
	return all[at].Title + " " + strconv.Itoa(n)
}

func (l *local) bank(app core.App, hidden bool) error {
	records, err := list(app, "phrases", hidden, "order", "text")
	if err != nil {
		return err
	}
	for _, r := range records {
		p := pack.Phrase{Topic: r.GetString("topic"), AgeFrom: r.GetInt("ageFrom"), AgeTo: r.GetInt("ageTo"), Text: text.Fold(r.GetString("text"))}
		if r.GetString("kind") == phrase.Question {
			l.pack.Questions = append(l.pack.Questions, p)
			l.keep(kindQuestion, p.Text, r)
		} else {
			l.pack.Phrases = append(l.pack.Phrases, p)
			l.keep(kindPhrase, p.Text, r)
		}
	}
	return nil
}

func (l *local) words(app core.App, _ bool) error {
	records, err := list(app, "glossary", true, "term")
	if err != nil {
		return err
	}
	for _, r := range records {
		forms, err := glossary.Word{Record: r}.Forms()
		if err != nil {
			return err
		}
		w := pack.Word{Term: text.Fold(r.GetString("term")), Explanation: text.Fold(r.GetString("explanation")), Forms: forms}
		l.pack.Words = append(l.pack.Words, w)
		l.keep(kindWord, w.Term, r)
	}
	return nil
}
