package protocol

import (
	"errors"
	"net/http"
	"slices"
	"time"
)

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
