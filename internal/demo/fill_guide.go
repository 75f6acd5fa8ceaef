package demo

import (
	"fmt"
	"strconv"

	"folje/internal/guide"
	"folje/internal/pack"
	"folje/internal/phrase"

	"github.com/pocketbase/pocketbase/core"
)

// guide puts in Familjeguiden: entries, worries and the term's support groups.
func (f *filler) guide() error {
	for _, e := range f.pack.Guide {
		if err := f.guideEntry(e); err != nil {
			return fmt.Errorf("%s: %w", e.File, err)
		}
	}
	for _, w := range f.pack.Worries {
		helps := make([]string, len(w.Guide))
		for i, key := range w.Guide {
			helps[i] = f.entries[key].Id
		}
		_, err := f.save("worries", map[string]any{"key": w.Key, "title": w.Title, "synonyms": w.Synonyms,
			"guide": helps, "order": w.Order, "base": 1})
		if err != nil {
			return fmt.Errorf("worry %q: %w", w.Key, err)
		}
	}
	return f.supportGroups()
}

func (f *filler) guideEntry(e pack.GuideEntry) error {
	values := map[string]any{
		"key": e.Key, "name": e.Name, "title": e.Title, "also": e.Also, "type": e.Type, "audience": e.Audience,
		"ageFrom": e.AgeFrom, "ageTo": e.AgeTo, "parts": parts(e), "staff": e.Staff, "contacts": e.Contacts,
		"related": e.Related, "chain": e.Chain, "sensitive": e.Sensitive, "urgent": e.Urgent, "ask": e.Ask,
		"order": e.Order, "base": 1,
	}
	if e.Place != nil {
		values["place"] = e.Place
	}
	if e.CheckedDays != nil {
		values["checked"] = day(f.today.AddDate(0, 0, *e.CheckedDays))
	}
	if keeper := f.withRole("coordinator"); keeper != nil {
		values["owner"] = keeper.Id
	}
	r, err := f.save("guide_entries", values)
	if err != nil {
		return err
	}
	f.entries[e.Key] = r
	return nil
}

// withRole is the first member of staff who has the role, nil for none.
func (f *filler) withRole(role string) *core.Record {
	for _, s := range f.pack.Staff {
		for _, r := range s.Roles {
			if r == role {
				return f.staff[s.Email]
			}
		}
	}
	return nil
}

// parts are an entry's texts for everybody as its record holds them.
func parts(e pack.GuideEntry) []guide.Part {
	parts := make([]guide.Part, len(e.Parts))
	for i, p := range e.Parts {
		parts[i] = guide.Part{ID: "p" + strconv.Itoa(i+1), Part: p.Part, Kind: string(p.Kind), Text: pack.Join(p.Sentences)}
	}
	return parts
}

func (f *filler) supportGroups() error {
	for i, g := range f.pack.GroupsOn(f.today) {
		term := f.term(g.Term)
		_, err := f.save("support_groups", map[string]any{
			"entry": f.entries[g.Entry].Id, "title": g.Title, "information": pack.Join(g.Information),
			"ageFrom": g.AgeFrom, "ageTo": g.AgeTo, "period": term.Name, "from": g.From, "to": g.To,
			"weekday": g.Weekday, "starts": g.Starts, "ends": g.Ends, "places": g.Places, "publish": g.Publish, "base": 1,
		})
		if err != nil {
			return fmt.Errorf("support group %d: %w", i+1, err)
		}
	}
	return nil
}

// bank puts in the questions for meetings and the sentences for letters.
func (f *filler) bank() error {
	for kind, all := range map[string][]pack.Phrase{phrase.Question: f.pack.Questions, phrase.Sentence: f.pack.Phrases} {
		for i, p := range all {
			_, err := f.save("phrases", map[string]any{"kind": kind, "topic": p.Topic, "ageFrom": p.AgeFrom, "ageTo": p.AgeTo,
				"text": p.Text, "from": "bank", "order": i + 1})
			if err != nil {
				return fmt.Errorf("%s %q: %w", kind, p.Text, err)
			}
		}
	}
	return nil
}
