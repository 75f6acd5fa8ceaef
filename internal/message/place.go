package message

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"maps"
	"slices"
	"strings"

	"folje/internal/locale"
	"folje/internal/problem"
	"folje/internal/translation"
)

// Place is one plural form of a message in one locale, for translators: its
// segment is the message's id, its context the form, "" where nothing is counted.
// Note is what the source's author says about it. An Outdated text was made from
// another wording of the source; where a person had found it right it is reused.
type Place struct {
	translation.View
	Note     string `json:"note"`
	Outdated bool   `json:"outdated"`
}

// place is a form with all that is known of it.
type place struct {
	tag, form   string
	counts      bool
	source, own locale.Message
	present     string // the hash of the source
	row         *row   // nil where nothing was edited
}

// catalogs are a locale's file and the source's.
type catalogs struct {
	tag         string
	source, own *locale.Catalog
}

func (s *Service) catalogs(tag string) (c catalogs, err error) {
	c.tag = tag
	if c.source, err = s.Locales.Catalog(locale.Source); err != nil {
		return c, err
	}
	c.own, err = s.Locales.Catalog(tag)
	return c, err
}

// places gives the forms of the messages of an audience, in the order of their
// ids. Rows are what was edited, by message.
func (c catalogs) places(audience string, rows map[string][]row) ([]place, error) {
	var all []place
	for _, id := range slices.Sorted(maps.Keys(c.source.Messages)) {
		if locale.AboutItself(id) || locale.AudienceOf(id) != audience {
			continue
		}
		some, err := c.message(id, rows[id])
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// message gives the forms of one message.
func (c catalogs) message(id string, rows []row) ([]place, error) {
	source, own := c.source.Messages[id], c.own.Messages[id]
	forms, err := locale.NeededForms(c.tag, source, own)
	if err != nil {
		return nil, fmt.Errorf("find the forms of %s: %w", c.tag, err)
	}
	places, present := make([]place, len(forms)), locale.SourceHash(source.Forms)
	for i, form := range forms {
		places[i] = place{tag: c.tag, form: form, counts: len(forms) > 1, source: source, own: own, present: present}
		if j := slices.IndexFunc(rows, func(r row) bool { return r.Form == form }); j >= 0 {
			places[i].row = &rows[j]
		}
	}
	return places, nil
}

// find gives the form of a message of the audience that a request names.
func (c catalogs) find(audience, id, context string, rows []row) (place, error) {
	if _, ok := c.source.Messages[id]; !ok || locale.AboutItself(id) || locale.AudienceOf(id) != audience {
		return place{}, problem.NotFound()
	}
	places, err := c.message(id, rows)
	if err != nil {
		return place{}, err
	}
	for _, p := range places {
		if p.context() == context {
			return p, nil
		}
	}
	return place{}, problem.NotFound()
}

func (p place) context() string {
	if p.counts {
		return p.form
	}
	return ""
}

// edited reports whether what was edited is said rather than the file's text.
func (p place) edited() bool {
	return p.row != nil && p.row.Given && p.row.edit().Wins(p.tag, p.source, p.own)
}

// text is what is said, and the hash of what it was translated from.
func (p place) text() (text, source string) {
	if p.edited() {
		return p.row.Text, p.row.Source
	}
	return p.own.Forms[p.form], p.own.Hash
}

func (p place) draft() string {
	if p.row == nil {
		return ""
	}
	return p.row.Draft
}

func (p place) state() string {
	text, source := p.text()
	status := string(p.own.State)
	if p.edited() {
		status = p.row.Status
	}
	switch {
	case text == "":
		return translation.Missing
	case status == translation.Reviewed && source != p.present:
		return translation.Reused
	}
	return status
}

// version names what is there: what a save must be based on.
func (p place) version() string {
	text, _ := p.text()
	if text == "" && p.draft() == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(text + "\x00" + p.draft()))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

// viewer is a translator who looks at places; second says that a second person
// reviews what one finished.
type viewer struct {
	staff  string
	second bool
}

// shown is the place as the viewer sees it.
func (p place) shown(by viewer) Place {
	text, source := p.text()
	v := Place{Note: p.source.Comment, Outdated: text != "" && source != p.present}
	v.View = translation.View{
		Block: p.source.ID, Kind: "message", Segment: p.source.ID, Context: p.context(),
		Source: p.source.Nearest(p.form), State: p.state(), Version: p.version(),
	}
	if text != "" {
		v.Text = &text
	}
	if draft := p.draft(); draft != "" {
		v.Draft = &draft
	}
	v.MayReview = v.State == translation.Draft && (!by.second || p.row.Author != by.staff)
	return v
}
