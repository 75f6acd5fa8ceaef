package phone_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"

	"folje/test/browser"
)

// A registration whose answer was lost is repeated with the same identity.
func TestALostAnswerMakesNoSecondPhone(t *testing.T) {
	s := newServer(t, "a")
	var mu sync.Mutex
	var tries []string
	s.with("PUT devices", func(w http.ResponseWriter, r *http.Request) {
		var body struct{ Secret, Code string }
		_ = json.NewDecoder(r.Body).Decode(&body)
		mu.Lock()
		defer mu.Unlock()
		tries = append(tries, r.URL.Path+" "+body.Secret+" "+body.Code)
		if len(tries) == 1 {
			// The request was heard, its answer never arrives.
			panic(http.ErrAbortHandler)
		}
		reply(200, object{"device": "d", "groups": []any{object{"id": "a", "name": "A", "unit": object{"id": "u", "name": "U"}}}})(w, r)
	})
	s.phone(t, "sv")
	mu.Lock()
	defer mu.Unlock()
	if len(tries) < 2 || tries[0] != tries[1] {
		t.Fatalf("the tries were %q", tries)
	}
	if id := strings.Fields(tries[0]); len(id) != 3 || len(id[1]) != 43 || id[2] != "0123456789" {
		t.Errorf("the phone said %q", tries[0])
	}
}

// A server that was restored and doesn't know the phone gets it back, with
// its groups.
func TestAnUnknownPhoneRegistersAgain(t *testing.T) {
	s := newServer(t, "a")
	s.says("GET feeds/a", feed("e1", "c1", []any{letter("l1", 1, 2)}, nil, object{"1": "Rubrik", "2": "Text."}))
	p := s.phone(t, "sv")
	registered := s.count("PUT devices/")
	s.refuses("GET feeds/a", http.StatusUnauthorized, "error.device_unknown")
	s.says("PUT devices", object{"device": "d", "groups": []any{}})
	s.with("POST devices/me/groups", func(w http.ResponseWriter, r *http.Request) {
		s.says("GET feeds/a", feed("e2", "c1", []any{letter("l1", 1, 2), letter("l2", 3, 2)}, nil, object{"1": "Rubrik", "2": "Text.", "3": "Ny"}))
		reply(200, object{"groups": []any{object{"id": "a", "name": "A", "unit": object{"id": "u", "name": "U"}}}})(w, r)
	})
	p.syncs()
	if s.count("PUT devices/") != registered+1 || s.count("POST devices/me/groups") != 1 {
		t.Errorf("the phone asked %q", s.asked)
	}
	expect(t, "afterwards", p.titles(), "[Rubrik (source) Ny (source)]")
}

// A revoked phone keeps what it has and says so; so does one that was put out
// of a group.
func TestARevokedPhoneKeepsItsLetters(t *testing.T) {
	s := newServer(t, "a")
	s.says("GET feeds/a", feed("e1", "c1", []any{letter("l1", 1, 2)}, nil, object{"1": "Rubrik", "2": "Text."}))
	p := s.phone(t, "sv")
	s.refuses("GET feeds/a", http.StatusForbidden, "error.not_member")
	p.syncs()
	expect(t, "put out of the group", p.titles(), "[Rubrik (source)]")
	p.WaitGone("[data-line]")
	p.Click(".bottombar a[href='/more']")
	p.Click("main a[href='/groups']")
	p.WaitFor("[data-group=a] .notice")
	s.refuses("GET feeds/a", http.StatusUnauthorized, "error.device_revoked")
	p.syncs()
	expect(t, "revoked", p.titles(), "[Rubrik (source)]")
	p.WaitFor("[data-line=revoked]")
}

// Leaving forgets the group and what came through it only, at once, whether the
// server can be reached or not.
func TestLeavingForgetsTheGroup(t *testing.T) {
	s := newServer(t, "a", "b")
	s.says("GET feeds/a", feed("e1", "c1", []any{letter("l1", 1, 2), letter("l2", 3, 2)}, nil, object{"1": "Ett", "2": "Text.", "3": "Två"}))
	s.says("GET feeds/b", feed("e1", "c1", []any{letter("l2", 8, 9)}, nil, object{"8": "Två", "9": "Text."}))
	s.with("POST operations", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	p := s.phone(t, "sv")
	expect(t, "before", p.titles(), "[Ett (source) Två (source)]")
	p.Click(".bottombar a[href='/more']")
	p.Click("main a[href='/groups']")
	p.Click("[data-group=a] .button.plain")
	p.Click(".leaving .danger")
	p.WaitGone("[data-group=a]")
	expect(t, "the outbox", p.waits(), "1 waiting, 0 refused")
	expect(t, "after", p.titles(), "[Två (source)]")
	kept := browser.Eval[[]string](p.Page, `import('/js/data/db.js').then(async ({ openDB }) => {
		const db = await openDB()
		return [...await db.getAllKeys('texts'), ...await db.getAllKeys('feeds')].filter((key) => key.split('/')[0] === 'a')
	})`)
	if len(kept) > 0 {
		t.Errorf("of the group is left: %q", kept)
	}
}
