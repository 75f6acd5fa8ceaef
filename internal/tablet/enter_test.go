package tablet_test

import (
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"
)

func TestTriesOfAPersonAreBounded(t *testing.T) {
	w := newWorld(t)
	right := body{"person": w.teacher.Id, "pin": pin}
	lock := func() {
		for range 5 {
			w.wrong(403, "error.pin_wrong", w.teacher.Id)
		}
		w.coded(429, "error.pin_locked", "Bearer "+w.secret, "POST", v1+"tablet/enter", right)
	}
	lock()
	w.pass(15 * time.Minute)
	lock() // for twice as long
	w.pass(15 * time.Minute)
	w.coded(429, "error.pin_locked", "Bearer "+w.secret, "POST", v1+"tablet/enter", right)
	w.pass(15 * time.Minute)
	for range 4 {
		w.wrong(403, "error.pin_wrong", w.teacher.Id)
	}
	w.enter() // the fifth is right: it locks nothing, and what was wrong is forgotten
	w.wrong(403, "error.pin_wrong", w.teacher.Id)
	w.enter()
	if n := w.noted("lock PIN"); n != 2 {
		t.Errorf("%d locks noted", n)
	}
}

func TestTriesOfATabletAreBounded(t *testing.T) {
	w := newWorld(t)
	w.wrong(403, "error.pin_wrong", "nobodynobodynob")
	for range 18 {
		w.wrong(403, "error.pin_wrong", w.admin.Id) // has no PIN
		w.enter()                                   // a PIN of one's own gives no tries of others' back
	}
	w.enter() // the twentieth is right
	w.wrong(403, "error.pin_wrong", w.admin.Id)
	w.coded(429, "error.pin_locked", "Bearer "+w.secret, "POST", v1+"tablet/enter", body{"person": w.teacher.Id, "pin": pin})
	if n := w.noted("lock tablet"); n != 1 {
		t.Errorf("%d locks noted", n)
	}
	w.pass(15 * time.Minute)
	w.enter()
}

func TestOnlyAPinThatNobodyGuesses(t *testing.T) {
	w := newWorld(t)
	her := apptest.MustToken(t, w.teacher)
	for _, easy := range []string{"", "12345", "1234567", "12345a", "111111", "123456", "890123", "654321", "210987", "121212", "123123", "112233", "454454", "112112", "665544"} {
		a := w.must(400, her, "PUT", v1+"staff/me/pin", body{"pin": easy})
		if a.Get("fields", "pin", "code") != "error.pin_easy" {
			t.Errorf("%q: %s", easy, a.Body)
		}
	}
	w.must(204, her, "PUT", v1+"staff/me/pin", body{"pin": "٧٣٠٥٢٨"})
	w.must(200, "Bearer "+w.secret, "POST", v1+"tablet/enter", body{"person": w.teacher.Id, "pin": "730528"})
}

func TestAPinGoesWithThePassword(t *testing.T) {
	w := newWorld(t)
	token := w.enter()
	teacher, err := w.app.FindRecordById("staff", w.teacher.Id)
	if err != nil {
		t.Fatal(err)
	}
	teacher.SetPassword("sju gula lönnlöv")
	if err := w.app.Save(teacher); err != nil {
		t.Fatal(err)
	}
	w.coded(401, "error.tablet_session", token, "GET", records+"letters/records", nil)
	if a := w.must(200, apptest.MustToken(t, teacher), "GET", v1+"staff/me/pin", nil); a.Get("set") != false {
		t.Error("the PIN is still there")
	}
	w.coded(403, "error.pin_wrong", "Bearer "+w.secret, "POST", v1+"tablet/enter", body{"person": w.teacher.Id, "pin": pin})
}

func TestLeavingEndsPinAndSession(t *testing.T) {
	w := newWorld(t)
	token := w.enter()
	w.must(204, apptest.MustToken(t, w.admin), "POST", v1+"staff/colleagues/"+w.teacher.Id+"/leave", nil)
	w.coded(401, "error.tablet_session", token, "GET", records+"letters/records", nil)
	for _, table := range []string{"staff_pins", "tablet_sessions"} {
		if n, err := w.app.CountRecords(table); err != nil || n != 0 {
			t.Errorf("%s: %d rows, %v", table, n, err)
		}
	}
}

func TestACodeEnrolsOneTablet(t *testing.T) {
	w := newWorld(t)
	root := apptest.MustToken(t, w.admin)
	made := w.must(200, root, "POST", v1+"staff/tablets", body{"name": "Köket", "unit": w.granen.Id})
	if link, _ := made.Get("link").(string); !strings.HasPrefix(link, "https://folje.example/staff/tablet#") {
		t.Errorf("the link is %q", link)
	}
	first := strings.Repeat("A", 42) + "E"
	in := body{"code": made.Get("code"), "secret": first}
	w.must(200, "", "POST", v1+"tablet/enrol", in)
	w.must(200, "", "POST", v1+"tablet/enrol", in) // the answer was lost
	w.coded(404, "error.tablet_code", "", "POST", v1+"tablet/enrol", body{"code": made.Get("code"), "secret": strings.Repeat("A", 42) + "I"})
	w.coded(404, "error.tablet_code", "", "POST", v1+"tablet/enrol", body{"code": "AAAAA-AAAAA", "secret": first})
	late := w.must(200, root, "POST", v1+"staff/tablets", body{"name": "Hallen 2", "unit": w.granen.Id})
	w.pass(time.Hour)
	w.coded(404, "error.tablet_code", "", "POST", v1+"tablet/enrol", body{"code": late.Get("code"), "secret": strings.Repeat("A", 42) + "M"})
	w.must(403, apptest.MustToken(t, apptest.MustStaff(t, w.app, "e@example.org", []string{"editor"}, w.granen)), "GET", v1+"staff/tablets", nil)
	for _, word := range []string{"mark", "secret", "code\""} {
		if a := w.must(200, root, "GET", v1+"staff/tablets", nil); strings.Contains(string(a.Body), word) {
			t.Errorf("the list tells %s: %s", word, a.Body)
		}
	}
}
