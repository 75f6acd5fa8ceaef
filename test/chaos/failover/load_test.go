//go:build unix

package failover_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"folje/test/protocol"
)

// load is phones that write without pause to whichever node answers.
type load struct {
	rig  *rig
	done atomic.Bool
	all  sync.WaitGroup

	mu     sync.Mutex
	made   int
	acks   []ack
	known  map[string]string // phones' ids by their secrets
	others map[int]int       // answers other than 200, by status
	fault  string
}

// ack is a wish that was acknowledged.
type ack struct {
	text  string
	at    time.Time // when the answer was read
	begun time.Time // when the request was sent
	by    *machine
}

// daily is after how many wishes a phone makes room for another: each may send
// twenty a day.
const daily = 15

func begin(r *rig, phones int) *load {
	l := &load{rig: r, others: map[int]int{}, known: map[string]string{}}
	for i := range phones {
		l.all.Go(func() { l.live(fmt.Sprintf("phone %d", i)) })
	}
	return l
}

func (l *load) live(name string) {
	client := &http.Client{Timeout: 3 * time.Second}
	defer client.CloseIdleConnections()
	id, wished := protocol.Identity{}, daily
	for n := 0; !l.over(); n++ {
		if wished == daily {
			id, wished = protocol.NewIdentity(), 0
			l.mu.Lock()
			l.known[id.Secret] = id.ID
			l.mu.Unlock()
			if !l.until(client, "", http.MethodPut, "devices/"+id.ID, map[string]any{"secret": id.Secret, "locale": "sv", "code": l.rig.town.Codes[0]}, nil) {
				return
			}
		}
		wished++
		text := fmt.Sprintf("%s, wish %d", name, n)
		op := map[string]any{"op": protocol.NewUUID(), "seq": wished, "v": 1, "kind": "wish",
			"body": map[string]any{"group": l.rig.town.Groups[0], "text": text}}
		l.mu.Lock()
		l.made++
		l.mu.Unlock()
		if !l.until(client, "Bearer "+id.Secret, http.MethodPost, "operations", map[string]any{"operations": []any{op}}, &ack{text: text}) {
			return
		}
	}
}

func (l *load) identityOf(authorization string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.known[authorization[len("Bearer "):]]
}

func (l *load) over() bool { return l.done.Load() || l.broken() != "" }

func (l *load) broken() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.fault
}

// until asks one node after the other until one says 200; false where all is
// over before.
func (l *load) until(client *http.Client, authorization, method, path string, body any, a *ack) bool {
	for i := 0; !l.over(); i++ {
		m := l.rig.machines[i%len(l.rig.machines)]
		begun := time.Now()
		status, raw, err := ask(client, m, authorization, method, path, body)
		switch {
		case err != nil:
			pause()
			continue
		case status == http.StatusOK:
			if a != nil {
				l.note(*a, m, begun, raw)
			}
			return true
		}
		if status == http.StatusUnauthorized && !*durable { // the phone's registration was lost: it does so again
			id := l.identityOf(authorization)
			_, _, _ = ask(client, m, "", http.MethodPut, "devices/"+id, map[string]any{"secret": authorization[len("Bearer "):], "locale": "sv", "code": l.rig.town.Codes[0]})
			status = http.StatusServiceUnavailable
		}
		l.mu.Lock()
		l.others[status]++
		if status != http.StatusServiceUnavailable {
			l.fault = fmt.Sprintf("%s %s gets %d %s from %s", method, path, status, raw, m.name)
		}
		l.mu.Unlock()
		pause()
	}
	return false
}

// pause keeps phones that nobody answers from taking all of the processor.
func pause() { <-time.After(20 * time.Millisecond) }

func (l *load) note(a ack, m *machine, begun time.Time, raw []byte) {
	var answer struct {
		Verdicts []struct{ Verdict, Code string }
	}
	err := json.Unmarshal(raw, &answer)
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil || len(answer.Verdicts) != 1 || answer.Verdicts[0].Verdict == "rejected" {
		l.fault = fmt.Sprintf("%s answers %s", m.name, raw)
		return
	}
	a.at, a.begun, a.by = time.Now(), begun, m
	l.acks = append(l.acks, a)
}

// busy waits until m acknowledged so many of what it was asked after a moment.
func (l *load) busy(m *machine, after time.Time, n int) bool {
	for !l.over() {
		if l.writtenBy(m, after) >= n {
			return true
		}
		pause()
	}
	return false
}

// next waits for the first acknowledgement by m of what was asked after a moment.
func (l *load) next(m *machine, after time.Time) (ack, bool) {
	for !l.over() {
		l.mu.Lock()
		for i := len(l.acks) - 1; i >= 0 && l.acks[i].at.After(after); i-- {
			if l.acks[i].by == m && l.acks[i].begun.After(after) {
				first := l.acks[i]
				l.mu.Unlock()
				return first, true
			}
		}
		l.mu.Unlock()
		pause()
	}
	return ack{}, false
}

// refused waits until nothing was acknowledged for three seconds.
func (l *load) refused(since time.Time) bool {
	for !l.over() {
		if quiet := time.Since(l.last(time.Now())); quiet > 3*time.Second && time.Since(since) > 3*time.Second {
			return true
		}
		pause()
	}
	return false
}

// last is the last acknowledgement before a moment.
func (l *load) last(before time.Time) (last time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, a := range l.acks {
		if a.at.Before(before) && a.at.After(last) {
			last = a.at
		}
	}
	return last
}

// first is the first acknowledgement after a moment.
func (l *load) first(after time.Time) (first time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, a := range l.acks {
		if a.at.After(after) && (first.IsZero() || a.at.Before(first)) {
			first = a.at
		}
	}
	return first
}

func ask(client *http.Client, m *machine, authorization, method, path string, body any) (status int, answer []byte, err error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return 0, nil, err
	}
	r, err := http.NewRequest(method, "http://"+m.address+protocol.API+path, bytes.NewReader(raw))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	res, err := client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	var b bytes.Buffer
	_, err = b.ReadFrom(res.Body)
	return res.StatusCode, b.Bytes(), err
}
