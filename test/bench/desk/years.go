package main

import (
	"crypto/sha256"
	"database/sql"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"folje/internal/letter"
	"folje/internal/text"
	"folje/internal/translation"
	"folje/test/archive"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// What there is: a municipality's preschools and schools over the years.
const (
	years    = 5
	aYear    = 40 // letters of a group
	groups   = 30
	inUnit   = 3  // groups of a unit
	again    = 30 // per cent of the sentences that a unit has said before
	unread   = 70 // per cent of a text's places that somebody has confirmed
	fresh    = 8  // weeks for which a letter may lack texts
	pastEnds = 10 * 24 * time.Hour
)

// filler writes years of letters with plain SQL: through the features it would
// take hours. What stands in the tables is what the features would have written.
type filler struct {
	*sql.Tx
	app     core.App
	writer  *archive.Writer
	dice    *rand.Rand
	locales []string
	now     time.Time
	insert  map[string]*sql.Stmt

	said  map[string][]string // by unit, its sentences so far
	known map[string]bool     // segments
	texts map[string]string   // version of the text of each segment and locale
	rows  map[string]int      // by table
}

// fill makes everything in one transaction.
func fill(app core.App, writer *archive.Writer, locales []string, now time.Time) error {
	tx, err := app.NonconcurrentDB().(*dbx.DB).DB().Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // nothing once it is committed
	f := &filler{Tx: tx, app: app, writer: writer, dice: rand.New(rand.NewPCG(2, 3)), locales: locales, now: now,
		insert: map[string]*sql.Stmt{}, said: map[string][]string{}, known: map[string]bool{}, texts: map[string]string{}, rows: map[string]int{}}
	again, err := f.bare()
	if err != nil {
		return err
	}
	for g := range groups {
		if err := f.group(g); err != nil {
			return err
		}
	}
	for _, step := range again {
		if _, err := f.Exec(step); err != nil {
			return fmt.Errorf("%s: %w", step, err)
		}
	}
	return tx.Commit()
}

// bare takes indexes and triggers from the tables that get the most rows, and
// gives what makes them again: an index is made in a fraction of the time that
// it takes to be kept in order row by row.
func (f *filler) bare() (again []string, err error) {
	rows, err := f.Query(`SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND
		(type = 'index' OR type = 'trigger') AND tbl_name IN ('translations', 'segment_uses')`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var drop []string
	for rows.Next() {
		var kind, name, made string
		if err := rows.Scan(&kind, &name, &made); err != nil {
			return nil, err
		}
		drop, again = append(drop, "DROP "+kind+" "+name), append(again, made)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for _, step := range append(drop, "PRAGMA cache_size = -400000") {
		if _, err := f.Exec(step); err != nil {
			return nil, fmt.Errorf("%s: %w", step, err)
		}
	}
	return again, nil
}

// add writes one row; the columns are the same for all of a table.
func (f *filler) add(table, columns string, values ...any) error {
	if f.insert[table] == nil {
		marks := strings.TrimSuffix(strings.Repeat("?, ", len(values)), ", ")
		stmt, err := f.Prepare("INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ")")
		if err != nil {
			return fmt.Errorf("prepare %s: %w", table, err)
		}
		f.insert[table] = stmt
	}
	if _, err := f.insert[table].Exec(values...); err != nil {
		return fmt.Errorf("insert into %s: %w", table, err)
	}
	f.rows[table]++
	return nil
}

// id is one of PocketBase's length.
func id(prefix string, n int) string { return fmt.Sprintf("%s%0*d", prefix, 15-len(prefix), n) }

func unitID(group int) string { return id("unit", group/inUnit) }

func (f *filler) group(g int) error {
	unit := unitID(g)
	if g%inUnit == 0 {
		if err := f.add("units", "id, name, kind", unit, fmt.Sprint("Enhet ", g/inUnit), "preschool"); err != nil {
			return err
		}
	}
	group := id("group", g)
	if err := f.add("groups", "id, name, unit", group, fmt.Sprint("Grupp ", g), unit); err != nil {
		return err
	}
	for n := range years * aYear {
		at := f.now.Add(-time.Duration(years*aYear-n) * 365 * 24 * time.Hour / aYear).Add(-pastEnds)
		if err := f.letter(g*years*aYear+n, unit, group, at); err != nil {
			return err
		}
	}
	return nil
}

func (f *filler) letter(n int, unit, group string, at time.Time) error {
	collection, err := f.app.FindCachedCollectionByNameOrId("letters")
	if err != nil {
		return err
	}
	l := letter.Letter{Record: core.NewRecord(collection)}
	blocks := f.blocks(unit)
	l.Load(map[string]any{"title": f.writer.Line(), "question": f.writer.Line(), "blocks": blocks})
	content, err := l.Content()
	if err != nil {
		return err
	}
	raw, err := json.Marshal(blocks)
	if err != nil {
		return err
	}
	stamp := at.UTC().Format("2006-01-02 15:04:05.000Z")
	letterID := id("letter", n)
	err = f.add("letters", "id, unit, groups, title, question, blocks, base, number, published, created, updated",
		letterID, unit, `["`+group+`"]`, l.GetString("title"), l.GetString("question"), string(raw), 1, 1, stamp, stamp, stamp)
	if err != nil {
		return err
	}
	if raw, err = json.Marshal(content); err != nil {
		return err
	}
	err = f.add("letter_revisions", "id, letter, number, content, groups, created",
		id("r", n), letterID, 1, string(raw), `["`+group+`"]`, stamp)
	if err != nil {
		return err
	}
	return f.places(letterID, unit, group, translation.Places(content), at)
}

// blocks are a letter's of the usual length.
func (f *filler) blocks(unit string) (blocks []text.Block) {
	for i, sentences := range []int{4, 1, 5, 1, 1, 4} {
		kind := text.Paragraph
		if sentences == 1 {
			kind = text.Item
		}
		blocks = append(blocks, text.Block{ID: fmt.Sprint("b", i+1), Kind: kind, Text: f.sentences(unit, sentences)})
	}
	return blocks
}

// sentences are new ones, or such as the unit has said before.
func (f *filler) sentences(unit string, n int) string {
	var all []string
	for range n {
		before := f.said[unit]
		if len(before) > 50 && f.dice.IntN(100) < again {
			all = append(all, before[f.dice.IntN(len(before))])
			continue
		}
		s := f.writer.Sentence("sv")
		f.said[unit] = append(before, s)
		all = append(all, s)
	}
	return strings.Join(all, " ")
}

// places writes the letter's sentences, their texts, and where they stand. A
// late letter lacks some texts in some locales.
func (f *filler) places(letterID, unit, group string, places []translation.Place, at time.Time) error {
	late := f.now.Sub(at) < fresh*7*24*time.Hour
	for _, p := range places {
		if err := f.segment(p.Segment); err != nil {
			return err
		}
		for i, locale := range f.locales {
			if late && (i+len(letterID)+int(letterID[14]))%3 == 0 && f.dice.IntN(3) == 0 {
				continue
			}
			if err := f.text(p.Segment, locale, late); err != nil {
				return err
			}
		}
	}
	stands := map[string]bool{}
	for _, p := range places {
		at := p.Segment.ID + p.Context
		if stands[at] { // the same sentence between the same two
			continue
		}
		stands[at] = true
		confirmed, err := json.Marshal(f.confirmed(p.Segment.ID, late))
		if err != nil {
			return err
		}
		err = f.add("segment_uses", "id, segment, context, scope, collection, record, unit, drafted, published, confirmed",
			id("u", f.rows["segment_uses"]), p.Segment.ID, p.Context, group, "letters", letterID, unit, true, true, string(confirmed))
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *filler) segment(s text.Segment) error {
	if f.known[s.ID] {
		return nil
	}
	f.known[s.ID] = true
	return f.add("segments", "id, locale, text", s.ID, "sv", s.Text)
}

// text gives the sentence one, a machine's now and then in what is late.
func (f *filler) text(s text.Segment, locale string, late bool) error {
	key := s.ID + locale
	if f.texts[key] != "" {
		return nil
	}
	wording := f.writer.Translation(locale, s.Text)
	f.texts[key] = version(wording)
	status := translation.Reviewed
	if late && f.dice.IntN(5) == 0 {
		status = translation.Machine
	}
	return f.add("translations", "id, segment, locale, context, text, draft, given, status",
		id("t", f.rows["translations"]), s.ID, locale, "", wording, "", true, status)
}

// confirmed are the texts that somebody found right in this place.
func (f *filler) confirmed(segment string, late bool) map[string]string {
	out := map[string]string{}
	for _, locale := range f.locales {
		if v := f.texts[segment+locale]; v != "" && (!late || f.dice.IntN(100) < unread) {
			out[locale] = v
		}
	}
	return out
}

// version is how a use names the text that was confirmed there.
func version(wording string) string {
	sum := sha256.Sum256([]byte(wording))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}
