package calendar

import (
	"strings"
	"unicode"

	"folje/internal/zone"

	ics "github.com/arran4/golang-ical"
)

// timezone is Europe/Stockholm since 1996: summer time from the last Sunday of
// March to the last of October (directive 2000/84/EC). It covers every meeting
// that a feed can have; if the rule ends one day, its last year goes in here.
func timezone() *ics.VTimezone {
	tz := ics.NewTimezone(zone.Name)
	summer, winter := &ics.Daylight{}, ics.NewStandard()
	change(&summer.ComponentBase, "CEST", "+0100", "+0200", "19960331T020000", "3")
	change(&winter.ComponentBase, "CET", "+0200", "+0100", "19961027T030000", "10")
	tz.Components = []ics.Component{summer, winter}
	return tz
}

// change is one of the year's two: first is its first time, by the clock that
// it ends.
func change(c *ics.ComponentBase, name, from, to, first, month string) {
	c.AddProperty(ics.ComponentProperty(ics.PropertyTzname), name)
	c.AddProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), from)
	c.AddProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), to)
	c.AddProperty(ics.ComponentPropertyDtStart, first)
	c.AddProperty(ics.ComponentPropertyRrule, "FREQ=YEARLY;BYMONTH="+month+";BYDAY=-1SU")
}

// plain makes one line of text without control characters: the library
// escapes line feeds and no others, and a carriage return would end the line.
func plain(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}
