package protocol

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
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
