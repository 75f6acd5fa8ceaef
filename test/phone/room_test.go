package phone_test

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

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
		record["published"] = time.Date(2026, 1, n, 9, 0, 0, 0, time.UTC).Format(time.RFC3339)
		records = append(records, record)
		texts[fmt.Sprint(2*n)] = fmt.Sprintf("Brev %03d", n)
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
	p := s.phoneOf(t, "sv", func(p *phone) { p.Quota(s.URL, 4_000_000) })
	p.Profile().Allow(browser.Request, api)
	p.WaitUntil("caches.match('/js/parent/more.js')")
	p.accepts("m1", 2)

	const full = `import('/js/data/db.js').then(({ meta }) => meta('full')).then((full) => full > 0)`
	last := 20
	for ; last < 120 && !browser.Eval[bool](p.Page, full); last += 10 {
		records, texts = archive(last + 10)
		s.says("GET feeds/a", feed("e1", fmt.Sprint("c", last), records[last:], nil, texts))
		p.syncs()
	}
	titles := p.titles()
	if !strings.Contains(titles, fmt.Sprintf("Brev %03d", last)) || strings.Contains(titles, "Brev 001") {
		t.Errorf("of %d letters the phone has %s", last, titles)
	}
	if p.reads(fmt.Sprintf("l%02d", last)) != texts[fmt.Sprint(2*last+1)] {
		t.Error("the newest letter lacks its text")
	}
	expect(t, "what she wrote", p.answered("m1")+", "+p.waits(), "accepted 2 pending, 1 waiting, 0 refused")
	p.WaitFor("[data-line] | plats")

	s.says("GET feeds/a", feed("e1", "whole", records, nil, texts))
	p.syncs()
	expect(t, "after the whole feed came again", p.titles(), titles)
	asked := s.count("GET feeds/a?after=whole")
	p.syncs()
	if n := s.count("GET feeds/a?after=whole"); n != asked+1 {
		t.Errorf("the phone did not go on from there: %d times", n-asked)
	}
	own[any](p, `await own.wish('a', 'Om mat'); return null`)
	expect(t, "written on a full phone", p.waits(), "2 waiting, 0 refused")

	// Something else was removed from the phone, which its browser hears of late:
	// until then each letter may have to make room once more.
	p.Quota(s.URL, 100_000_000)
	before := s.count("GET feeds/a?")
	s.with("GET feeds/a", func(w http.ResponseWriter, r *http.Request) {
		came := s.count("GET feeds/a?") - before
		next := letter(fmt.Sprint("next", came), 8000+came, 9000+came)
		next["published"] = "2027-11-20T09:00:00Z"
		reply(http.StatusOK, feed("e1", fmt.Sprint("next", came), []any{next}, nil,
			object{fmt.Sprint(8000 + came): "Nästa", fmt.Sprint(9000 + came): "Kort."}))(w, r)
	})
	p.WaitUntil(`import('/js/data/schedule.js').then((schedule) => schedule.syncNow())
		.then(() => import('/js/data/db.js')).then(({ meta }) => meta('full')).then((full) => !full)`)
	expect(t, "a short letter that fits", p.reads("next1"), "Kort.")
}
