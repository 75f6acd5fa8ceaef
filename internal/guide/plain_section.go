package guide

import (
	"slices"

	"folje/internal/text"
	"folje/internal/translation"
)

func (v *viewer) section(e Entry) (*section, error) {
	parts := v.parts[e.Id]
	s := &section{
		key: e.Key(), Head: e.Name(), Named: e.Name() != "", Title: v.says(parts[0]),
		from: e.GetInt("ageFrom"), to: e.GetInt("ageTo"), Checked: v.checked(e.GetString("checked")),
	}
	s.Ages = v.ages(s.from, s.to)
	if !s.Named {
		s.Head = s.Title[0].Text
	}
	written, err := e.Parts()
	if err != nil {
		return nil, err
	}
	for i, p := range written {
		s.add(v, p, v.says(parts[i+1]))
	}
	v.rate(s)
	if err := v.reach(e, s); err != nil {
		return nil, err
	}
	v.addGroups(e, s)
	return s, nil
}

// add puts a part after those before: parts about one thing are one passage,
// items one list.
func (s *section) add(v *viewer, p Part, says []piece) {
	last := len(s.Parts) - 1
	if last < 0 || s.Parts[last].name != p.Part {
		head := ""
		if p.Part != PartNames[0] {
			head = v.say("guide.part."+p.Part, nil)
		}
		s.Parts = append(s.Parts, passage{name: p.Part, Head: head})
		last++
	}
	at := &s.Parts[last]
	if text.Kind(p.Kind) != text.Item {
		at.Runs = append(at.Runs, run{Text: says})
		return
	}
	if n := len(at.Runs); n == 0 || at.Runs[n-1].Items == nil {
		at.Runs = append(at.Runs, run{})
	}
	list := &at.Runs[len(at.Runs)-1]
	list.Items = append(list.Items, says)
}

// pieces are all sentences of the section.
func (s *section) pieces() []piece {
	out := slices.Clone(s.Title)
	for _, p := range s.Parts {
		for _, r := range p.Runs {
			out = slices.Concat(append(out, r.Text...), slices.Concat(r.Items...))
		}
	}
	return out
}

// rate says in words how good the section's translation is, where it isn't
// looked through.
func (v *viewer) rate(s *section) {
	for _, p := range s.pieces() {
		switch p.State {
		case translation.Missing:
			s.Missing = v.say("plain.swedish", nil)
		case translation.Machine, translation.Draft:
			s.Machine = v.say("state."+p.State, nil)
		}
	}
}

// notes say at the top what is so everywhere, and spare each section the words.
func (v *viewer) notes(entries []*section) (notes []string) {
	everywhere := func(words func(*section) *string) bool {
		return len(entries) > 0 && !slices.ContainsFunc(entries, func(s *section) bool { return *words(s) == "" })
	}
	for _, n := range []struct {
		words func(*section) *string
		id    string
	}{
		{func(s *section) *string { return &s.Machine }, "marks.machine_all"},
		{func(s *section) *string { return &s.Missing }, "plain.missing_all"},
	} {
		if everywhere(n.words) {
			notes = append(notes, v.say(n.id, nil))
			for _, s := range entries {
				*n.words(s) = ""
			}
		}
	}
	return notes
}
