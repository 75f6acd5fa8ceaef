package main

import (
	"os"
	"strings"
	"testing"

	"folje/test/town"
)

var shop town.Workshop

func TestMain(m *testing.M) { os.Exit(shop.Run(m)) }

// TestEachWriteIsStoredOnce is a small storm; the whole one is the command.
func TestEachWriteIsStoredOnce(t *testing.T) {
	o := storm(t, &shop, plan{writes: 40, kills: 2, loss: 0.15, seed: 1})
	t.Logf("%s", o)
	if len(o.kept) != 40 || o.killed != 2 {
		t.Errorf("kept %d, killed %d times", len(o.kept), o.killed)
	}
}

// A count that can't fail says nothing.
func TestTheCountFindsWhatIsWrong(t *testing.T) {
	for name, damage := range map[string]func(*outcome){
		"left behind":           func(o *outcome) { o.phone.Outbox = []operation{{Op: "x"}} },
		"kept by the phone":     func(o *outcome) { o.phone.Sent = o.phone.Sent[1:] },
		"sent 2 times":          func(o *outcome) { o.phone.Sent = append(o.phone.Sent, o.phone.Sent[0]) },
		"2 times":               func(o *outcome) { o.server.wishes["a"] = 2 },
		"0 times":               func(o *outcome) { delete(o.server.wishes, "a") },
		"verdict on":            func(o *outcome) { o.server.verdicts["op-b"] = "rejected" },
		"the server entered 3":  func(o *outcome) { o.server.entries = 3 },
		"that nobody wrote":     func(o *outcome) { o.server.wishes["z"] = 1 },
		"the answer to m":       func(o *outcome) { o.server.answers["m"] = answer{1, "declined", "b"} },
		"has answers to 0":      func(o *outcome) { o.server.answers = nil },
		"nobody wrote {Op:op-z": func(o *outcome) { o.phone.Sent = append(o.phone.Sent, operation{Op: "op-z"}) },
	} {
		o := calm()
		if wrong := o.faults(); len(wrong) > 0 {
			t.Fatalf("a calm run has the faults %q", wrong)
		}
		damage(o)
		if wrong := strings.Join(o.faults(), "\n"); !strings.Contains(wrong, name) {
			t.Errorf("%s: found only %q", name, wrong)
		}
	}
}

// calm is a run of one wish and one answer in which nothing was lost.
func calm() *outcome {
	wish := operation{Op: "op-a", Kind: "wish", Seq: 1}
	wish.Body.Text = "a"
	rsvp := operation{Op: "op-b", Kind: "rsvp", Seq: 2}
	rsvp.Body.Meeting, rsvp.Body.Status, rsvp.Body.Note = "m", "accepted", "b"
	return &outcome{
		tried: map[string]write{"a": {tag: "a"}, "b": {tag: "b", meeting: "m"}},
		kept:  map[string]bool{"a": true, "b": true},
		phone: held{Sent: []operation{wish, rsvp}},
		server: ledger{
			verdicts: map[string]string{"op-a": "applied", "op-b": "applied"}, entries: 2,
			wishes: map[string]int{"a": 1}, answers: map[string]answer{"m": {2, "accepted", "b"}},
		},
	}
}
