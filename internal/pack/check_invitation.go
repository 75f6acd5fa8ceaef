package pack

import (
	"time"
)

// The words of answers and bookings; they are those of the collections.
var (
	answerWords  = []string{"accepted", "declined", "tentative"}
	modeWords    = []string{"on_site", "phone", "video"}
	bookingWords = []string{"requested", "booked", "none_found", "cancelled"}
)

func (c *checker) invitation(m Meeting) {
	i := m.Invitation
	if i == nil {
		return
	}
	const at = "meeting.invitation"
	c.before(at+".sent", i.Sent)
	c.over(at+".sent", m, i.Sent)
	for name, x := range map[string]*Before{"answerBy": i.AnswerBy, "bookBy": i.BookBy, "cancelBy": i.CancelBy} {
		if x == nil {
			continue
		}
		c.before(at+"."+name, *x)
		if !i.Sent.earlier(*x) || x.Before == 0 && x.Clock > m.Start {
			c.fault(at+"."+name, "does not lie between the invitation and the meeting")
		}
	}
	for n, a := range i.Answers {
		c.answer(index(at+".answers", n), m, a)
	}
	for n, b := range i.Bookings {
		c.interpreter(index(at+".bookings", n), b.Interpreter)
		c.oneOf(index(at+".bookings", n)+".state", b.State, bookingWords)
	}
}

func (c *checker) answer(field string, m Meeting, a Answer) {
	c.before(field+".given", a.Given)
	c.over(field+".given", m, a.Given)
	if !m.Invitation.Sent.earlier(a.Given) {
		c.fault(field+".given", "does not come after the invitation")
	}
	c.locale(field+".locale", a.Locale)
	c.oneOf(field+".status", a.Status, answerWords)
	if a.Interpreter != nil {
		c.interpreter(field+".interpreter", *a.Interpreter)
	}
}

func (c *checker) interpreter(field string, i Interpreter) {
	c.given(field+".language", i.Language)
	c.oneOf(field+".mode", i.Mode, modeWords)
}

func (c *checker) wishes(field string, wishes []Wish) {
	for i, w := range wishes {
		c.given(index(field, i)+".text", w.Text)
		if w.Days < 0 {
			c.fault(index(field, i)+".days", "%d lies ahead", w.Days)
		}
	}
}

func (c *checker) before(field string, x Before) {
	c.clock(field+".clock", x.Clock)
	if x.Before < 0 {
		c.fault(field+".before", "%d lies after the meeting", x.Before)
	}
}

func (x Before) earlier(y Before) bool {
	return x.Before > y.Before || x.Before == y.Before && x.Clock < y.Clock
}

// over checks that x is past on the day the pack is put to use, whatever
// weekday that is.
func (c *checker) over(field string, m Meeting, x Before) {
	for weekday := range 7 {
		today := time.Date(2024, time.January, 1+weekday, 0, 0, 0, 0, time.UTC)
		if at, err := m.Earlier(today, x); err != nil || !at.Before(today) {
			c.fault(field, "does not lie in the past when today is a %s", today.Weekday())
			return
		}
	}
}
