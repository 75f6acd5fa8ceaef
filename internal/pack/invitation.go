package pack

import (
	"errors"
	"fmt"
	"time"
)

// Before is a time before a meeting: so many days earlier, at Clock.
type Before struct {
	Before int   `json:"before"`
	Clock  Clock `json:"clock"`
}

// Invitation is what parents were told of a meeting before it, and what they
// answered. Without one nobody but staff has heard of the meeting. What is left
// out of AnswerBy, BookBy and CancelBy has no last moment.
type Invitation struct {
	Sent      Before    `json:"sent"`
	AnswerBy  *Before   `json:"answerBy"`
	BookBy    *Before   `json:"bookBy"`
	CancelBy  *Before   `json:"cancelBy"`
	Childcare bool      `json:"childcare"`
	Contact   string    `json:"contact"`
	Answers   []Answer  `json:"answers"`
	Bookings  []Booking `json:"bookings"`
}

// Answer is one invented family's, given at Given from a phone in Locale.
// Interpreter may be missing.
type Answer struct {
	Given       Before       `json:"given"`
	Locale      string       `json:"locale"`
	Status      string       `json:"status"`
	Count       int          `json:"count"`
	Childcare   int          `json:"childcare"`
	Interpreter *Interpreter `json:"interpreter"`
	Note        string       `json:"note"`
}

// Interpreter is what a family asks for.
type Interpreter struct {
	Language string `json:"language"`
	Mode     string `json:"mode"`
}

// Booking is what staff did about an interpreter.
type Booking struct {
	Interpreter
	State   string `json:"state"`
	Contact string `json:"contact"`
}

// Wish is what one of a group's parents wants to talk about, so many days ago.
type Wish struct {
	Days int    `json:"days"`
	Text string `json:"text"`
}

// ErrGap says that the clocks skip a time of day, because summer time begins.
var ErrGap = errors.New("the clocks skip this time of day")

// Earlier returns the moment x before the meeting, counted by the calendar. It
// fails with [ErrGap].
func (m Meeting) Earlier(today time.Time, x Before) (time.Time, error) {
	return x.Clock.on(meetingDay(today, m.Day).AddDate(0, 0, -x.Before))
}

// on returns this time of day on that day; of one that comes twice, because
// summer time ends, the first. c was checked by Load.
func (c Clock) on(day time.Time) (time.Time, error) {
	hour, minute, _ := c.parse()
	year, month, date := day.Date()
	at := time.Date(year, month, date, hour, minute, 0, 0, day.Location())
	if at.Hour() != hour || at.Minute() != minute {
		return time.Time{}, fmt.Errorf("%s on %s: %w", c, day.Format(time.DateOnly), ErrGap)
	}
	if first := at.Add(-time.Hour); first.Hour() == hour && first.Minute() == minute {
		return first, nil
	}
	return at, nil
}
