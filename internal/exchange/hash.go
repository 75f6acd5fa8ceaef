package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"folje/internal/pack"
)

// content is one piece of a pack: what it is, how it is shown in a list, and the
// hash of what a pack brings of it. What is the municipality's own (names,
// numbers, places, times, owners, the order) is not in the hash.
type content struct {
	item
	title string
	hash  string
}

// contents lists the pieces of a pack.
func contents(p *pack.Pack) (all []content, err error) {
	add := func(kind, key, title string, what any) {
		sum, fault := hash(what)
		if fault != nil && err == nil {
			err = fault
		}
		all = append(all, content{item{kind, key}, title, sum})
	}
	for _, e := range p.Guide {
		title := called(e)
		e.File, e.Name, e.Contacts, e.Place, e.CheckedDays, e.Seeds, e.Order = "", "", nil, nil, nil, nil, 0
		add(kindGuide, e.Key, title, e)
	}
	for _, w := range p.Worries {
		w.Order = 0
		add(kindWorry, w.Key, w.Title, w)
	}
	for _, t := range p.Themes {
		t.Order = 0
		add(kindTheme, t.Key, t.Title, t)
	}
	for i, a := range p.Activities {
		add(kindActivity, keyOf(p.Activities, i), a.Title, []any{a.Title, a.Information, a.AgeFrom, a.AgeTo})
	}
	for _, q := range p.Questions {
		add(kindQuestion, q.Text, q.Text, q)
	}
	for _, s := range p.Phrases {
		add(kindPhrase, s.Text, s.Text, s)
	}
	for _, w := range p.Words {
		add(kindWord, w.Term, w.Term, w)
	}
	return all, err
}

// called is what people know the entry by.
func called(e pack.GuideEntry) string {
	if e.Name != "" {
		return e.Name
	}
	return e.Title
}

func hash(what any) (string, error) {
	raw, err := json.Marshal(what)
	if err != nil {
		return "", fmt.Errorf("hash content: %w", err)
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}
