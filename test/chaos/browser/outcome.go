package main

import (
	"fmt"
	"strings"
)

// outcome is what a run did, and what phone and server had after it.
type outcome struct {
	plan    plan
	killed  int
	traffic traffic
	tried   map[string]write // by tag
	kept    map[string]bool  // tags of what the phone told the parent was kept
	phone   held
	server  ledger
}

// faults compares what was written with what is there. A write that a kill
// interrupted may have been kept or not, but not twice and not in part.
func (o *outcome) faults() (wrong []string) {
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	for _, row := range o.phone.Outbox {
		say("left behind on the phone: %+v", row)
	}
	times, newest := map[string]int{}, map[string]operation{}
	for _, row := range o.phone.Sent {
		times[row.tag()]++
		if _, known := o.tried[row.tag()]; !known {
			say("nobody wrote %+v", row)
		}
		if verdict := o.server.verdicts[row.Op]; verdict != "applied" {
			say("the server's verdict on %q is %q", row.tag(), verdict)
		}
		if row.Kind == "rsvp" && row.Seq > newest[row.Body.Meeting].Seq {
			newest[row.Body.Meeting] = row
		}
	}
	for tag, w := range o.tried {
		if times[tag] > 1 || o.kept[tag] && times[tag] != 1 {
			say("%q was kept by the phone (%v) and sent %d times", tag, o.kept[tag], times[tag])
		}
		if w.meeting == "" && o.server.wishes[tag] != times[tag] {
			say("the server has the wish %q %d times", tag, o.server.wishes[tag])
		}
	}
	for tag := range o.server.wishes {
		if w, known := o.tried[tag]; !known || w.meeting != "" {
			say("the server has a wish %q that nobody wrote", tag)
		}
	}
	if len(o.phone.Sent) != o.server.entries {
		say("the phone sent %d operations, the server entered %d", len(o.phone.Sent), o.server.entries)
	}
	return append(wrong, o.answerFaults(newest)...)
}

// answerFaults holds the server's answers against the last of the phone's.
func (o *outcome) answerFaults(newest map[string]operation) (wrong []string) {
	for meeting, row := range newest {
		want := answer{row.Seq, row.Body.Status, row.Body.Note}
		if got := o.server.answers[meeting]; got != want {
			wrong = append(wrong, fmt.Sprintf("the answer to %s is %+v, and the last that was sent is %+v", meeting, got, want))
		}
	}
	if len(newest) != len(o.server.answers) {
		wrong = append(wrong, fmt.Sprintf("%d meetings were answered, the server has answers to %d", len(newest), len(o.server.answers)))
	}
	return wrong
}

// String is the counts, for people.
func (o *outcome) String() string {
	var b strings.Builder
	interrupted, saved := len(o.tried)-len(o.kept), 0
	var wishes, answers int
	for _, row := range o.phone.Sent {
		if !o.kept[row.tag()] {
			saved++
		}
		if row.Kind == "wish" {
			wishes++
		} else {
			answers++
		}
	}
	fmt.Fprintf(&b, "%d writes kept by the phone; its browser was killed %d times (seed %d)\n", len(o.kept), o.killed, o.plan.seed)
	fmt.Fprintf(&b, "%d more were interrupted by a kill, of which %d had been kept\n", interrupted, saved)
	fmt.Fprintf(&b, "%d requests with operations; %d answers lost (%d %%), %d requests lost before the server\n",
		o.traffic.requests, o.traffic.answersLost, share(o.traffic.answersLost, o.traffic.requests), o.traffic.requestsLost)
	fmt.Fprintf(&b, "on the server: %d operations, %d wishes, %d answers and changes of answers to %d meetings\n",
		o.server.entries, wishes, answers, len(o.server.answers))
	fmt.Fprintf(&b, "left behind: %d; faults: %d", len(o.phone.Outbox), len(o.faults()))
	return b.String()
}

func share(part, all int) int {
	if all == 0 {
		return 0
	}
	return (100*part + all/2) / all
}
