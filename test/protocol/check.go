package protocol

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
)

type complain = func(format string, args ...any)

// checkOutbox: nothing is left that doesn't say why.
func (h *history) checkOutbox(p *Phone, said complain) {
	for _, r := range p.disk.outbox {
		if r.refused == "" || r.message == "" {
			said("%s still has %s %s in its outbox, without a reason", p.Name, r.kind, r.op)
		}
	}
}

// checkOperations: every operation got one verdict, and the effect that the
// last one says it has.
func (h *history) checkOperations(p *Phone, wishes map[string]int, said complain) {
	for _, m := range p.wrote {
		all := p.disk.verdicts[m.op]
		if m.erased {
			continue // the phone forgot it; that nothing counts twice is checked for all
		}
		first := slices.DeleteFunc(slices.Clone(all), func(v heard) bool { return v.resent })
		if len(first) != 1 {
			said("%s read %d verdicts on %s %s: %v", p.Name, len(first), m.kind, m.op, all)
			continue
		}
		last := all[len(all)-1]
		if last.resent && !last.accepted() && !h.excused(p, m) {
			said("%s was told that %s %s had arrived, and then %s", p.Name, m.kind, m.op, last.code)
		}
		if m.kind == "wish" {
			got := wishes[m.body["text"].(string)]
			if last.accepted() && got != 1 || !last.accepted() && got != 0 && !withdrawn(all) {
				said("the wish %s of %s is there %d times, and its verdict is %v", m.op, p.Name, got, all)
			}
		}
	}
}

// withdrawn reports whether a restored server refused what the one before had
// taken. A later restore, to a backup of the one before, brings it back.
func withdrawn(all []heard) bool {
	return len(all) > 0 && !all[len(all)-1].accepted() && slices.ContainsFunc(all, heard.accepted)
}

// excused reports whether a restored server may refuse what the lost one had
// taken: the phone has left the group since, or the meeting is not what it was.
func (h *history) excused(p *Phone, m *made) bool {
	if m.kind == "wish" {
		return p.leftSince(m, m.about)
	}
	meeting, err := h.server.app.FindRecordById("meetings", m.about)
	if err != nil || meeting.GetDateTime("published").IsZero() || h.server.cancelled[m.about] {
		return true // a later restore may have brought the meeting back
	}
	stayed := func(group string) bool { return !p.leftSince(m, group) }
	return !slices.ContainsFunc(meeting.GetStringSlice("groups"), stayed) || !h.clock.Now().Before(meeting.GetDateTime("ends").Time())
}

// leftSince reports whether the phone has left a group after it wrote something,
// even if it came back.
func (p *Phone) leftSince(m *made, group string) bool {
	if _, follows := p.disk.groups[group]; !follows {
		return true
	}
	return slices.ContainsFunc(p.wrote, func(w *made) bool {
		return w.kind == "leave" && w.about == group && w.device == m.device && w.seq > m.seq
	})
}

// checkAnswers: the answer to a meeting is the one with the highest seq of
// those that the server took. An erased phone has none; that of one
// that left a group of the meeting may be taken back.
func (h *history) checkAnswers(p *Phone, said complain) {
	best := map[string]*made{}
	for _, m := range p.wrote {
		all := p.disk.verdicts[m.op]
		if m.kind == "rsvp" && !m.erased && len(all) > 0 && all[len(all)-1].accepted() && (best[m.about] == nil || best[m.about].seq < m.seq) {
			best[m.about] = m
		}
	}
	rows, err := h.server.app.FindAllRecords("rsvps", dbx.HashExp{"device": p.disk.device.ID})
	h.server.must(err)
	for _, r := range rows {
		id := r.GetString("meeting")
		m := best[id]
		for _, other := range p.wrote {
			later := other.about == id && other.device == p.disk.device.ID && (m == nil || other.seq > m.seq)
			if later && other.seq == r.GetInt("seq") && withdrawn(p.disk.verdicts[other.op]) {
				m = other
			}
		}
		takenBack := r.GetString("status") == "none" && h.leftFor(p, id)
		if m == nil || r.GetInt("seq") != m.seq || r.GetString("status") != m.body["status"] && !takenBack {
			said("%s's answer to %s is %s (seq %d), want %+v", p.Name, id, r.GetString("status"), r.GetInt("seq"), m)
		}
		delete(best, id)
	}
	for id, m := range best {
		said("%s's answer to %s is lost: %+v, verdicts %v", p.Name, id, m.row, p.disk.verdicts[m.op])
	}
	for _, m := range p.wrote {
		if m.erased && m.device != p.disk.device.ID {
			if _, err := h.server.app.FindRecordById("devices", m.device); err == nil {
				said("%s was erased, and %s is still there", p.Name, m.device)
			}
		}
	}
}

// leftFor reports whether the phone has left a group that the meeting is for,
// which takes its answer back.
func (h *history) leftFor(p *Phone, meeting string) bool {
	m, err := h.server.app.FindRecordById("meetings", meeting)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(p.wrote, func(w *made) bool {
		return w.kind == "leave" && w.device == p.disk.device.ID && slices.Contains(m.GetStringSlice("groups"), w.about)
	})
}

// checkFeeds: what the phone has of a scope is what the server has.
func (h *history) checkFeeds(p *Phone, said complain) {
	for _, scope := range append(sorted(p.disk.groups), public) {
		if p.disk.groups[scope].ended {
			said("%s can't read %s any more", p.Name, scope)
			continue
		}
		var records recordsAnswer
		var words textsAnswer
		if !h.whole(p, "feeds/"+scope, &records, said) || !h.whole(p, "feeds/"+scope+"/texts/"+reading, &words, said) {
			continue
		}
		have := map[string]json.RawMessage{}
		for id, vias := range p.disk.records {
			if v, ok := vias[scope]; ok && v.epoch == records.Epoch {
				have[id] = v.record
			}
		}
		sources, translated := p.disk.texts[textKey(scope, records.Epoch, source)], p.disk.texts[textKey(scope, records.Epoch, reading)]
		for _, raw := range records.Records {
			var head struct{ ID string }
			h.server.must(json.Unmarshal(raw, &head))
			if !bytes.Equal(have[head.ID], raw) {
				said("%s has of %s in %s\n%s\nand the server\n%s", p.Name, head.ID, scope, have[head.ID], raw)
			}
			delete(have, head.ID)
			for _, n := range numbersIn(raw, p.knows) {
				if !bytes.Equal(sources[n], records.Texts[n]) || sources[n] == nil {
					said("%s has the source text %s of %s, want %s", p.Name, sources[n], scope, records.Texts[n])
				}
				if theirs := words.Texts[n]; !bytes.Equal(translated[n], theirs) && string(theirs) != "null" {
					said("%s has the text %s of %s, want %s", p.Name, translated[n], scope, theirs)
				}
			}
		}
		for id := range have {
			said("%s still has %s in %s", p.Name, id, scope)
		}
	}
}

// whole reads a whole feed, as a phone that has nothing.
func (h *history) whole(p *Phone, path string, into any, said complain) bool {
	r := h.server.Ask(p.authorization(), http.MethodGet, API+path+"?after=", nil)
	if r.Status != http.StatusOK {
		said("%s: %s gives %d %s", p.Name, path, r.Status, r.Body)
		return false
	}
	h.server.must(json.Unmarshal(r.Body, into))
	return true
}
