package phone_test

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"folje/test/browser"
)

// archive is a feed of letters of 40 kB each, one a day, and the texts to them,
// which no database can compress.
func archive(letters int) ([]any, object) {
	random := rand.New(rand.NewPCG(1, 2))
	var records []any
	texts := object{}
	for n := 1; n <= letters; n++ {
		record := letter(fmt.Sprintf("l%02d", n), 2*n, 2*n+1)
		record["published"] = fmt.Sprintf("2026-10-%02dT09:00:00Z", n)
		records = append(records, record)
		texts[fmt.Sprint(2*n)] = fmt.Sprintf("Brev %02d", n)
		texts[fmt.Sprint(2*n+1)] = hexadecimal(random, 40_000)
	}
	return records, texts
}

func hexadecimal(random *rand.Rand, length int) string {
	text := make([]byte, length/2)
	for i := range text {
		text[i] = byte(random.Uint32())
	}
	return hex.EncodeToString(text)
}

// On a full phone the oldest letters make room for the newest, never what the
// parent wrote; she is told, the old ones are not kept again when they come
// again, and nothing is called full any more once there is space.
func TestAFullPhone(t *testing.T) {
	s := newServer(t, "a")
	records, texts := archive(20)
	s.says("GET feeds/a", feed("e1", "c1", records, nil, texts))
	s.refuses("POST operations", 503, "error.storage")
	// A browser looks at its quota when it opens a database, and then not again for a while.
	p := s.phoneOf(t, "sv", func(p *phone) { p.Quota(s.URL, 3_000_000) })
	p.Profile().Allow(browser.Request, api)
	p.WaitUntil("caches.match('/js/parent/more.js')")
	p.accepts("m1", 2)

	records, texts = archive(31)
	s.says("GET feeds/a", feed("e1", "c2", records[20:], nil, texts))
	p.syncs()
	titles := p.titles()
	if !strings.Contains(titles, "Brev 31") || strings.Contains(titles, "Brev 01") {
		t.Errorf("the phone has %s", titles)
	}
	if p.reads("l31") != texts["63"] {
		t.Error("the newest letter lacks its text")
	}
	expect(t, "what she wrote", p.answered("m1")+", "+p.waits(), "accepted 2 pending, 1 waiting, 0 refused")
	p.WaitFor("[data-line] | plats")

	s.says("GET feeds/a", feed("e1", "c3", records, nil, texts))
	p.syncs()
	expect(t, "after the whole feed came again", p.titles(), titles)
	asked := s.count("GET feeds/a?after=c3")
	p.syncs()
	if n := s.count("GET feeds/a?after=c3"); n != asked+1 {
		t.Errorf("the phone did not go on from there: %d times", n-asked)
	}
	own[any](p, `await own.wish('a', 'Om mat'); return null`)
	expect(t, "written on a full phone", p.waits(), "2 waiting, 0 refused")

	next := letter("l40", 80, 81)
	next["published"] = "2026-11-20T09:00:00Z"
	s.says("GET feeds/a", feed("e1", "c4", []any{next}, nil, object{"80": "Nästa", "81": "Kort."}))
	p.syncs()
	expect(t, "a short letter that fits", p.reads("l40"), "Kort.")
	p.WaitUntil(`import('/js/data/db.js').then(({ meta }) => meta('full')).then((full) => !full)`)
}
