package town

import "net/http"

// Letter is what parents of a group are written.
type Letter struct {
	Title, Question string
	Paragraphs      []string
	Sensitive       bool
}

func (l Letter) fields() map[string]any {
	var blocks []map[string]string
	for i, text := range l.Paragraphs {
		blocks = append(blocks, map[string]string{"id": string(rune('a' + i)), "kind": "paragraph", "text": text})
	}
	return map[string]any{"title": l.Title, "question": l.Question, "blocks": blocks, "sensitive": l.Sensitive}
}

// Writes publishes a letter to a group and answers its id.
func (o *Office) Writes(group string, l Letter) string {
	o.town.r.Helper()
	g := o.group(group)
	fields := l.fields()
	fields["unit"], fields["groups"] = g.Unit, []string{g.ID}
	var made struct {
		ID   string
		Base int
	}
	o.ask(http.MethodPost, "/api/collections/letters/records", fields, &made)
	o.ask(http.MethodPost, "/api/folje/v1/staff/letters/"+made.ID+"/publish", map[string]int{"base": made.Base}, nil)
	return made.ID
}

// Corrects publishes a letter in the place of one that is out.
func (o *Office) Corrects(letter string, l Letter) {
	o.town.r.Helper()
	var now struct{ Base int }
	path := "/api/collections/letters/records/" + letter
	o.ask(http.MethodGet, path, nil, &now)
	fields := l.fields()
	fields["base"] = now.Base
	o.ask(http.MethodPatch, path, fields, &now)
	o.ask(http.MethodPost, "/api/folje/v1/staff/letters/"+letter+"/publish", map[string]int{"base": now.Base}, nil)
}

// Withdraws takes a letter back.
func (o *Office) Withdraws(letter string) {
	o.town.r.Helper()
	o.ask(http.MethodPost, "/api/folje/v1/staff/letters/"+letter+"/withdraw", nil, nil)
}

// Translates finishes every sentence of a letter in a locale.
func (o *Office) Translates(letter, locale string) {
	o.town.r.Helper()
	o.translates("letters", letter, locale)
}

// TranslatesMeeting finishes every sentence of a meeting's in a locale.
func (o *Office) TranslatesMeeting(meeting, locale string) {
	o.town.r.Helper()
	o.translates("meetings", meeting, locale)
}

func (o *Office) translates(collection, id, locale string) {
	o.town.r.Helper()
	var text struct {
		Places []struct{ Segment, Source, Version string }
	}
	at := "/api/folje/v1/staff/" + collection + "/" + id + "/places/" + locale
	o.ask(http.MethodGet, at, nil, &text)
	for _, p := range text.Places {
		o.ask(http.MethodPut, at+"/"+p.Segment, map[string]string{"text": locale + ": " + p.Source, "base": p.Version}, nil)
	}
}
