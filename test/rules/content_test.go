package rules_test

import (
	"strings"
	"time"

	"folje/internal/access"
	"folje/internal/letter"
	"folje/internal/outbox"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// shared is the sentence that a published letter of each unit has.
const shared = "shared"

// unit makes a unit with its group, a colleague, meetings and letters, all
// through the features, as staff would.
func (w *world) unit(name byte) {
	p := &place{letter: name, ids: map[string]string{}, codes: map[string]string{}, bases: map[string]int{}}
	w.units[name] = p
	p.ids["unit"] = w.save("units", map[string]any{
		"name": w.text(kUnit, name), "kind": "preschool",
		"authority": w.text(kBoard, name), "address": w.text(kBoard, name),
	}).Id
	p.ids["group"] = w.save("groups", map[string]any{"name": w.text(kGroup, name), "unit": p.id("unit")}).Id
	p.ids["other group"] = w.save("groups", map[string]any{"name": w.text(kGroup, name), "unit": p.id("unit")}).Id
	p.ids["colleague"] = w.save("staff", map[string]any{
		"name": w.text(kName, name), "email": w.text(kEmail, name) + "@example.org", "password": password,
		"verified": true, "roles": []string{access.RoleEditor}, "units": []string{p.id("unit")},
	}).Id
	p.ids["planned"] = w.meeting(p)
	p.ids["held"] = w.meeting(p)
	w.jot(p)
	w.invite(p)
}

func (w *world) meeting(p *place) string {
	return w.save("meetings", map[string]any{
		"kind": "qpm", "unit": p.id("unit"), "groups": []string{p.id("group")}, "author": p.id("colleague"),
		"starts": noon.Add(-24 * time.Hour), "ends": noon.Add(-22 * time.Hour), "place": w.text(kPlace, p.letter), "contact": w.text(kPlace, p.letter), "heldBy": w.text(kPlace, p.letter),
		"information": w.text(kInformation, p.letter), "question": w.text(kInformation, p.letter),
	}).Id
}

// write makes the unit's letters: a draft, a published and corrected one whose
// draft has gone on since, and a withdrawn one.
func (w *world) write(p *place) {
	draft := w.draft(p, "draft", kDraft)
	w.carry(p, &draft, "draft's attachment", kDraft)
	p.ids["untranslated"] = text.SegmentID("sv", draft.GetString("title"))
	w.translate(draft, p, "planned translation", kUnfinished, false)

	published := w.draft(p, "published", kFormer)
	w.publish(p, published)
	w.rewrite(p, &published, kPublished)
	w.carry(p, &published, "attachment", kPublished)
	w.publish(p, published)
	w.translate(published, p, "translation", kText, false)
	w.translate(published, p, "wording", kOnly, true)
	w.rewritePart(p, &published, kDraft)
	latest, err := letter.Latest(w.app, published)
	if err != nil {
		w.Fatal(err)
	}
	p.ids["revision"] = latest.Id

	withdrawn := w.draft(p, "withdrawn", kWithdrawn)
	w.publish(p, withdrawn)
	if _, err := letter.Withdraw(w.app, withdrawn.Id, p.id("colleague"), noon); err != nil {
		w.Fatalf("withdraw: %v", err)
	}
	w.wait(p)
	w.aloneSegment(p)
}

// wait makes a letter that was published and hasn't gone out yet.
func (w *world) wait(p *place) {
	l := w.draft(p, "waiting", kWaiting)
	content, err := l.Content()
	if err != nil {
		w.Fatal(err)
	}
	w.save("letter_revisions", map[string]any{
		"letter": l.Id, "number": 1, "content": content, "groups": l.Groups(), "meeting": p.id("held"), "author": p.id("colleague"),
	})
	_, err = outbox.Add(w.app, outbox.Row{
		Kind: "letter", Item: l.Id, Number: 1, Mark: "letter " + l.Id + " 1", Groups: l.Groups(), Author: p.id("colleague"),
		Due: noon.Add(undo), Until: noon.AddDate(0, 0, 14),
	})
	if err != nil {
		w.Fatal(err)
	}
	if l, err = letter.Find(w.app, l.Id); err != nil {
		w.Fatal(err)
	}
	l.Set("release", noon.Add(undo))
	w.keep(p, &l)
}

func (w *world) draft(p *place, name string, k kind) letter.Letter {
	c, err := w.app.FindCollectionByNameOrId("letters")
	if err != nil {
		w.Fatal(err)
	}
	l := letter.Letter{Record: core.NewRecord(c)}
	l.Load(map[string]any{
		"unit": p.id("unit"), "groups": []string{p.id("group")}, "meeting": p.id("held"), "author": p.id("colleague"),
	})
	if name == "draft" {
		l.Set("meeting", p.id("planned"))
	}
	w.rewrite(p, &l, k)
	p.ids[name], p.bases[name] = l.Id, l.Base()
	return l
}

// rewrite saves the letter with new text of the kind, and the sentence that
// both units use.
func (w *world) rewrite(p *place, l *letter.Letter, k kind) {
	l.Set("title", w.text(k, p.letter))
	l.Set("question", w.text(k, p.letter))
	l.Set("blocks", []text.Block{
		{ID: "a", Kind: text.Paragraph, Text: w.text(k, p.letter)},
		{ID: "b", Kind: text.Paragraph, Text: w.sharedText()},
	})
	w.keep(p, l)
}

// rewritePart saves one more block, which the published revision lacks.
func (w *world) rewritePart(p *place, l *letter.Letter, k kind) {
	blocks, err := l.Body()
	if err != nil {
		w.Fatal(err)
	}
	l.Set("blocks", append(blocks, text.Block{ID: "c", Kind: text.Paragraph, Text: w.text(k, p.letter)}))
	w.keep(p, l)
}

func (w *world) keep(p *place, l *letter.Letter) {
	if err := letter.Save(w.app, *l); err != nil {
		w.Fatalf("save a letter: %+v", err)
	}
	for name, id := range p.ids {
		if id == l.Id {
			p.bases[name] = l.Base()
		}
	}
}

func (w *world) sharedText() string {
	if w.ids[shared] == "" {
		w.ids[shared] = w.text(kPublished, both)
	}
	return w.ids[shared]
}

func (w *world) publish(p *place, l letter.Letter) {
	fresh, err := letter.Publish(w.app, l.Id, p.id("colleague"), l.Base(), noon)
	if err != nil {
		w.Fatalf("publish: %v", err)
	}
	*l.Record = *fresh.Record
}

// translate gives the letter's first block a text in Arabic, or, for only, the
// sentence that both units use a wording that fits this letter alone. Beside
// it somebody is typing another.
func (w *world) translate(l letter.Letter, p *place, name string, k kind, only bool) {
	content, err := l.Content()
	if err != nil {
		w.Fatal(err)
	}
	for _, at := range translation.Places(content) {
		if at.Block != "a" && !only || only && at.Segment.Text != w.ids[shared] {
			continue
		}
		edit := translation.Edit{
			Record: l.Id, Author: p.id("colleague"), Place: at, Locale: "ar", Text: w.text(k, p.letter), Only: only,
		}
		if err := translation.Save(w.app, edit); err != nil {
			w.Fatalf("translate: %v", err)
		}
		p.ids["segment of "+name] = at.Segment.ID
		p.ids[name] = w.typed(p, at.Segment.ID, edit)
		return
	}
	w.Fatalf("no block to translate in %s", l.Id)
}

// typed adds an unfinished text to a translation and gives the record's id.
func (w *world) typed(p *place, segment string, edit translation.Edit) string {
	filter := "segment = {:segment} && locale = {:locale} && text = {:text}"
	r, err := w.app.FindFirstRecordByFilter("translations", filter,
		map[string]any{"segment": segment, "locale": edit.Locale, "text": edit.Text})
	if err != nil {
		w.Fatalf("find a translation: %v", err)
	}
	r.Set("draft", w.text(kUnfinished, p.letter))
	if err := w.app.Save(r); err != nil {
		w.Fatal(err)
	}
	return r.Id
}

// aloneSegment makes a segment, its place and its translation that no letter
// knows, with a canary in every field.
func (w *world) aloneSegment(p *place) {
	id := strings.Repeat(strings.ToLower(string(p.letter)), 32)
	w.save("segments", map[string]any{"id": id, "locale": w.text(kSegment, p.letter), "text": w.text(kSegment, p.letter)})
	p.ids["segment"] = id
	use := map[string]any{"segment": id, "unit": p.id("unit"), "confirmed": map[string]string{w.text(kUse, p.letter): "x"}}
	for _, field := range []string{"context", "collection", "record", "scope"} {
		use[field] = w.text(kUse, p.letter)
	}
	p.ids["use"] = w.save("segment_uses", use).Id
	p.ids["alone translation"] = w.save("translations", map[string]any{
		"segment": id, "locale": w.text(kUnfinished, p.letter), "context": w.text(kUnfinished, p.letter), "status": "draft",
		"text": w.text(kUnfinished, p.letter), "draft": w.text(kUnfinished, p.letter), "engine": w.text(kUnfinished, p.letter),
		"elsewhere": w.text(kUnfinished, p.letter),
	}).Id
}
