package protocol

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// What staff do goes through the routes that their pages use, over a network
// without faults. What the server refuses them (the meeting is over by now) is
// no concern of phones.

func (s *Server) rows(collection string, such func(*core.Record) bool) []*core.Record {
	all, err := s.app.FindAllRecords(collection)
	s.must(err)
	return slices.DeleteFunc(all, func(r *core.Record) bool { return !such(r) })
}

func (s *Server) staff(method, path string, body map[string]any) map[string]any {
	r := s.Ask(s.Editor, method, path, body)
	if r.Status >= http.StatusInternalServerError {
		s.tb.Errorf("staff's %s %s: %d %s", method, path, r.Status, r.Body)
	}
	var answer map[string]any
	_ = json.Unmarshal(r.Body, &answer)
	if r.Status != http.StatusOK {
		return nil
	}
	return answer
}

// sentences are few, so that letters share segments.
var sentences = []string{
	"Tack för att ni kom.", "Vi ses kl. 9.30 nästa gång.", "Barnen sover bättre med en lugn stund.",
	"Ta gärna med ombyte.", "Läs en saga varje kväll.",
}

func body(n int) []map[string]any {
	return []map[string]any{
		{"id": "a", "kind": "paragraph", "text": sentences[n%len(sentences)] + " " + sentences[(n/2)%len(sentences)]},
		{"id": "b", "kind": "item", "text": fmt.Sprintf("Punkt %d.", n)},
	}
}

// somebody gives one or both groups.
func (s *Server) somebody(n int) []string {
	return [][]string{{s.Groups[0]}, {s.Groups[1]}, s.Groups}[n%3]
}

// WriteLetter publishes a new letter.
func (s *Server) WriteLetter(n int) {
	draft := s.staff(http.MethodPost, "/api/collections/letters/records", map[string]any{
		"unit": s.Unit, "groups": s.somebody(n), "title": fmt.Sprintf("Brev %d", n), "question": sentences[n%len(sentences)],
		"blocks": body(n), "base": 0,
	})
	if draft != nil {
		s.staff(http.MethodPost, fmt.Sprint(API, "staff/letters/", draft["id"], "/publish"), map[string]any{"base": draft["base"]})
	}
}

// CorrectLetter publishes other words, or another group, in a letter's place.
func (s *Server) CorrectLetter(n int) {
	live := s.rows("letters", func(r *core.Record) bool { return r.GetInt("number") > 0 && r.GetDateTime("withdrawn").IsZero() })
	if len(live) == 0 {
		return
	}
	letter := live[n%len(live)]
	saved := s.staff(http.MethodPatch, "/api/collections/letters/records/"+letter.Id, map[string]any{
		"blocks": body(n + 1), "groups": s.somebody(n / 7), "base": letter.GetInt("base"),
	})
	if saved != nil {
		s.staff(http.MethodPost, API+"staff/letters/"+letter.Id+"/publish", map[string]any{"base": saved["base"]})
	}
}

// WithdrawLetter takes a letter back.
func (s *Server) WithdrawLetter(n int) {
	live := s.rows("letters", func(r *core.Record) bool { return r.GetInt("number") > 0 && r.GetDateTime("withdrawn").IsZero() })
	if len(live) > 0 {
		s.staff(http.MethodPost, API+"staff/letters/"+live[n%len(live)].Id+"/withdraw", nil)
	}
}

// Invite publishes a new meeting, some days ahead.
func (s *Server) Invite(n int) {
	starts := s.clock.Now().Add(time.Duration(2+n%10) * 24 * time.Hour)
	plan := s.staff(http.MethodPost, "/api/collections/meetings/records", map[string]any{
		"kind": "qpm", "unit": s.Unit, "groups": s.somebody(n), "starts": stamp(starts), "ends": stamp(starts.Add(90 * time.Minute)),
		"answerBy": stamp(starts.Add(-48 * time.Hour)), "place": "Stora rummet", "contact": "Anna",
		"question": sentences[n%len(sentences)], "information": sentences[(n+1)%len(sentences)], "childcare": true, "base": 0,
	})
	if plan != nil {
		s.staff(http.MethodPost, fmt.Sprint(API, "staff/meetings/", plan["id"], "/publish"), map[string]any{"base": plan["base"]})
	}
}

func (s *Server) meetings() []*core.Record {
	return s.rows("meetings", func(r *core.Record) bool {
		return !r.GetDateTime("published").IsZero() && r.GetDateTime("cancelled").IsZero()
	})
}

// MoveMeeting changes a meeting that parents have heard of.
func (s *Server) MoveMeeting(n int) {
	if live := s.meetings(); len(live) > 0 {
		m := live[n%len(live)]
		s.staff(http.MethodPatch, "/api/collections/meetings/records/"+m.Id, map[string]any{
			"place": fmt.Sprintf("Rum %d", n), "information": sentences[n%len(sentences)], "base": m.GetInt("base"),
		})
	}
}

// CancelMeeting calls one off.
func (s *Server) CancelMeeting(n int) {
	if live := s.meetings(); len(live) > 0 {
		m := live[n%len(live)]
		s.staff(http.MethodPost, API+"staff/meetings/"+m.Id+"/cancel", map[string]any{"base": m.GetInt("base")})
		s.cancelled[m.Id] = true
	}
}

// Translate puts a sentence of a published letter or meeting into Arabic, or
// changes how it is put.
func (s *Server) Translate(n int) {
	live := s.rows("letters", func(r *core.Record) bool { return r.GetInt("number") > 0 })
	owner := "letters/"
	if len(live) == 0 || n%3 == 0 {
		live, owner = s.meetings(), "meetings/"
	}
	if len(live) == 0 {
		return
	}
	path := API + "staff/" + owner + live[n%len(live)].Id + "/places/" + reading
	r := s.Ask(s.Translator, http.MethodGet, path, nil)
	var seen struct {
		Places []struct {
			Segment, Source string
			Version         any
		}
	}
	_ = json.Unmarshal(r.Body, &seen)
	if len(seen.Places) == 0 {
		return
	}
	at := seen.Places[n%len(seen.Places)]
	r = s.Ask(s.Translator, http.MethodPut, path+"/"+at.Segment, map[string]any{
		"text": "ترجمة " + strings.Repeat("أ", n%97+1) + " " + at.Source, "base": at.Version}) // with the source's figures
	if r.Status != http.StatusOK {
		s.tb.Errorf("translate: %d %s", r.Status, r.Body)
	}
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05.000Z") }
