package protocol

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"pgregory.net/rapid"
)

// Histories draws what happens to three phones and their server, lets all of
// them come to rest, and fails where a promise was broken. It is a property for
// [rapid.Check], with a tally of what happened in all histories so far; a server
// in this process fails through tb.
func Histories(tb testing.TB, bug Bug) (property func(*rapid.T), tally *Tally) {
	folder, tally := memory(tb), &Tally{}
	return func(t *rapid.T) {
		dir, err := os.MkdirTemp(folder, "")
		if err != nil {
			tb.Fatal(err)
		}
		h := begin(tb, dir, bug)
		defer h.server.Remove()
		t.Repeat(h.actions())
		h.settle()
		tally.add(h)
		if wrong := h.check(); len(wrong) > 0 {
			for _, p := range h.phones {
				t.Logf("%s", strings.Join(p.notes, "\n"))
			}
			t.Fatalf("%s", strings.Join(wrong, "\n"))
		}
	}, tally
}

// memory is a folder in memory where the system has one: what these histories
// kill are programs, not machines, and waiting for a disk shows nothing.
func memory(tb testing.TB) string {
	folder, err := os.MkdirTemp("/dev/shm", "folje-protocol-*")
	if err != nil {
		return tb.TempDir()
	}
	tb.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}

// history is three phones, their server, and the town around them.
type history struct {
	clock  *Clock
	server *Server
	net    *Network
	phones []*Phone
	passed time.Duration
}

func begin(tb testing.TB, folder string, bug Bug) *history {
	h := &history{clock: NewClock()}
	h.server = Serve(tb, folder, h.clock)
	h.net = &Network{server: h.server}
	h.server.WriteLetter(2)
	h.server.Invite(2)
	for i, name := range []string{"anna", "bashir", "chidi"} {
		p := &Phone{Name: name, Bug: bug, net: h.net, clock: h.clock, disk: newStore(), old: i == 2}
		p.join(h.server.Groups[i%2], h.server.Codes[i%2])
		p.sync()
		h.phones = append(h.phones, p)
	}
	return h
}

// actions are what may happen. Each draws a number to vary with.
func (h *history) actions() map[string]func(*rapid.T) {
	vary := rapid.IntRange(0, 999)
	lives := rapid.SampledFrom([]int{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12}) // 0 is for ever
	staff := func(do func(int)) func(*rapid.T) {
		return func(t *rapid.T) { do(vary.Draw(t, "variation")) }
	}
	phone := func(do func(*Phone, int)) func(*rapid.T) {
		return func(t *rapid.T) {
			p := h.phones[rapid.IntRange(0, len(h.phones)-1).Draw(t, "phone")]
			h.net.script = rapid.SliceOfN(rapid.SampledFrom(faults), 0, 5).Draw(t, "network")
			h.net.depth = rapid.IntRange(1, 8).Draw(t, "depth")
			steps, n := lives.Draw(t, "steps to live"), vary.Draw(t, "variation")
			p.live(steps, func() { do(p, n) })
			h.net.script = nil
		}
	}
	return map[string]func(*rapid.T){
		"staff write": staff(anyOf(h.server.WriteLetter, h.server.CorrectLetter, h.server.CorrectLetter, h.server.WithdrawLetter, h.server.Translate)),
		"staff meet":  staff(anyOf(h.server.Invite, h.server.MoveMeeting, h.server.CancelMeeting, h.server.Translate)),
		"answer":      phone(sending(h.answer)), "answer once more": phone(sending(h.answer)),
		"wish": phone(sending(h.wish)), "wish once more": phone(sending(h.wish)), "leave": phone(sending(h.leave)),
		"flush": phone(func(p *Phone, _ int) { p.flush() }), "flush again": phone(func(p *Phone, _ int) { p.flush() }),
		"sync": phone(func(p *Phone, _ int) { p.sync() }), "sync and flush": phone(func(p *Phone, _ int) { p.sync(); p.flush() }),
		"join":   phone(func(p *Phone, n int) { h.join(p, n) }),
		"update": phone(func(p *Phone, _ int) { p.update() }),
		"erase":  phone(func(p *Phone, n int) { h.erase(p, n) }),
		"late packet": func(t *rapid.T) {
			if len(h.net.late) == 0 {
				t.Skip("none is under way")
			}
			i := rapid.IntRange(0, len(h.net.late)-1).Draw(t, "packet")
			send := h.net.late[i]
			h.net.late = slices.Delete(h.net.late, i, i+1)
			send()
		},
		"time": func(t *rapid.T) { h.pass(time.Duration(rapid.IntRange(1, 60).Draw(t, "hours")) * time.Hour) },
		"server dies": func(t *rapid.T) {
			h.server.Crash(1, func() {})
		},
		"backup": func(*rapid.T) { h.server.Backup() },
		"restore": func(t *rapid.T) {
			if !h.server.Restore(rapid.IntRange(0, 2).Draw(t, "how far back")) {
				t.Skip("there is no backup")
			}
			h.net.late = nil // no request outlives the days that a restore takes
			for _, p := range h.phones {
				p.note("the server was restored")
			}
		},
	}
}

// anyOf does one of some things.
func anyOf(things ...func(int)) func(int) {
	return func(n int) { things[n%len(things)](n / len(things)) }
}

// sending sends what was written, a few times, at once or leaves it for later.
func sending(write func(*Phone, int)) func(*Phone, int) {
	return func(p *Phone, n int) {
		for i := range 1 + n%3 {
			write(p, n+i)
		}
		if n%2 == 0 {
			p.flush()
		}
	}
}

// pass lets time pass, in all less than phones remember.
func (h *history) pass(d time.Duration) {
	if h.passed+d < 25*24*time.Hour {
		h.passed += d
		h.clock.Pass(d)
	}
}

func (h *history) answer(p *Phone, n int) {
	var known []string
	for id, vias := range p.disk.records {
		for _, v := range vias {
			if strings.Contains(string(v.record), `"kind":"meeting"`) && !p.old && !slices.Contains(known, id) {
				known = append(known, id)
			}
		}
	}
	if len(known) == 0 {
		return
	}
	slices.Sort(known)
	meeting := known[n%len(known)]
	body := map[string]any{
		"meeting": meeting, "status": []string{"accepted", "declined", "tentative", "none"}[n%4],
		"count": n % 21, "childcare": n % 10, "interpreter": nil, "note": fmt.Sprint("anteckning ", n),
	}
	if n%5 == 0 {
		body["interpreter"] = map[string]any{"language": "so", "mode": "phone"}
	}
	p.write("rsvp", meeting, 1, body, nil)
}

func (h *history) group(p *Phone, n int) string {
	groups := sorted(p.disk.groups)
	if len(groups) == 0 || p.old {
		return ""
	}
	return groups[n%len(groups)]
}

// wish writes a wish, one in seven such as only a later server understands.
func (h *history) wish(p *Phone, n int) {
	version := 1
	if n%7 == 6 {
		version = 9
	}
	if group := h.group(p, n); group != "" {
		p.write("wish", group, version, map[string]any{"group": group, "text": NewUUID()}, nil)
	}
}

func (h *history) join(p *Phone, n int) {
	i := n % len(h.server.Groups)
	for _, r := range p.disk.outbox {
		if r.kind == "leave" {
			return // whoever left waits until that has arrived
		}
	}
	p.join(h.server.Groups[i], h.server.Codes[i])
}

func (h *history) leave(p *Phone, n int) {
	group := h.group(p, n)
	if group == "" || n%3 > 0 {
		return
	}
	p.write("leave", group, 1, map[string]any{"group": group}, func(s *store) {
		delete(s.groups, group)
		s.forgetScope(group)
	})
}

func (h *history) erase(p *Phone, n int) {
	if n%3 == 0 && !p.old {
		p.erase()
		p.flush()
	}
}

// settle lets everything arrive: no faults, no deaths, an updated app.
func (h *history) settle() {
	for len(h.net.late) > 0 {
		send := h.net.late[0]
		h.net.late = h.net.late[1:]
		send()
	}
	for _, p := range h.phones {
		p.update()
		for range 3 {
			p.sync()
			p.flush()
		}
		p.sync()
	}
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// check says which promises were broken.
func (h *history) check() (wrong []string) {
	said := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	wishes := map[string]int{}
	for _, r := range h.server.rows("wishes", func(*core.Record) bool { return true }) {
		wishes[r.GetString("text")]++
	}
	for _, p := range h.phones {
		h.checkOutbox(p, said)
		h.checkOperations(p, wishes, said)
		h.checkAnswers(p, said)
		h.checkFeeds(p, said)
	}
	for text, n := range wishes {
		if n != 1 {
			said("the wish %s is there %d times", text, n)
		}
	}
	return wrong
}
