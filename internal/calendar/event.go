package calendar

import (
	"bytes"
	"fmt"
	"time"

	"folje/internal/zone"

	ics "github.com/arran4/golang-ical"
	"github.com/pocketbase/pocketbase/core"
)

// usual is how long a meeting takes that nobody said the end of. The phone's
// own file (public/js/parent/calendarfile.js) says the same.
const usual = 90 * time.Minute

// Forms of a time in RFC 5545: of the zone that TZID names, and in UTC.
const (
	localTime = "20060102T150405"
	utcTime   = "20060102T150405Z"
)

// refresh is how often programs that ask are told to come, as a duration.
const refresh = "PT6H"

// file is the feed of the meetings in the locale: RFC 5545, with CRLF.
//
// Calendars lie open: on a watch, in a family's shared view, at an employer, at
// whoever runs the service that was given the address. So a meeting's title
// names neither child nor group nor unit, nothing of its question or
// information is in it, and CLASS asks programs that share calendars to show
// others no more than that the time is taken. Time and place are there, since
// a calendar is of no use without.
func (f *feature) file(locale string, meetings []*core.Record) ([]byte, error) {
	say := func(id string) string { return f.Locales.Text(locale, id, nil) }
	cal := &ics.Calendar{}
	cal.SetVersion("2.0")
	cal.SetProductId("-//Folje//Folje//SV")
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName(say("calendar.name"))
	cal.SetXWRTimezone(zone.Name)
	cal.SetRefreshInterval(refresh)
	cal.SetXPublishedTTL(refresh)
	cal.AddVTimezone(timezone())
	for _, m := range meetings {
		cal.AddVEvent(f.event(m, say))
	}
	var b bytes.Buffer
	// The library's default line end is the operating system's.
	if err := cal.SerializeTo(&b, ics.WithNewLineWindows); err != nil {
		return nil, fmt.Errorf("write the calendar: %w", err)
	}
	return b.Bytes(), nil
}

// event is a published meeting. Its UID never changes, and SEQUENCE grows with
// every change of when, where and whether (RFC 5545, 3.8.7.4). DTSTAMP is when
// the meeting was last saved, so that an unchanged feed is the same bytes.
func (f *feature) event(m *core.Record, say func(string) string) *ics.VEvent {
	starts, ends := m.GetDateTime("starts").Time(), m.GetDateTime("ends").Time()
	if ends.IsZero() {
		ends = starts.Add(usual)
	}
	saved := m.GetDateTime("updated").Time()
	e := ics.NewEvent(m.Id + "@folje")
	e.SetDtStampTime(saved)
	e.SetModifiedAt(saved)
	e.SetSequence(m.GetInt("sequence"))
	setTime(e, ics.ComponentPropertyDtStart, starts)
	setTime(e, ics.ComponentPropertyDtEnd, ends)
	status, title := ics.ObjectStatusConfirmed, say("calendar.meeting")
	if !m.GetDateTime("cancelled").IsZero() {
		status, title = ics.ObjectStatusCancelled, say("calendar.meeting_cancelled")
	}
	e.SetStatus(status)
	e.SetClass(ics.ClassificationPrivate)
	e.SetSummary(title) // says itself that it is cancelled: many programs don't show a status
	e.SetDescription(say("calendar.description"))
	if place := plain(m.GetString("place")); place != "" {
		e.SetLocation(place)
	}
	e.SetURL(f.Origin + "/meetings/" + m.Id)
	return e
}

// setTime gives the time by the clock in Stockholm. In the hour that comes
// twice in October such a clock means the first (RFC 5545, 3.3.5), so a time in
// the second is given in UTC.
func setTime(e *ics.VEvent, property ics.ComponentProperty, at time.Time) {
	local := at.In(zone.Stockholm())
	if local.Add(-time.Hour).Format(localTime) == local.Format(localTime) {
		e.SetProperty(property, at.UTC().Format(utcTime))
		return
	}
	e.SetProperty(property, local.Format(localTime), ics.WithTZID(zone.Name))
}
