package exchange

import (
	"fmt"
	"slices"

	"folje/internal/glossary"
	"folje/internal/guide"
	"folje/internal/pack"

	"github.com/pocketbase/pocketbase/core"
)

// What becomes of a piece of a pack.
type What string

// A pack's piece is compared with what is here and with what a pack last brought.
const (
	New      What = "new"      // nothing here yet
	Changed  What = "changed"  // by the pack, and not here
	Same     What = "same"     // as it is here
	Edited   What = "edited"   // here, and not by the pack: stays
	Conflict What = "conflict" // by both, or of unknown origin: stays
	Removed  What = "removed"  // here, after a pack had brought it: stays away
	Declined What = "not here" // the municipality doesn't have it
)

// Change is what becomes of one piece. Title is for people.
type Change struct {
	Kind, Key, Title string
	What             What
}

// Plan is what an import would do. Left are the sentences of the pack that are
// left out, because they name what isn't had; Unknown its locales that the app
// doesn't have.
type Plan struct {
	Changes []Change
	Left    []string
	Unknown []string

	pack   *pack.Pack
	locals *local
	hashes map[item]string // of the pack's pieces, adapted
	names  map[string]string
}

// Unanswered are the pack's services that somebody has to say of whether there
// is one here: there is none of that key, no pack brought one before, and the
// answers don't say.
func Unanswered(app core.App, p *pack.Pack, answers pack.Answers) ([]pack.GuideEntry, error) {
	here, err := read(app, true)
	if err != nil {
		return nil, err
	}
	brought, err := broughtBefore(app)
	if err != nil {
		return nil, err
	}
	var ask []pack.GuideEntry
	for _, e := range p.Guide {
		at := item{kindGuide, e.Key}
		_, known := brought[at]
		_, said := answers[e.Key]
		if e.Type == guide.Service && here.records[at] == nil && !known && !said {
			ask = append(ask, e)
		}
	}
	return ask, nil
}

// Prepare says what importing the pack would do. Locales are those of the app.
// The pack isn't changed.
func Prepare(app core.App, p *pack.Pack, answers pack.Answers, locales []string) (*Plan, error) {
	here, err := read(app, true)
	if err != nil {
		return nil, err
	}
	brought, err := broughtBefore(app)
	if err != nil {
		return nil, err
	}
	plan := &Plan{pack: normal(p), locals: here, hashes: map[item]string{}, names: map[string]string{}}
	missing := plan.missing(answers, brought)
	plan.Left = adapt(plan.pack, missing)
	for _, e := range p.Guide {
		if missing[e.Key] && !slices.ContainsFunc(plan.Changes, func(c Change) bool { return c.Key == e.Key }) {
			plan.Changes = append(plan.Changes, Change{kindGuide, e.Key, called(e), Declined})
		}
	}
	if err := plan.compare(brought); err != nil {
		return nil, err
	}
	for _, l := range p.Locales {
		if !slices.Contains(locales, l.Tag) {
			plan.Unknown = append(plan.Unknown, l.Tag)
		}
	}
	plan.pack.Locales = slices.DeleteFunc(slices.Clone(p.Locales), func(l pack.Locale) bool { return slices.Contains(plan.Unknown, l.Tag) })
	return plan, nil
}

// missing are the entries that aren't had here.
func (plan *Plan) missing(answers pack.Answers, brought map[item]string) map[string]bool {
	missing := map[string]bool{}
	note := func(e pack.GuideEntry, what What) {
		missing[e.Key] = true
		plan.Changes = append(plan.Changes, Change{kindGuide, e.Key, called(e), what})
	}
	for _, e := range plan.pack.Guide {
		at := item{kindGuide, e.Key}
		hash, known := brought[at]
		answer, said := answers[e.Key]
		r := plan.locals.records[at]
		switch {
		case r != nil:
			if e.Open() && !(guide.Entry{Record: r}).Open() { // texts can't name it
				note(e, Edited)
			}
		case said && answer.Have != nil && !*answer.Have, !said && known && hash == "":
			note(e, Declined)
		case !said && known:
			note(e, Removed)
		case said && answer.Name != "":
			plan.names[e.Key] = answer.Name
		}
	}
	return missing
}

// compare says of each piece what becomes of it.
func (plan *Plan) compare(brought map[item]string) error {
	theirs, err := contents(plan.pack)
	if err != nil {
		return err
	}
	ours, err := contents(&plan.locals.pack)
	if err != nil {
		return err
	}
	here := map[item]string{}
	for _, c := range ours {
		here[c.item] = c.hash
	}
	for _, c := range theirs {
		plan.hashes[c.item] = c.hash
		last, known := brought[c.item]
		plan.Changes = append(plan.Changes, Change{c.kind, c.key, c.title, verdict(c.hash, here[c.item], last, known)})
	}
	return nil
}

func verdict(theirs, here, last string, known bool) What {
	switch {
	case here == "" && known && last != "":
		return Removed
	case here == "":
		return New
	case here == theirs:
		return Same
	case last == here:
		return Changed
	case last == theirs:
		return Edited
	}
	return Conflict
}

// Count is how many pieces become that.
func (plan *Plan) Count(what What) (n int) {
	for _, c := range plan.Changes {
		if c.What == what {
			n++
		}
	}
	return n
}

// normal is a copy of the pack as this municipality would have written it.
func normal(p *pack.Pack) *pack.Pack {
	out := *p
	out.Guide = slices.Clone(p.Guide)
	for i := range out.Guide {
		e := &out.Guide[i]
		e.Also, e.Related, e.Chain, e.Contacts = some(e.Also), some(e.Related), some(e.Chain), some(e.Contacts)
		e.Parts, e.Staff = some(e.Parts), some(e.Staff)
		e.Contacts = slices.DeleteFunc(slices.Clone(e.Contacts), func(r pack.Reach) bool { return !r.National() })
	}
	out.Worries = slices.Clone(p.Worries)
	for i := range out.Worries {
		out.Worries[i].Guide = some(out.Worries[i].Guide)
	}
	out.Themes = slices.Clone(p.Themes)
	for i := range out.Themes {
		t := &out.Themes[i]
		t.Also, t.Information, t.Discussion, t.Think = some(t.Also), some(t.Information), some(t.Discussion), some(t.Think)
	}
	out.Activities = slices.Clone(p.Activities)
	for i := range out.Activities {
		a := &out.Activities[i]
		if u := p.Unit(a.Unit); u != nil {
			a.Kind = u.Kind
		}
		a.Information = some(a.Information)
	}
	out.Words = slices.Clone(p.Words)
	for i := range out.Words {
		out.Words[i].Forms = glossary.Forms(out.Words[i].Term, out.Words[i].Forms)
	}
	return &out
}

// broughtBefore are the hashes of what packs brought.
func broughtBefore(app core.App) (map[item]string, error) {
	var rows []struct {
		Kind string `db:"kind"`
		Key  string `db:"key"`
		Hash string `db:"hash"`
	}
	if err := app.DB().Select("kind", "key", "hash").From(packItems).All(&rows); err != nil {
		return nil, fmt.Errorf("list what packs brought: %w", err)
	}
	out := make(map[item]string, len(rows))
	for _, r := range rows {
		out[item{r.Kind, r.Key}] = r.Hash
	}
	return out, nil
}

const packItems = "pack_items"
