package push_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/push"
	"folje/test/push/service"
)

// What nobody who sees a locked phone, and no push service, may learn.
const (
	child = "Elsa Lindqvist"
	room  = "Stegets rum i Familjecentralen"
)

// kinds are what notifications say where no titles are shown, by the messages
// that say it.
var kinds = map[string][2]string{
	"letter": {"push.letter_title", "push.letter_body"}, "correction": {"push.correction_title", "push.correction_body"},
	"withdrawal": {"push.withdrawal_title", "push.withdrawal_body"}, "translation": {"push.translation_title", "push.translation_body"},
	"meeting": {"push.meeting_title", "push.meeting_body"}, "meeting_changed": {"push.meeting_changed_title", "push.meeting_changed_body"},
	"meeting_cancelled": {"push.meeting_cancelled_title", "push.meeting_cancelled_body"},
	"reminder":          {"push.reminder_title", "push.reminder_body"}, "test": {"push.test.title", "push.test.body"},
}

// said is what a message says.
type said struct {
	Title, Body, Navigate, Lang, Dir, Tag string
	Data                                  struct{ ID string }
}

// More than a thousand messages of every kind, in four languages, caught on
// their way: all of one size, none of them says a name, no two phones have a
// topic in common, and the logs know nothing of it.
func TestMessagesTellNobody(t *testing.T) {
	m := newMunicipality(t)
	var readers []*reader
	makers := []service.Maker{service.Google, service.Mozilla, service.Apple}
	for i := range 140 {
		tag := []string{"sv", "sv-simple", "en", "ar"}[i%4]
		readers = append(readers, m.joins(makers[i%3], tag, i >= 120))
	}
	gone := m.joins(service.Google, "sv", false)
	gone.Unsubscribe()
	strange := m.joins(service.Apple, "ar", false)
	strange.Refuse()
	sensitive := m.everything(len(readers))
	// What a phone asks for wakes the dispatcher, which finds that the day before the meeting has come.
	for _, r := range readers {
		m.tries(r)
	}
	m.rings(2 * len(readers))

	counted, names := map[string]int{}, m.names()
	topics, deliveries := map[string]string{}, map[string]bool{}
	for _, r := range readers {
		for _, message := range r.Messages() {
			if len(message.Body) != push.Size {
				t.Fatalf("a message of %d bytes", len(message.Body))
			}
			if of := topics[message.Topic]; message.Topic == "" || of != "" && of != r.Endpoint {
				t.Fatalf("the topic %q is of two phones", message.Topic)
			}
			topics[message.Topic] = r.Endpoint
			s, text := m.opens(r, message)
			if deliveries[s.Data.ID] {
				t.Fatalf("the delivery %s came twice", s.Data.ID)
			}
			deliveries[s.Data.ID] = true
			kind := m.kind(r, s)
			counted[kind]++
			if name := find(text, names); name != "" && (!r.titles || strings.HasSuffix(s.Navigate, sensitive) || name == child || name == room) {
				t.Errorf("a %s to a phone with titles %v says %q: %s", kind, r.titles, name, text)
			}
		}
	}
	t.Logf("%d messages: %v", len(deliveries), counted)
	for kind := range kinds {
		if counted[kind] == 0 {
			t.Errorf("none of the messages was a %s", kind)
		}
	}
	if counted["titled"] == 0 || len(deliveries) < 1000 {
		t.Errorf("%d messages, %d with titles", len(deliveries), counted["titled"])
	}
	for _, why := range m.services.Refusals() {
		if why.Status != http.StatusGone && why.Status != http.StatusForbidden {
			t.Errorf("a service refused a message: %v", why)
		}
	}
	m.checkLogs(append(readers, gone, strange), names)
}

// everything rings the phones for whatever there is to ring for, and answers
// the id of the letter that is sensitive.
func (m *municipality) everything(phones int) (sensitive string) {
	m.Helper()
	group, err := m.app.FindFirstRecordByData("groups", "name", "Blåsippan")
	m.must(err)
	letter := func(sensitive bool) (id string, base any) {
		return m.makes("letters", map[string]any{
			"unit": group.GetString("unit"), "groups": []string{group.Id}, "title": "Samtal om vardagen", "question": "Hur kan vi hjälpas åt?", "sensitive": sensitive,
			"blocks": []map[string]string{{"id": "a", "kind": "paragraph", "text": child + " har fått plats i Steget."}},
		})
	}
	sensitive, base := letter(true)
	m.does("publish", "letters", sensitive, base)
	m.rings(phones)
	open, base := letter(false)
	m.does("publish", "letters", open, base)
	m.rings(phones)
	m.does("publish", "letters", open, m.changes("letters", open, map[string]any{"question": "Hur kan vi tillsammans hjälpas åt?"}))
	m.rings(phones)
	m.translates(open)
	m.rings(phones / 2)
	m.does("withdraw", "letters", open, nil)
	m.rings(phones)

	invite := func(starts time.Time) string {
		id, base := m.makes("meetings", map[string]any{
			"kind": "qpm", "unit": group.GetString("unit"), "groups": []string{group.Id}, "starts": starts, "ends": starts.Add(time.Hour),
			"place": room, "contact": child, "question": "Hur kan vi tillsammans hjälpas åt?",
		})
		m.does("publish", "meetings", id, base)
		m.rings(phones)
		return id
	}
	first := invite(m.clock().Add(5 * 24 * time.Hour))
	m.changes("meetings", first, map[string]any{"starts": m.clock().Add(6 * 24 * time.Hour), "ends": m.clock().Add(6*24*time.Hour + time.Hour)})
	m.rings(phones)
	m.does("cancel", "meetings", first, m.ask(m.editor, http.MethodGet, "/api/collections/meetings/records/"+first, nil).Get("base"))
	m.rings(phones)
	invite(time.Date(2026, 11, 23, 16, 30, 0, 0, time.UTC))
	m.set(time.Date(2026, 11, 22, 16, 5, 0, 0, time.UTC)) // five past five on the day before, in Stockholm
	return sensitive
}

// translates gives a letter its last missing texts in English and in Arabic.
func (m *municipality) translates(letter string) {
	m.Helper()
	record, err := m.app.FindRecordById("letters", letter)
	m.must(err)
	unit, err := m.app.FindRecordById("units", record.GetString("unit"))
	m.must(err)
	translator := apptest.MustToken(m, apptest.MustStaff(m, m.app, "tara@bjorkhult.example", []string{"translator"}, unit))
	for _, tag := range []string{"en", "ar"} {
		path := api + "staff/letters/" + letter + "/places/" + tag
		for _, p := range m.ask(translator, http.MethodGet, path, nil).Get("places").([]any) {
			place := p.(map[string]any)
			text := fmt.Sprintf("%s: %s", tag, place["source"])
			m.ask(translator, http.MethodPut, path+"/"+place["segment"].(string), map[string]any{"text": text, "base": place["version"]})
		}
	}
}

// opens decrypts a message and decodes what it says.
func (m *municipality) opens(r *reader, message *service.Message) (s said, text string) {
	m.Helper()
	raw, err := r.Open(message.Body)
	m.must(err)
	payload := struct {
		WebPush      int `json:"web_push"`
		Notification *said
	}{Notification: &s}
	m.must(json.Unmarshal(raw, &payload))
	if payload.WebPush != 8030 || !strings.HasPrefix(s.Navigate, origin+"/") || s.Tag == "" || s.Data.ID == "" {
		m.Fatalf("a phone is sent %s", raw)
	}
	if info, _ := m.messages.Find(r.locale); s.Lang != r.locale || s.Dir != info.Dir {
		m.Fatalf("a reader of %s is sent %s", r.locale, raw)
	}
	return s, string(raw)
}

// kind is the kind of a message, which is told by what it says: every word has
// to be one of the messages for it, but where titles are shown.
func (m *municipality) kind(r *reader, s said) string {
	m.Helper()
	for kind, words := range kinds {
		if s.Title != m.messages.Text(r.locale, words[0], nil) {
			continue
		}
		if s.Body == m.messages.Text(r.locale, words[1], nil) {
			return kind
		}
		if r.titles {
			return "titled"
		}
	}
	m.Errorf("a phone of a reader of %s says %q, %q", r.locale, s.Title, s.Body)
	return ""
}

// names are all that the municipality's data name: places, people, titles,
// questions, in every language.
func (m *municipality) names() (all []string) {
	m.Helper()
	for _, of := range []string{"units.name", "groups.name", "staff.name", "meetings.place", "meetings.contact", "meetings.question",
		"letters.title", "letters.question", "translations.text"} {
		table, column, _ := strings.Cut(of, ".")
		var found []string
		m.must(m.app.DB().Select(column).Distinct(true).From(table).Column(&found))
		all = append(all, found...)
	}
	all = append(all, child, "Elsa", room, "Steget", "Blåsippan")
	return slices.DeleteFunc(all, func(name string) bool { return len(name) < 4 })
}

// find answers the first of the names that a text has, "" for none.
func find(text string, names []string) string {
	i := slices.IndexFunc(names, func(name string) bool { return strings.Contains(text, name) })
	if i < 0 {
		return ""
	}
	return names[i]
}

// checkLogs looks for what has no place in logs, also when nothing goes well:
// where phones are reached, who they are, what they are told and by which token.
func (m *municipality) checkLogs(readers []*reader, names []string) {
	m.Helper()
	m.services.Down()
	for _, r := range readers[:30] {
		m.tries(r)
	}
	logs := m.logs()
	for end := time.Now().Add(time.Minute); !strings.Contains(logs, "push service does not answer") && time.Now().Before(end); logs = m.logs() {
		runtime.Gosched()
	}
	if !strings.Contains(logs, "push service does not answer") {
		m.Errorf("the logs don't tell the operator that no service answers: %s", logs)
	}
	for _, r := range readers {
		secrets := []string{r.Endpoint, r.Endpoint[strings.LastIndex(r.Endpoint, "/")+1:], r.id, r.bearer[len("Bearer "):], r.Keys()["auth"], r.Keys()["p256dh"]}
		if secret := find(logs, secrets); secret != "" {
			m.Errorf("the logs know %s", secret)
		}
	}
	for _, message := range m.services.Messages() {
		if secret := find(logs, []string{message.Token, message.Topic}); secret != "" {
			m.Errorf("the logs know %s", secret)
		}
	}
	if name := find(logs, names); name != "" {
		m.Errorf("the logs know %q", name)
	}
}
