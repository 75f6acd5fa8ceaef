package guide

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"folje/internal/zone"
)

// reach is how to get to the service: its contacts and where it is.
func (v *viewer) reach(e Entry, s *section) error {
	contacts, err := e.Contacts()
	if err != nil {
		return err
	}
	for _, c := range contacts {
		s.Contacts = append(s.Contacts, reach{v.say("guide."+word(c.Kind), nil), c.Value, v.names.Put(c.Label, false), link(c)})
	}
	place, err := e.Place()
	s.Place = strings.Join(slices.DeleteFunc([]string{place.Name, place.Address}, func(s string) bool { return s == "" }), ", ")
	return err
}

// here are the municipality's own numbers for urgent help, without those that
// hold in all of Sweden.
func (v *viewer) here() (out []emergency) {
	for _, n := range v.town.Numbers {
		if slices.Contains(numbers, n.Number) {
			continue
		}
		e := emergency{Number: n.Number, Name: n.Name, Link: link(Contact{Kind: byPhone, Value: n.Number})}
		if n.Kind != "other" {
			e.Says = v.say("urgent.kind."+n.Kind, nil)
		}
		out = append(out, e)
	}
	return out
}

// complain are the ways to tell the municipality that something can't be used.
func (v *viewer) complain() (out []reach) {
	for _, c := range []Contact{{Kind: byMail, Value: v.town.Mail}, {Kind: byPhone, Value: v.town.Phone}} {
		if c.Value != "" {
			out = append(out, reach{v.say("guide."+word(c.Kind), nil), c.Value, "", link(c)})
		}
	}
	return out
}

// word is what the messages call a kind of contact.
func word(kind string) string {
	if kind == byPhone {
		return "call"
	}
	return kind
}

// link is the address that opens a contact. What was saved was checked to be a
// number, an address or a secure page; anything else gets none.
func link(c Contact) template.URL {
	switch {
	case (c.Kind == byPhone || c.Kind == bySMS) && isNumber(c.Value):
		scheme := map[string]string{byPhone: "tel:", bySMS: "sms:"}[c.Kind]
		return template.URL(scheme + strings.Map(func(r rune) rune {
			if r != '+' && (r < '0' || r > '9') {
				return -1
			}
			return r
		}, c.Value))
	case c.Kind == byMail && isAddress(c.Value):
		return template.URL("mailto:" + c.Value)
	case c.Kind == onWeb && isPage(c.Value):
		return template.URL(c.Value)
	}
	return ""
}

// addGroups adds the support groups of this term and of those to come.
func (v *viewer) addGroups(e Entry, s *section) {
	today := zone.Day(v.now)
	for _, g := range v.groups[e.Id] {
		if to := g.GetString("to"); to != "" && to < today {
			continue
		}
		wire, err := g.wire(e.Key())
		if err != nil {
			continue // what can't be read is published nowhere
		}
		parts := v.parts[g.Id]
		line := groupLine{Title: v.says(parts[0]), Text: v.says(parts[1]), Ages: v.ages(wire.Ages[0], wire.Ages[1]), Period: v.period(wire.Period)}
		line.When = v.when(wire)
		s.AskWhen = s.AskWhen || wire.Weekday == 0 || wire.Starts == ""
		s.Groups = append(s.Groups, line)
	}
}

func (v *viewer) period(p wirePeriod) string {
	if p.Starts == "" || p.Ends == "" {
		return p.Name
	}
	return v.day(p.Starts) + "–" + v.day(p.Ends)
}

// when says of a group what is published.
func (v *viewer) when(w wireGroup) string {
	var out []string
	if w.Weekday > 0 {
		out = append(out, v.say("date.weekday."+strconv.Itoa(w.Weekday), nil))
	}
	if w.Starts != "" {
		out = append(out, strings.TrimSuffix(w.Starts+"–"+w.Ends, "–"))
	}
	if w.Places != nil {
		out = append(out, v.say("guide.group_places", map[string]any{"Count": *w.Places}))
	}
	return strings.Join(out, " · ")
}
