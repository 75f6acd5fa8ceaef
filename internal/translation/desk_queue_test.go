package translation_test

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/letter"

	"github.com/pocketbase/pocketbase/core"
)

// tasks are the tasks of the member of staff's queue.
func (p *preschool) tasks(who *core.Record) []map[string]any {
	p.Helper()
	a := p.ask(who, http.MethodGet, "staff/queue", nil)
	if a.Status != http.StatusOK {
		p.Fatalf("queue: %d %s", a.Status, a.Body)
	}
	var tasks []map[string]any
	for _, t := range a.JSON["tasks"].([]any) {
		tasks = append(tasks, t.(map[string]any))
	}
	return tasks
}

// task is the one of the record in the locale; nil where there is none.
func (p *preschool) task(who *core.Record, id, tag string) map[string]any {
	p.Helper()
	for _, t := range p.tasks(who) {
		if t["id"] == id && t["locale"] == tag {
			return t
		}
	}
	return nil
}

// counts are "total missing machine draft reused reviewed" of a task.
func counts(task map[string]any) string {
	if task == nil {
		return "none"
	}
	var n []string
	for _, field := range []string{"total", "missing", "machine", "draft", "reused", "reviewed"} {
		n = append(n, fmt.Sprint(task[field]))
	}
	return strings.Join(n, " ")
}

func (p *preschool) expectCounts(l letter.Letter, want string) {
	p.Helper()
	if got := counts(p.task(p.tara, l.Id, "en")); got != want {
		p.Errorf("%s, want %s", got, want)
	}
}

func TestTheQueueCountsWhatChanged(t *testing.T) {
	p := newPreschool(t)
	l, other := p.write("Sömn", calm, nine), p.write("Mat", calm)
	p.expectCounts(l, "4 4 0 0 0 0")
	p.translate(p.tara, l, "en", calm, "A calm moment.")
	p.expectCounts(l, "4 3 0 0 0 1")
	p.expectCounts(other, "3 2 0 0 1 0")
	p.machine(l, "en", nine, "See you at 9:30.")
	p.translate(p.tara, l, "en", "Hur sover ni?", "How do you sleep?")
	p.expectCounts(l, "4 1 1 0 0 2")
	p.expectCounts(other, "3 1 0 0 2 0")
	p.confirm(p.tara, other, "en", calm)
	p.expectCounts(other, "3 1 0 0 1 1")
	p.translate(p.tara, l, "en", calm, "A quiet moment.")
	p.expectCounts(other, "3 1 0 0 2 0")
	p.wantSecondReview(true)
	p.translate(p.tara, l, "en", nine, "We meet at 9:30.")
	p.expectCounts(l, "4 1 0 1 0 2")
	p.rewrite(l, calm, "Något annat.", nine)
	p.expectCounts(l, "5 2 0 1 0 2")
	p.translate(p.tara, l, "en", calm, "")
	p.expectCounts(l, "5 3 0 1 0 1")
	if err := p.app.Delete(other.Record); err != nil {
		t.Fatal(err)
	}
	if p.task(p.tara, other.Id, "en") != nil {
		t.Error("a deleted letter waits")
	}
}

func TestWhatIsFinishedIsShownForAWhile(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Sömn")
	for source, wording := range map[string]string{"Sömn": "Sleep", "Hur sover ni?": "How do you sleep?"} {
		p.translate(p.tara, l, "en", source, wording)
	}
	done := p.task(p.tara, l.Id, "en")
	if done == nil || done["open"] != false || counts(done) != "2 0 0 0 0 2" {
		t.Errorf("%v", done)
	}
	if tasks := p.tasks(p.tara); tasks[len(tasks)-1]["open"] != false || tasks[0]["locale"] != "ar" {
		t.Errorf("the order: %v", tasks)
	}
	p.now = p.now.AddDate(0, 0, 15)
	if p.task(p.tara, l.Id, "en") != nil {
		t.Error("it is shown after a fortnight")
	}
}

func TestTheQueueBeginsWithWhatIsMostUrgent(t *testing.T) {
	p := newPreschool(t)
	meetingIn := func(days int) string {
		return apptest.MustMeeting(t, p.app, p.now.AddDate(0, 0, days), p.pine).Id
	}
	with := func(title, meeting string) letter.Letter {
		return p.held(p.write(title, calm), meeting)
	}
	with("Om en månad", meetingIn(30))
	soon := with("På torsdag", meetingIn(3))
	p.write("Utan datum", calm)
	out := p.write("Hos föräldrarna", calm)
	p.publish(out)
	old := p.write("Gammalt", calm)
	p.now = p.now.AddDate(0, 0, -90)
	p.publish(old)
	p.now = p.now.AddDate(0, 0, 90)
	reported := with("Obegripligt", meetingIn(60))
	p.report(reported)
	var titles []string
	for _, task := range p.tasks(p.tara) {
		if task["collection"] == "letters" && task["locale"] == "en" {
			titles = append(titles, task["title"].(string))
		}
	}
	want := "Hos föräldrarna, Obegripligt, På torsdag, Om en månad, Gammalt, Utan datum"
	if got := strings.Join(titles, ", "); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if task := p.task(p.tara, soon.Id, "en"); task["needed"] != "2026-11-19T09:00:00Z" || task["published"] != "" {
		t.Errorf("%v", task)
	}
	if task := p.task(p.tara, out.Id, "en"); task["published"] != "2026-11-16T09:00:00Z" || task["needed"] != task["published"] {
		t.Errorf("%v", task)
	}
}

// held is the letter, about a meeting.
func (p *preschool) held(l letter.Letter, meeting string) letter.Letter {
	p.Helper()
	fresh, err := letter.Find(p.app, l.Id)
	if err != nil {
		p.Fatal(err)
	}
	fresh.Set("meeting", meeting)
	return p.save(fresh)
}

// report notes that a reader didn't understand the letter's question in English.
func (p *preschool) report(l letter.Letter) {
	p.Helper()
	at := p.place(p.tara, l, "en", "Obegripligt")
	apptest.MustRecord(p, p.app, "translation_reports", map[string]any{"segment": at["segment"], "locale": "en", "day": "2026-11-16"})
}

func TestReadersAreCountedInFives(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Sömn")
	phones := func(n int, tag string, group *core.Record, ends time.Time) {
		for range n {
			d := apptest.MustRecord(t, p.app, "devices", map[string]any{"id": newID(), "locale": tag, "secretHash": newID()})
			apptest.MustRecord(t, p.app, "memberships", map[string]any{"device": d.Id, "group": group.Id, "ends": ends})
		}
	}
	next := p.now.AddDate(1, 0, 0)
	phones(4, "ar", p.blue, next)
	phones(9, "en", p.blue, next)
	phones(9, "en", p.pine, next)
	phones(9, "ar", p.blue, p.now.AddDate(0, 0, -1))
	if ar, en := p.task(p.tara, l.Id, "ar"), p.task(p.tara, l.Id, "en"); ar["readers"] != 0.0 || en["readers"] != 5.0 {
		t.Errorf("%v and %v", ar["readers"], en["readers"])
	}
	phones(1, "en", p.blue, next)
	if en := p.task(p.tara, l.Id, "en"); en["readers"] != 5.0 {
		t.Errorf("at once: %v", en["readers"])
	}
	p.now = p.now.Add(11 * time.Minute)
	if en := p.task(p.tara, l.Id, "en"); en["readers"] != 10.0 {
		t.Errorf("later: %v", en["readers"])
	}
}

func TestTheQueueIsOfHerUnitsAndLanguages(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Sömn")
	if tasks := p.tasks(p.elsewhere); len(tasks) != 0 {
		t.Errorf("another unit's translator: %v", tasks)
	}
	if got := len(p.tasks(p.tara)); got != 2 {
		t.Errorf("%d tasks, want one for each of two languages", got)
	}
	if got := len(p.tasks(p.admin)); got != 14 {
		t.Errorf("%d tasks of an administrator", got)
	}
	p.ok(p.ask(p.anna, http.MethodGet, "staff/queue", nil), http.StatusForbidden, "error.forbidden")
	if strings.Contains(fmt.Sprint(p.task(p.tara, l.Id, "en")), p.unit.Id) {
		t.Error("it tells ids of units")
	}
}

func newID() string {
	var b [16]byte
	rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

func TestAClaimIsSeenByOthersAndEndsByItself(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Sömn")
	path := "staff/letters/" + l.Id + "/claims/en"
	a := p.ask(p.tara, http.MethodPost, path, nil)
	if a.Status != http.StatusOK || a.JSON["until"] != "2026-11-23T09:00:00Z" || a.JSON["mine"] != true {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	p.ok(p.ask(p.tara, http.MethodPost, path, nil), http.StatusOK, "")
	a = p.ask(p.sofi, http.MethodPost, path, nil)
	p.ok(a, http.StatusConflict, "error.claimed")
	if a.Get("current", "name") != "tara@example.org" {
		t.Errorf("%s", a.Body)
	}
	claim := func(who *core.Record) string { return fmt.Sprint(p.task(who, l.Id, "en")["claim"]) }
	if got := claim(p.tara); !strings.Contains(got, "mine:true") {
		t.Errorf("hers: %s", got)
	}
	if got := claim(p.sofi); !strings.Contains(got, "mine:false") || !strings.Contains(got, "tara@example.org") {
		t.Errorf("for others: %s", got)
	}
	p.ok(p.translate(p.sofi, l, "en", "Sömn", "Sleep"), http.StatusOK, "") // it forbids nothing
	p.ok(p.ask(p.sofi, http.MethodDelete, path, nil), http.StatusNoContent, "")
	if got := claim(p.sofi); got == "<nil>" {
		t.Error("somebody else gave it back")
	}
	p.translate(p.tara, l, "en", "Hur sover ni?", "How do you sleep?")
	if got := claim(p.sofi); got != "<nil>" {
		t.Errorf("of what is finished: %s", got)
	}
	p.rewrite(l, calm)
	if got := claim(p.sofi); got == "<nil>" {
		t.Error("it ended though there is work again")
	}
	p.now = p.now.AddDate(0, 0, 7)
	if got := claim(p.sofi); got != "<nil>" {
		t.Errorf("after its end: %s", got)
	}
	p.ok(p.ask(p.sofi, http.MethodPost, path, nil), http.StatusOK, "")
	p.ok(p.ask(p.sofi, http.MethodDelete, path, nil), http.StatusNoContent, "")
	p.ok(p.ask(p.sofi, http.MethodDelete, path, nil), http.StatusNoContent, "")
	if n, _ := p.app.CountRecords("translation_claims"); n != 0 {
		t.Errorf("%d claims are kept", n)
	}
}

func TestAClaimHoldsUntilTheTextsAreNeeded(t *testing.T) {
	p := newPreschool(t)
	l := p.held(p.write("Sömn"), apptest.MustMeeting(t, p.app, p.now.AddDate(0, 0, 3), p.blue).Id)
	if a := p.ask(p.tara, http.MethodPost, "staff/letters/"+l.Id+"/claims/en", nil); a.JSON["until"] != "2026-11-19T09:00:00Z" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestWhoMayClaimNothing(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Sömn")
	path := "staff/letters/" + l.Id + "/claims/"
	p.ok(p.ask(nil, http.MethodPost, path+"en", nil), http.StatusUnauthorized, "error.sign_in")
	p.ok(p.ask(p.anna, http.MethodPost, path+"en", nil), http.StatusNotFound, "")
	p.ok(p.ask(p.elsewhere, http.MethodPost, path+"en", nil), http.StatusNotFound, "")
	p.ok(p.ask(p.tara, http.MethodPost, path+"fi", nil), http.StatusForbidden, "")
	p.ok(p.ask(p.tara, http.MethodPost, path+"sv", nil), http.StatusForbidden, "")
	p.ok(p.ask(p.tara, http.MethodDelete, path+"xx", nil), http.StatusNotFound, "")
}
