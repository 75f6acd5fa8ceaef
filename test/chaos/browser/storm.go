package main

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"time"

	"folje/test/browser"
	"folje/test/office"
	"folje/test/town"
)

// plan is what a run does.
type plan struct {
	writes, kills int
	loss          float64
	seed          uint64
}

// meetings is how many invitations there are: few, so that most answers change
// an earlier one.
const meetings = 12

// write is one thing that the parent writes. Its tag is its text or its note,
// and nobody else's.
type write struct {
	tag     string
	meeting string // "" for a wish
	status  string
	count   int
}

// storm does the plan and answers what came of it. What is wrong fails r.
func storm(r browser.Reporter, shop *town.Workshop, p plan) *outcome {
	r.Helper()
	net := newProxy(r, p.seed)
	w := shop.Town(r, "--origin", net.origin)
	if err := net.forward(w.Server.Origin); err != nil {
		r.Fatalf("%v", err)
	}
	group, invited := invite(r, w)
	already, err := countOperations(w.Server.Dir)
	if err != nil {
		r.Fatalf("%v", err)
	}
	phone := &phone{r: r, town: w, folder: filepath.Join(r.TempDir(), "phone"), origin: net.origin}
	phone.joins(invited[0])
	net.lose(p.loss)

	o := &outcome{plan: p, tried: map[string]write{}, kept: map[string]bool{}}
	o.writeAll(phone, group, invited)
	phone.sendsAll()
	o.traffic = net.counted()
	if o.phone, err = phone.holds(); err != nil {
		r.Fatalf("read the phone: %v", err)
	}
	w.Stop()
	if o.server, err = read(w.Server.Dir, o.phone, already); err != nil {
		r.Fatalf("read the server: %v", err)
	}
	for _, wrong := range o.faults() {
		r.Errorf("%s", wrong)
	}
	return o
}

// invite invites the first group to the meetings, and answers their ids.
func invite(r browser.Reporter, w *town.Town) (group string, ids []string) {
	r.Helper()
	editor := w.Staff("editor", "")
	o, err := office.SignIn(r.Context(), w.Server.Origin, editor.Email, editor.Password, w.Ways.Invitations[0].Group)
	if err != nil {
		r.Fatalf("sign in: %v", err)
	}
	for i := range meetings {
		id, err := o.Invite(r.Context(), time.Now().AddDate(0, 0, 7+i))
		if err != nil {
			r.Fatalf("invite: %v", err)
		}
		ids = append(ids, id)
	}
	return o.Group(), ids
}

// writeAll writes until the phone has kept as much as planned, and kills its
// browser now and then: during a write, or while the outbox is sent.
func (o *outcome) writeAll(phone *phone, group string, invited []string) {
	chance := rand.New(rand.NewPCG(o.plan.seed, 2))
	deaths := map[int]bool{}
	for len(deaths) < o.plan.kills {
		deaths[1+chance.IntN(o.plan.writes-1)] = true
	}
	for n := 0; len(o.kept) < o.plan.writes; n++ {
		next := o.invent(n, group, invited, chance)
		if dies := deaths[len(o.kept)]; dies {
			delete(deaths, len(o.kept))
			o.killed++
			phone.diesIn(time.Duration(chance.IntN(60)) * time.Millisecond)
		}
		if phone.writes(next, group) {
			o.kept[next.tag] = true
		}
		if phone.dies != nil {
			phone.wakesUp()
			continue
		}
		phone.rests(chance.IntN(120))
	}
}

// A phone may wish for 20 things a day; a storm has some fewer, all over it.
const (
	wishesAbout  = 16
	wishesAtMost = 20
)

// invent makes up what is written next: a wish, or an answer to any meeting.
func (o *outcome) invent(n int, group string, invited []string, chance *rand.Rand) write {
	w := write{tag: fmt.Sprintf("Storm %d", n)}
	if chance.IntN(o.plan.writes) >= wishesAbout || o.wished() == wishesAtMost {
		w.meeting = invited[chance.IntN(len(invited))]
		w.status = []string{"accepted", "tentative", "declined"}[chance.IntN(3)]
		if w.status != "declined" {
			w.count = 1 + chance.IntN(4)
		}
	}
	o.tried[w.tag] = w
	return w
}

// wished is how many wishes were written, kept or not.
func (o *outcome) wished() (n int) {
	for _, w := range o.tried {
		if w.meeting == "" {
			n++
		}
	}
	return n
}
