//go:build unix

package cluster_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"folje/test/protocol"
)

// load is phones that write through the edges while everything else happens.
type load struct {
	r       *rig
	stop    chan struct{}
	writing sync.WaitGroup

	mu           sync.Mutex
	made         int
	acknowledged []string
}

// daily is how many wishes a phone may send; then another takes its place.
const daily = 15

// begin lets so many phones write.
func (r *rig) begin(phones int) *load {
	l := &load{r: r, stop: make(chan struct{})}
	for n := range phones {
		l.writing.Go(func() { l.live(n) })
	}
	return l
}

func (l *load) live(n int) {
	for round := 0; l.goesOn(); round++ {
		id := protocol.NewIdentity()
		if !l.ask(n, "", http.MethodPut, "devices/"+id.ID, map[string]any{"secret": id.Secret, "locale": "sv", "code": l.r.town.Codes[0]}) {
			return
		}
		for wish := range daily {
			if !l.goesOn() {
				return
			}
			text := fmt.Sprintf("wish %d of phone %d.%d", wish, n, round)
			l.mu.Lock()
			l.made++
			l.mu.Unlock()
			op := map[string]any{"op": protocol.NewUUID(), "seq": wish + 1, "v": 1, "kind": "wish", "body": map[string]any{"group": l.r.town.Groups[0], "text": text}}
			if !l.ask(n+wish, "Bearer "+id.Secret, http.MethodPost, "operations", map[string]any{"operations": []any{op}}) {
				return
			}
			l.mu.Lock()
			l.acknowledged = append(l.acknowledged, text)
			l.mu.Unlock()
		}
	}
}

func (l *load) goesOn() bool {
	select {
	case <-l.stop:
		return false
	case <-l.r.ctx.Done():
		return false
	default:
		return true
	}
}

// ask asks one edge and then the other until one says yes, as a phone's outbox
// does; what the outbox says once more has the same id.
func (l *load) ask(n int, authorization, method, path string, body any) (yes bool) {
	l.r.until(path, func() bool {
		if !l.goesOn() {
			return true
		}
		n++
		edge := l.r.edges[n%len(l.r.edges)]
		status, raw, err := ask(l.r.ctx, authorization, method, "http://"+edge.address+protocol.API+path, body)
		switch {
		case err != nil || status >= http.StatusInternalServerError:
			return false
		case status != http.StatusOK || strings.Contains(string(raw), `"rejected"`):
			l.r.Errorf("%s: %d %s", path, status, raw)
		default:
			yes = true
		}
		return true
	})
	return yes
}

// end lets what is being asked be answered, and tells how much there was.
func (l *load) end() (made int, acknowledged []string) {
	close(l.stop)
	l.writing.Wait()
	return l.made, l.acknowledged
}

// edgesHave looks that both edges answer with so many letters, to a phone with a
// ticket.
func (r *rig) edgesHave(letters int) {
	id := protocol.NewIdentity()
	base := "http://" + r.writer.address + protocol.API
	secret := "Bearer " + id.Secret
	r.until("a phone joins", func() bool {
		status, _, err := ask(r.ctx, "", http.MethodPut, base+"devices/"+id.ID, map[string]any{"secret": id.Secret, "locale": "sv", "code": r.town.Codes[0]})
		return err == nil && status == http.StatusOK
	})
	var answer struct{ Ticket string }
	r.until("the phone has a ticket", func() bool {
		status, raw, err := ask(r.ctx, secret, http.MethodPost, base+"devices/me/ticket", map[string]any{})
		return err == nil && status == http.StatusOK && json.Unmarshal(raw, &answer) == nil
	})
	for _, edge := range r.edges {
		r.until(edge.name+" has all letters", func() bool {
			status, raw, err := ask(r.ctx, "Bearer "+answer.Ticket, http.MethodGet, "http://"+edge.address+protocol.API+"feeds/"+r.town.Groups[0], nil)
			var feed struct{ Records []struct{ Kind string } }
			if err != nil || status != http.StatusOK || json.Unmarshal(raw, &feed) != nil {
				return false
			}
			found := 0
			for _, record := range feed.Records {
				if record.Kind == "letter" {
					found++
				}
			}
			return found == letters
		})
	}
}
