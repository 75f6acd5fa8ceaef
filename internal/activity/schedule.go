package activity

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"folje/internal/zone"

	"github.com/teambition/rrule-go"
)

// Schedule says when an activity is: from Starts to Ends by the clock in
// Stockholm (2026-08-18T09:00), again and again where there is a Rule, and not so
// on the days of Exceptions.
//
// The rule is RFC 5545's. Its times are counted by that clock, in the calendar,
// so that what begins at nine does so in summer and in winter.
type Schedule struct {
	Starts, Ends string
	Rule         string
	Exceptions   []Exception
}

// Times are the moments at which an activity is, and when it would have been but
// is cancelled. Both are in order, in UTC.
type Times struct {
	Open      [][2]time.Time
	Cancelled []time.Time
}

const (
	localTime = "2006-01-02T15:04"
	longest   = 24 * time.Hour
)

// The refusals of a schedule.
var (
	errTime      = errors.New("not a time by the clock in Stockholm")
	errEnds      = errors.New("it ends before it starts, or a day later")
	errFirst     = errors.New("the rule doesn't give the first time")
	errRule      = errors.New("not a rule of RFC 5545 by days, weeks or months")
	errException = errors.New("the rule doesn't give that day, or its time is none")
)

// known are the parts of a rule that there is a use for. Others would let a rule
// give nothing for thousands of years, or something every second.
var known = []string{"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYSETPOS", "UNTIL", "COUNT", "WKST"}

// What a rule may count to: the library falls over a month's sixth Monday in
// January, and over an interval that ends after the last year.
const (
	mostInterval = 1000
	mostNth      = 5
)

// plan is a schedule that was read. Its times are wall clocks, said in UTC.
type plan struct {
	starts     time.Time
	lasts      time.Duration
	rule       *rrule.ROption // nil for once
	exceptions map[string]Exception
}

// read understands the schedule. It fails with one of the refusals above.
func (s Schedule) read() (*plan, error) {
	starts, err := wall(s.Starts)
	if err != nil {
		return nil, err
	}
	ends, err := wall(s.Ends)
	if err != nil {
		return nil, err
	}
	p := &plan{starts: starts, lasts: ends.Sub(starts), exceptions: map[string]Exception{}}
	if p.lasts <= 0 || p.lasts > longest {
		return nil, errEnds
	}
	if s.Rule != "" {
		if p.rule, err = readRule(s.Rule, starts); err != nil {
			return nil, err
		}
	}
	if len(p.starting(starts, starts.AddDate(0, 0, 1))) == 0 {
		return nil, errFirst
	}
	for _, e := range s.Exceptions {
		if err := p.except(e); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func readRule(rule string, starts time.Time) (*rrule.ROption, error) {
	for _, part := range strings.Split(rule, ";") {
		name, _, _ := strings.Cut(part, "=")
		if !slices.Contains(known, name) {
			return nil, errRule
		}
	}
	option, err := rrule.StrToROptionInLocation(rule, time.UTC)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errRule, err)
	}
	if f := option.Freq; f != rrule.DAILY && f != rrule.WEEKLY && f != rrule.MONTHLY || len(option.Bymonthday) > 0 && f != rrule.MONTHLY {
		return nil, errRule
	}
	if option.Interval > mostInterval || slices.ContainsFunc(option.Byweekday, func(d rrule.Weekday) bool { return d.N() > mostNth || d.N() < -mostNth }) {
		return nil, errRule
	}
	if !option.Until.IsZero() { // it is a moment; what is counted is clocks
		option.Until = wallOf(option.Until)
	}
	option.Dtstart = starts
	if _, err := rrule.NewRRule(*option); err != nil {
		return nil, fmt.Errorf("%w: %w", errRule, err)
	}
	return option, nil
}

// except takes one exception; its day must be one that the rule gives.
func (p *plan) except(e Exception) error {
	day, err := time.Parse(time.DateOnly, e.On)
	if err != nil || len(p.starting(day, day.AddDate(0, 0, 1))) == 0 {
		return fmt.Errorf("%w: %s", errException, e.On)
	}
	if _, twice := p.exceptions[e.On]; twice {
		return fmt.Errorf("%w: %s", errException, e.On)
	}
	if !e.Cancelled {
		starts, err := wall(e.Starts)
		ends, err2 := wall(e.Ends)
		if err != nil || err2 != nil || !ends.After(starts) || ends.Sub(starts) > longest {
			return fmt.Errorf("%w: %s", errException, e.On)
		}
	}
	p.exceptions[e.On] = e
	return nil
}

// Times gives when the activity is from the one moment to before the other, by
// when it starts.
func (s Schedule) Times(from, to time.Time) (Times, error) {
	p, err := s.read()
	if err != nil {
		return Times{}, err
	}
	// What was moved may have been moved from outside, within reason.
	first, last := wallOf(from).AddDate(0, -1, 0), wallOf(to).AddDate(0, 1, 0)
	var t Times
	for _, at := range p.starting(first, last) {
		starts, ends := at, at.Add(p.lasts)
		if e, ok := p.exceptions[at.Format(time.DateOnly)]; ok {
			if e.Cancelled {
				if moment := momentOf(at); within(moment, from, to) {
					t.Cancelled = append(t.Cancelled, moment)
				}
				continue
			}
			starts, _ = wall(e.Starts) // read has looked
			ends, _ = wall(e.Ends)
		}
		if moment := momentOf(starts); within(moment, from, to) {
			t.Open = append(t.Open, [2]time.Time{moment, momentOf(ends)})
		}
	}
	slices.SortFunc(t.Open, func(a, b [2]time.Time) int { return a[0].Compare(b[0]) })
	return t, nil
}

func within(at, from, to time.Time) bool { return !at.Before(from) && at.Before(to) }

// starting are the clocks at which the rule starts from the one to before the
// other. A rule is counted no further than that.
func (p *plan) starting(from, to time.Time) []time.Time {
	if p.rule == nil {
		if within(p.starts, from, to) {
			return []time.Time{p.starts}
		}
		return nil
	}
	option := *p.rule
	if option.Until.IsZero() || option.Until.After(to) {
		option.Until = to
	}
	r, err := rrule.NewRRule(option)
	if err != nil {
		return nil // read has looked
	}
	found := r.Between(from, to, true)
	return slices.DeleteFunc(found, func(at time.Time) bool { return !at.Before(to) })
}

// Until is the last day that the rule gives, "" where it goes on or there is none.
func (s Schedule) Until() string {
	p, err := s.read()
	if err != nil {
		return ""
	}
	switch {
	case p.rule == nil:
		return p.starts.Format(time.DateOnly)
	case !p.rule.Until.IsZero():
		return p.rule.Until.Format(time.DateOnly)
	}
	return ""
}

// wall reads a clock's time as if it were UTC's: days are counted without the
// changes of the clock.
func wall(s string) (time.Time, error) {
	t, err := time.Parse(localTime, s)
	if err != nil {
		return t, errTime
	}
	return t, nil
}

// wallOf is what the clock in Stockholm shows, as [wall] has it.
func wallOf(at time.Time) time.Time {
	l := at.In(zone.Stockholm())
	return time.Date(l.Year(), l.Month(), l.Day(), l.Hour(), l.Minute(), l.Second(), 0, time.UTC)
}

// momentOf is when the clock in Stockholm shows it: the first of two, and an hour
// later where the clock leaps over it.
func momentOf(at time.Time) time.Time {
	return time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), 0, 0, zone.Stockholm()).UTC()
}
