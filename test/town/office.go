package town

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Office is a member of staff without a screen, who does through the routes
// what her colleagues do on theirs.
type Office struct {
	town   *Town
	origin string // the server's
	token  string
}

// Office signs in the first member of staff with a role.
func (w *Town) Office(role string) *Office {
	w.r.Helper()
	o := &Office{town: w, origin: w.Server.Origin}
	who := w.Staff(role, "")
	var session struct{ Token string }
	o.ask(http.MethodPost, "/api/collections/staff/auth-with-password", map[string]string{"identity": who.Email, "password": who.Password}, &session)
	o.token = session.Token
	return o
}

// Meeting is what parents are invited to. Times that are zero are left out.
type Meeting struct {
	Starts, Ends               time.Time
	AnswerBy, BookBy, CancelBy time.Time
	Place, Contact             string
	Question, Information      string
	Childcare                  bool
}

// Publishes plans a meeting for a group, invites its parents, and answers the
// meeting's id.
func (o *Office) Publishes(group string, m Meeting) string {
	o.town.r.Helper()
	g := o.group(group)
	var made struct {
		ID   string
		Base int
	}
	o.ask(http.MethodPost, "/api/collections/meetings/records", map[string]any{
		"kind": "qpm", "unit": g.Unit, "groups": []string{g.ID}, "starts": moment(m.Starts), "ends": moment(m.Ends), "answerBy": moment(m.AnswerBy),
		"bookBy": moment(m.BookBy), "cancelBy": moment(m.CancelBy),
		"place": m.Place, "contact": m.Contact, "question": m.Question, "information": m.Information, "childcare": m.Childcare,
	}, &made)
	o.ask(http.MethodPost, "/api/folje/v1/staff/meetings/"+made.ID+"/publish", map[string]int{"base": made.Base}, nil)
	return made.ID
}

// Changes saves some of a meeting's fields.
func (o *Office) Changes(meeting string, fields map[string]any) {
	o.town.r.Helper()
	fields["base"] = o.base(meeting)
	o.ask(http.MethodPatch, "/api/collections/meetings/records/"+meeting, fields, nil)
}

// Cancels calls a meeting off.
func (o *Office) Cancels(meeting string) {
	o.town.r.Helper()
	o.ask(http.MethodPost, "/api/folje/v1/staff/meetings/"+meeting+"/cancel", map[string]int{"base": o.base(meeting)}, nil)
}

// Books says how far an interpreter's booking has come.
func (o *Office) Books(meeting, language, mode, state, contact string) {
	o.town.r.Helper()
	o.ask(http.MethodPut, "/api/folje/v1/staff/meetings/"+meeting+"/interpreters",
		map[string]string{"language": language, "mode": mode, "state": state, "contact": contact}, nil)
}

// Answers is what staff see of the answers to a meeting.
type Answers struct {
	Accepted, Tentative   struct{ Answers, People int }
	Declined, Late        struct{ Answers int }
	Childcare             struct{ Answers, Children int }
	Notes                 []struct{ Text string }
	Interpreters          []struct{ Language, Mode, State string }
	Starts, Ends, Contact string
}

// Answers reads what parents have answered to a meeting.
func (o *Office) Answers(meeting string) (a Answers) {
	o.town.r.Helper()
	o.ask(http.MethodGet, "/api/folje/v1/staff/meetings/"+meeting+"/answers", nil, &a)
	return a
}

// Wishes reads the texts of a group's wishes, the newest first.
func (o *Office) Wishes(group string) (texts []string) {
	o.town.r.Helper()
	var answer struct{ Wishes []struct{ Text string } }
	o.ask(http.MethodGet, "/api/folje/v1/staff/groups/"+o.group(group).ID+"/wishes", nil, &answer)
	for _, w := range answer.Wishes {
		texts = append(texts, w.Text)
	}
	return texts
}

// Reports reads the notes of readers who did not understand a sentence of a
// record ("letters" or "meetings") in a locale.
func (o *Office) Reports(collection, record, locale string) (notes []string) {
	o.town.r.Helper()
	var answer struct {
		Places []struct{ Reports struct{ Notes []string } }
	}
	o.ask(http.MethodGet, "/api/folje/v1/staff/"+collection+"/"+record+"/places/"+locale, nil, &answer)
	for _, place := range answer.Places {
		notes = append(notes, place.Reports.Notes...)
	}
	return notes
}

// group is a group by its name, with its unit.
func (o *Office) group(name string) (g struct{ ID, Unit string }) {
	o.town.r.Helper()
	var found struct{ Items []struct{ ID, Unit string } }
	o.ask(http.MethodGet, "/api/collections/groups/records?filter="+url.QueryEscape("name = '"+name+"'"), nil, &found)
	if len(found.Items) != 1 {
		o.town.r.Fatalf("%d groups are called %q", len(found.Items), name)
	}
	return found.Items[0]
}

func (o *Office) base(meeting string) int {
	o.town.r.Helper()
	var now struct{ Base int }
	o.ask(http.MethodGet, "/api/collections/meetings/records/"+meeting, nil, &now)
	return now.Base
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func (o *Office) ask(method, path string, body, answer any) {
	o.town.r.Helper()
	o.town.must(o.send(method, path, body, answer))
}

func (o *Office) send(method, path string, body, answer any) error {
	sent, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("write the office's request: %w", err)
	}
	request, err := http.NewRequestWithContext(o.town.r.Context(), method, o.origin+path, bytes.NewReader(sent))
	if err != nil {
		return fmt.Errorf("make the office's request: %w", err)
	}
	request.Header.Set("Authorization", o.token)
	request.Header.Set("Content-Type", "application/json")
	got, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("the office asks %s: %w", path, err)
	}
	defer func() { _ = got.Body.Close() }()
	raw, err := io.ReadAll(got.Body)
	if err != nil {
		return fmt.Errorf("the office reads %s: %w", path, err)
	}
	if got.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("the office asks %s: %s: %s", path, got.Status, raw)
	}
	if answer == nil {
		return nil
	}
	if err := json.Unmarshal(raw, answer); err != nil {
		return fmt.Errorf("the office understands %s: %w", path, err)
	}
	return nil
}
