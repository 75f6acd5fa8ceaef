package protocol

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// Bug is a mistake that a phone makes, to see that it is found.
type Bug int

// The bugs.
const (
	NoBug             Bug = iota
	DropsOnBadRequest     // takes a plain 400, a captive portal's, for a verdict
	ForgetsGroups         // does not join its groups again at a restored server
	Renames               // gives an operation a new id when it sends it again
)

// Phone is a parent's phone. It does what public/js/data does, in the same
// steps; between any two of them it may die.
type Phone struct {
	Name string
	Bug  Bug

	net   *Network
	clock *Clock
	disk  *store
	old   bool   // an early build, which knows no meetings and has no outbox
	fuse  int    // steps left to live; 0 is for ever
	key   string // the secret that the request under way is sent with, "" for the phone's own
	wrote []*made
	notes []string

	deaths, erasures int
}

// made is an operation that a parent was shown as written.
type made struct {
	row
	device string
	erased bool // with the rest of the phone
}

// died is what a phone that dies panics with.
type died struct{}

// live does the work until it ends or the phone dies; what is on its disk then
// stays as it was.
func (p *Phone) live(steps int, work func()) {
	p.fuse = steps
	defer func() {
		p.fuse, p.key = 0, ""
		if cause := recover(); cause != nil {
			if _, ok := cause.(died); !ok {
				panic(cause)
			}
			p.deaths++
			p.note("died")
		}
	}()
	work()
}

func (p *Phone) step() {
	if p.fuse == 1 {
		panic(died{})
	}
	if p.fuse > 1 {
		p.fuse--
	}
}

// commit changes the disk in one step.
func (p *Phone) commit(change func(*store)) {
	p.step()
	change(p.disk)
	p.step()
}

func (p *Phone) note(format string, args ...any) {
	p.notes = append(p.notes, p.Name+" "+fmt.Sprintf(format, args...))
}

func (p *Phone) authorization() string {
	if p.key != "" {
		return "Bearer " + p.key
	}
	if p.disk.device.Secret == "" {
		return ""
	}
	return "Bearer " + p.disk.device.Secret
}

func (p *Phone) ask(method, path string, body, into any) error {
	p.step()
	_, _, err := p.net.ask(p, method, path, "", body, into)
	p.step()
	return err
}

// join lets the phone into the group of a code. A phone that has never heard
// the server's epoch would not notice that the server was restored since.
func (p *Phone) join(group, code string) {
	if p.disk.epoch == "" && !p.greet() {
		return
	}
	p.commit(func(s *store) {
		if s.device == (Identity{}) {
			s.device = NewIdentity()
		}
	})
	if p.enter(code) == nil {
		p.commit(func(s *store) {
			s.groups[group] = follow{code: code}
			// Having left it earlier counts no more.
			s.sent = slices.DeleteFunc(s.sent, func(r *sentRow) bool { return r.kind == "leave" && r.about == group })
		})
	}
}

func (p *Phone) enter(code string) error {
	if !p.disk.registered {
		_, err := p.register(code)
		return err
	}
	err := p.use(code)
	if says(err, "error.device_unknown") {
		if err = p.registerAgain(); err == nil { // into all groups: who is known is not asked for the others again
			err = p.use(code)
		}
	}
	return err
}

func (p *Phone) use(code string) error {
	return p.ask(http.MethodPost, "devices/me/groups", map[string]any{"code": code}, &struct{}{})
}

// register tells the server of the phone and gives the groups it is in there.
func (p *Phone) register(code string) ([]string, error) {
	var answer struct{ Groups []struct{ ID string } }
	body := map[string]any{"secret": p.disk.device.Secret, "locale": "sv", "code": code}
	if err := p.ask(http.MethodPut, "devices/"+p.disk.device.ID, body, &answer); err != nil {
		return nil, err
	}
	p.commit(func(s *store) { s.registered = true })
	var groups []string
	for _, g := range answer.Groups {
		groups = append(groups, g.ID)
	}
	return groups, nil
}

// registerAgain makes the phone known to a restored server, and lets it into
// the groups that it follows here.
func (p *Phone) registerAgain() error {
	known, err := p.register("")
	if err != nil {
		return err
	}
	for _, id := range sorted(p.disk.groups) {
		if f := p.disk.groups[id]; !f.ended && !slices.Contains(known, id) {
			if err := p.use(f.code); err != nil && !errors.As(err, new(refusal)) {
				return err
			}
		}
	}
	return nil
}

func says(err error, code string) bool {
	var r refusal
	return errors.As(err, &r) && r.code == code
}

// write puts an operation into the outbox; then the parent sees it.
func (p *Phone) write(kind, about string, v int, body map[string]any, also func(*store)) {
	p.commit(func(s *store) {
		r := s.add(kind, about, v, body)
		if also != nil {
			also(s)
		}
		p.wrote = append(p.wrote, &made{row: *r, device: s.device.ID})
		p.note("wrote %s %s seq %d about %s", kind, r.op, r.seq, about)
	})
}

// erase forgets everything; what waits is the erasure alone.
func (p *Phone) erase() {
	p.commit(func(s *store) {
		old := s.device
		kept := slices.DeleteFunc(s.outbox, func(r *row) bool { return r.secret == "" })
		r := s.add("erase", "", 1, map[string]any{})
		next := newStore()
		next.verdicts, next.outbox = s.verdicts, kept
		if old.Secret != "" {
			r.secret = old.Secret
			next.outbox = append(next.outbox, r)
		}
		*s = *next
		for _, m := range p.wrote {
			m.erased = m.erased || m.device == old.ID
		}
		p.erasures++
		p.note("erased everything of %s", old.ID)
	})
}

// remembered is how long the phone can tell a restored server again.
const remembered = 30 * 24 * time.Hour

// recall puts what a restored server may have forgotten back into the outbox.
func (p *Phone) recall() {
	p.commit(func(s *store) {
		var kept []*sentRow
		for _, r := range s.sent {
			old := p.clock.Now().Sub(r.at) > remembered
			switch {
			case !old && (s.epoch == "" || r.epoch == s.epoch):
				kept = append(kept, r)
			case !old:
				again := r.row
				again.resent = true
				if p.Bug == Renames {
					again.op = NewUUID()
				}
				s.outbox = append(s.outbox, &again)
			}
		}
		s.sent = kept
	})
}

// flush sends what waits, in batches, each once.
func (p *Phone) flush() {
	if p.old {
		return
	}
	p.recall()
	tried := map[string]bool{}
	for {
		rows := p.due(tried)
		if len(rows) == 0 {
			return
		}
		for _, r := range rows {
			tried[r.op] = true
		}
		if !p.send(rows) {
			return
		}
	}
}

// due is what to send next. An erasure goes alone, with its own secret.
func (p *Phone) due(tried map[string]bool) []*row {
	rows := slices.DeleteFunc(p.disk.waiting(), func(r *row) bool { return tried[r.op] })
	for _, r := range rows {
		if r.secret != "" {
			return []*row{r}
		}
	}
	if p.disk.device == (Identity{}) {
		return nil
	}
	return rows[:min(len(rows), 4)]
}

// send sends a batch and reports whether to go on.
func (p *Phone) send(rows []*row) bool {
	epoch := p.disk.epoch // of before: the server may be restored meanwhile
	p.key = rows[0].secret
	defer func() { p.key = "" }()
	verdicts, err := p.post(rows)
	if says(err, "error.device_unknown") && rows[0].secret == "" {
		if err = p.registerAgain(); err == nil {
			verdicts, err = p.post(rows)
		}
	}
	if err == nil {
		p.settle(rows, verdicts, epoch)
		return true
	}
	if p.Bug == DropsOnBadRequest && errors.As(err, new(refusal)) {
		p.commit(func(s *store) {
			for _, r := range rows {
				s.drop(r.op)
			}
		})
	}
	return false
}

type verdict struct{ Op, Verdict, Code, Message string }

func (p *Phone) post(rows []*row) ([]verdict, error) {
	var operations []map[string]any
	for _, r := range rows {
		operations = append(operations, map[string]any{
			"op": r.op, "seq": r.seq, "kind": r.kind, "v": r.v, "body": r.body, "made": p.clock.Now()})
	}
	var answer struct{ Verdicts []verdict }
	err := p.ask(http.MethodPost, "operations", map[string]any{"operations": operations}, &answer)
	if err == nil && answer.Verdicts == nil {
		return nil, unheard{"an answer without verdicts"}
	}
	return answer.Verdicts, err
}

// settle does what the verdicts say.
func (p *Phone) settle(rows []*row, verdicts []verdict, epoch string) {
	p.commit(func(s *store) {
		for _, v := range verdicts {
			i := slices.IndexFunc(s.outbox, func(r *row) bool { return r.op == v.Op })
			if i < 0 || !slices.ContainsFunc(rows, func(r *row) bool { return r.op == v.Op }) {
				continue
			}
			r := s.outbox[i]
			s.verdicts[r.op] = append(s.verdicts[r.op], heard{v.Verdict, v.Code, r.resent})
			p.note("%s is %s %s", r.op, v.Verdict, v.Code)
			if v.Verdict == "rejected" && !r.resent && r.secret == "" {
				r.refused, r.message = v.Code, v.Message
				continue
			}
			s.drop(r.op)
			if v.Verdict != "rejected" && r.secret == "" {
				s.sent = append(s.sent, &sentRow{*r, p.clock.Now(), epoch})
			}
		}
	})
}

// sync fetches what changed, each scope in one step.
func (p *Phone) sync() {
	if !p.greet() {
		return
	}
	if !p.pull() && p.registerAgain() == nil {
		p.pull()
	}
}

// greet hears the server's epoch. At a restored server the phone joins its
// groups again before it takes note: it may have joined some after the backup.
func (p *Phone) greet() bool {
	var hello struct{ Epoch string }
	if p.ask(http.MethodGet, "hello", nil, &hello) != nil {
		return false
	}
	if hello.Epoch == p.disk.epoch {
		return true
	}
	restored := p.disk.epoch != "" && p.disk.registered && p.Bug != ForgetsGroups
	if restored && p.registerAgain() != nil {
		return false
	}
	p.commit(func(s *store) { s.epoch = hello.Epoch })
	return true
}

// pull fetches all scopes, and reports whether the server knew the phone.
func (p *Phone) pull() bool {
	scopes := []string{public}
	if p.disk.registered {
		scopes = append(scopes, sorted(p.disk.groups)...)
	}
	for _, scope := range scopes {
		if says(p.pullScope(scope), "error.device_unknown") {
			return false
		}
	}
	return true
}

func (p *Phone) pullScope(scope string) error {
	var records recordsAnswer
	var words textsAnswer
	recordsTag, err := p.fetch(scope, "feeds/"+scope, &records)
	wordsTag, wordsErr := p.fetch(scope+"/"+reading, "feeds/"+scope+"/texts/"+reading, &words)
	p.commit(func(s *store) {
		if _, follows := s.groups[scope]; scope != public && !follows {
			return
		}
		if err == nil && records.Epoch != "" {
			s.storeRecords(scope, records, recordsTag, p.knows)
		}
		if wordsErr == nil && words.Epoch != "" {
			s.storeTexts(scope, reading, words, wordsTag)
		}
		if says(err, "error.not_member") {
			f := s.groups[scope]
			f.ended = true
			s.groups[scope] = f
		}
	})
	return err
}

// fetch asks for a feed since its cursor; an unchanged one leaves into as it is.
func (p *Phone) fetch(key, path string, into any) (etag string, err error) {
	known := p.disk.feeds[key]
	p.step()
	_, etag, err = p.net.ask(p, http.MethodGet, path+"?after="+known.cursor, known.etag, nil, into)
	p.step()
	return etag, err
}

// knows reports whether this build knows such records.
func (p *Phone) knows(kind string) bool { return kind == "letter" || kind == "meeting" && !p.old }

// update brings the phone from the early build to the present one.
func (p *Phone) update() {
	p.commit(func(s *store) {
		p.old = false
		clear(s.feeds) // the early build dropped the texts of meetings
	})
}
