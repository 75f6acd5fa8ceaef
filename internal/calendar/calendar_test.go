package calendar_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/apptest"
	"folje/internal/calendar"
	"folje/internal/locale"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
)

const v1 = "/api/folje/v1/"

// town is a served app with two groups, and a phone that follows the first.
type town struct {
	testing.TB
	app            *tests.TestApp
	handler        http.Handler
	now            time.Time
	granen, linden *core.Record // groups of two units
	device, secret string
}

func newTown(tb testing.TB, tag string) *town {
	tb.Helper()
	w := &town{TB: tb, app: apptest.New(tb), now: time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)}
	w.granen = apptest.MustGroup(tb, w.app, apptest.MustUnit(tb, w.app, "Granen"), "Blåsippan")
	w.linden = apptest.MustGroup(tb, w.app, apptest.MustUnit(tb, w.app, "Linden"), "Ekorren")
	now := func() time.Time { return w.now }
	locales := apptest.Locales(tb)
	index := access.Register(w.app, access.Config{Locales: locales, Now: now})
	calendar.Register(w.app, calendar.Config{
		Locales: locales, Authenticate: index.Authenticate, Now: now, Origin: "https://folje.example",
	})
	w.handler = apptest.Handler(tb, w.app)
	w.device, w.secret = "3f0e9a52-6a0e-4c6f-9d3e-0a1b2c3d4e5f", strings.Repeat("A", 43)
	w.expect(w.ask("", "PUT", "devices/"+w.device, map[string]string{"secret": w.secret, "locale": tag}), 200)
	w.join(w.granen)
	return w
}

func (w *town) ask(secret, method, path string, body any) apptest.Answer {
	w.Helper()
	authorization := ""
	if secret != "" {
		authorization = "Bearer " + secret
	}
	return apptest.Ask(w, w.handler, authorization, method, v1+path, body)
}

func (w *town) expect(a apptest.Answer, status int) apptest.Answer {
	w.Helper()
	if a.Status != status {
		w.Fatalf("answered %d, want %d: %s", a.Status, status, a.Body)
	}
	return a
}

func (w *town) join(group *core.Record) {
	w.Helper()
	apptest.MustRecord(w, w.app, "memberships", map[string]any{
		"device": w.device, "group": group.Id, "ends": w.now.AddDate(1, 0, 0),
	})
}

// meeting is one that parents were invited to, with other values on top.
func (w *town) meeting(starts time.Time, values map[string]any, groups ...*core.Record) *core.Record {
	w.Helper()
	m := apptest.MustMeeting(w, w.app, starts, groups...)
	m.Set("published", w.now)
	m.Load(values)
	w.save(m)
	return m
}

func (w *town) save(r *core.Record) {
	w.Helper()
	if err := w.app.Save(r); err != nil {
		w.Fatal(err)
	}
}

// address asks for a new address and gives its path below v1.
func (w *town) address() string {
	w.Helper()
	url, _ := w.expect(w.ask(w.secret, "POST", "devices/me/calendar", map[string]any{}), 200).Get("url").(string)
	path, ok := strings.CutPrefix(url, "https://folje.example"+v1)
	if !ok || !regexp.MustCompile(`^calendar/[A-Za-z0-9_-]{43}\.ics$`).MatchString(path) {
		w.Fatalf("the address is %q", url)
	}
	return path
}

// feed reads the calendar strictly.
func (w *town) feed(path string) component {
	w.Helper()
	return read(w, w.expect(w.ask("", "GET", path, nil), 200).Body)
}

// in is a moment by the clock in Stockholm, as a parent would say it.
func in(tb testing.TB, clock string) time.Time {
	tb.Helper()
	z, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		tb.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", clock, z)
	if err != nil {
		tb.Fatal(err)
	}
	return at
}

func TestCalendarHasTheMeetingsOfThePhonesGroups(t *testing.T) {
	w := newTown(t, "en")
	mine := w.meeting(in(t, "2026-10-22 18:00"), nil, w.granen)
	w.meeting(in(t, "2026-10-23 18:00"), nil, w.linden)
	w.meeting(in(t, "2026-10-24 18:00"), map[string]any{"published": ""}, w.granen)
	old := w.meeting(in(t, "2025-08-01 14:00"), map[string]any{"ends": in(t, "2025-08-01 15:30")}, w.granen)
	w.meeting(in(t, "2025-08-01 12:00"), map[string]any{"ends": in(t, "2025-08-01 13:30")}, w.granen)

	a := w.expect(w.ask("", "GET", w.address(), nil), 200)
	cal := read(t, a.Body)
	if got := cal.uids(); got != old.Id+"@folje "+mine.Id+"@folje" {
		t.Errorf("the calendar has %q", got)
	}
	if a.Header.Get("Content-Type") != "text/calendar; charset=utf-8" || a.Header.Get("Cache-Control") != "private, no-cache" {
		t.Errorf("sent with %v", a.Header)
	}
	for name, want := range map[string]string{
		"VERSION": "2.0", "METHOD": "PUBLISH", "X-WR-CALNAME": "Följe", "X-WR-TIMEZONE": "Europe/Stockholm",
		"REFRESH-INTERVAL;VALUE=DURATION": "PT6H", "X-PUBLISHED-TTL": "PT6H", "PRODID": "-//Folje//Folje//SV",
	} {
		if got := cal.value(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	event := cal.all("VEVENT")[1]
	for name, want := range map[string]string{
		"DTSTART;TZID=Europe/Stockholm": "20261022T180000", "DTEND;TZID=Europe/Stockholm": "20261022T193000",
		"SUMMARY": "Parents’ meeting", "LOCATION": "Stora rummet", "STATUS": "CONFIRMED", "CLASS": "PRIVATE",
		"DESCRIPTION": "Read more and answer in the Följe app.", "SEQUENCE": "0",
		"URL": "https://folje.example/meetings/" + mine.Id,
	} {
		if got := event.value(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for _, told := range []string{"Granen", "Blåsippan", "sova gott"} {
		if strings.Contains(string(a.Body), told) {
			t.Errorf("the calendar tells %q", told)
		}
	}
}

func TestCalendarSpeaksThePhonesLanguage(t *testing.T) {
	for _, tag := range []string{"sv", "sv-simple", "en", "ar"} {
		w := newTown(t, tag)
		m := w.meeting(in(t, "2026-10-22 18:00"), nil, w.granen)
		b := apptest.Locales(t)
		path := w.address()
		expectTitle(t, w.feed(path), b, tag, "calendar.meeting", "CONFIRMED")
		m.Set("cancelled", w.now)
		m.Set("sequence", 1)
		w.save(m)
		cal := w.feed(path)
		expectTitle(t, cal, b, tag, "calendar.meeting_cancelled", "CANCELLED")
		if got := cal.all("VEVENT")[0].value("SEQUENCE"); got != "1" {
			t.Errorf("a cancelled meeting's sequence is %s", got)
		}
	}
}

func expectTitle(t *testing.T, cal component, b *locale.Bundle, tag, title, status string) {
	t.Helper()
	event := cal.all("VEVENT")[0]
	if got, want := event.value("SUMMARY"), b.Text(tag, title, nil); got != want {
		t.Errorf("in %s the meeting is %q, want %q", tag, got, want)
	}
	if got, want := event.value("DESCRIPTION"), b.Text(tag, "calendar.description", nil); got != want {
		t.Errorf("in %s it says %q, want %q", tag, got, want)
	}
	if got := event.value("STATUS"); got != status {
		t.Errorf("its status is %s, want %s", got, status)
	}
}

func TestAddressEndsWithWhatItStandsFor(t *testing.T) {
	w := newTown(t, "sv")
	w.meeting(in(t, "2026-10-22 18:00"), nil, w.granen)
	first := w.address()
	second := w.address()
	w.expect(w.ask("", "GET", first, nil), 404) // a new address ends the old
	if w.feed(second).uids() == "" {
		t.Error("the new address has no meeting")
	}

	w.now = w.now.AddDate(1, 0, 1) // the membership is over
	if got := w.feed(second).uids(); got != "" {
		t.Errorf("after the membership ended the calendar has %q", got)
	}
	w.now = w.now.AddDate(-1, 0, -1)

	w.expect(w.ask(w.secret, "DELETE", "devices/me/groups/"+w.granen.Id, nil), 204)
	if got := w.feed(second).uids(); got != "" {
		t.Errorf("after leaving the group the calendar has %q", got)
	}

	w.expect(w.ask(w.secret, "DELETE", "devices/me/calendar", nil), 204)
	w.expect(w.ask(w.secret, "DELETE", "devices/me/calendar", nil), 204)
	w.expect(w.ask("", "GET", second, nil), 404)
}

func TestAddressOfAPhoneThatWasShutOutIsUnknown(t *testing.T) {
	w := newTown(t, "sv")
	path := w.address()
	device, err := w.app.FindRecordById("devices", w.device)
	if err != nil {
		t.Fatal(err)
	}
	device.Set("revoked", w.now)
	w.save(device)
	never := w.ask("", "GET", "calendar/"+strings.Repeat("A", 43)+".ics", nil)
	revoked := w.expect(w.ask("", "GET", path, nil), 404)
	if string(never.Body) != string(revoked.Body) {
		t.Errorf("a shut out phone's calendar answers %s, one that never was %s", revoked.Body, never.Body)
	}
	w.expect(w.ask(w.secret, "POST", "devices/me/calendar", map[string]any{}), 401)
	if err := w.app.Delete(device); err != nil {
		t.Fatal(err)
	}
	if n, err := w.app.CountRecords("calendars"); err != nil || n != 0 {
		t.Errorf("%d calendars outlive their phone, %v", n, err)
	}
}

func TestAddressIsNotStored(t *testing.T) {
	w := newTown(t, "sv")
	capability := strings.TrimSuffix(strings.TrimPrefix(w.address(), "calendar/"), ".ics")
	row, err := w.app.FindFirstRecordByData("calendars", "device", w.device)
	if err != nil {
		t.Fatal(err)
	}
	if mark := row.GetString("mark"); len(mark) != 64 || strings.Contains(mark, capability) {
		t.Errorf("stored is %q", mark)
	}
	for _, file := range []string{capability, row.GetString("mark") + ".ics", ".ics", "x.ics"} {
		w.expect(w.ask("", "GET", "calendar/"+file, nil), 404)
	}
	w.expect(w.ask("", "POST", "devices/me/calendar", map[string]any{}), 401)
	w.expect(w.ask("", "DELETE", "devices/me/calendar", nil), 401)
}

func TestUnchangedCalendarCostsNothing(t *testing.T) {
	w := newTown(t, "sv")
	m := w.meeting(in(t, "2026-10-22 18:00"), nil, w.granen)
	path := w.address()
	etag := w.expect(w.ask("", "GET", path, nil), 200).Header.Get("ETag")
	again := func() apptest.Answer {
		return apptest.AskWith(t, w.handler, http.Header{"If-None-Match": {etag}}, "GET", v1+path, nil)
	}
	w.now = w.now.AddDate(0, 0, 3)
	if a := w.expect(again(), 304); len(a.Body) != 0 {
		t.Errorf("a 304 of %d bytes", len(a.Body))
	}
	m.Set("place", "Matsalen")
	w.save(m)
	w.expect(again(), 200)
}

func TestAPhoneAsksForFewAddresses(t *testing.T) {
	w := newTown(t, "sv")
	for range 9 {
		w.address()
	}
	last := w.address()
	a := w.expect(w.ask(w.secret, "POST", "devices/me/calendar", map[string]any{}), 429)
	if a.Header.Get("Retry-After") != "360" || a.Get("code") != "error.too_many_requests" {
		t.Errorf("after %q: %s", a.Header.Get("Retry-After"), a.Body)
	}
	w.expect(w.ask("", "GET", last, nil), 200) // what it has goes on
	w.expect(w.ask(w.secret, "DELETE", "devices/me/calendar", nil), 204)
	w.now = w.now.Add(6 * time.Minute)
	w.address()
}
