package wish_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/apptest"
	"folje/internal/operation"
	"folje/internal/wish"

	"github.com/pocketbase/pocketbase/core"
)

var now = time.Date(2026, 11, 21, 23, 30, 0, 0, time.UTC) // half past midnight in Stockholm

// world is a server with a phone in one of two groups of a unit.
type world struct {
	testing.TB
	app          core.App
	handler      http.Handler
	phone        string // its Authorization
	editor       string
	stranger     string
	group, other *core.Record
	made         int
	now          time.Time
}

func newWorld(t *testing.T) *world {
	app := apptest.New(t)
	w := &world{TB: t, app: app, now: now}
	unit, elsewhere := apptest.MustUnit(t, app, "Granen"), apptest.MustUnit(t, app, "Tallen")
	w.group, w.other = apptest.MustGroup(t, app, unit, "Solen"), apptest.MustGroup(t, app, unit, "Månen")
	w.editor = apptest.MustToken(t, apptest.MustStaff(t, app, "e@example.org", []string{access.RoleEditor}, unit))
	w.stranger = apptest.MustToken(t, apptest.MustStaff(t, app, "s@example.org", []string{access.RoleEditor}, elsewhere))

	secret := base64.RawURLEncoding.EncodeToString([]byte(strings.Repeat("s", 32)))
	hash, err := access.HashSecret(secret)
	if err != nil {
		t.Fatal(err)
	}
	device := apptest.MustRecord(t, app, "devices", map[string]any{
		"id": "aaaaaaaa-0000-4000-8000-000000000000", "secretHash": hash, "locale": "sv", "seen": now})
	apptest.MustRecord(t, app, "memberships", map[string]any{
		"device": device.Id, "group": w.group.Id, "ends": now.AddDate(1, 0, 0)})
	w.phone = "Bearer " + secret

	clock := func() time.Time { return w.now }
	index := access.Register(app, access.Config{Locales: apptest.Locales(t), Now: clock})
	operation.Register(app, operation.Config{
		Locales: apptest.Locales(t), Authenticate: index.Authenticate,
		Kinds: map[string]operation.Kind{"wish": wish.Kind(clock)},
	})
	wish.Register(app, apptest.Locales(t))
	w.handler = apptest.Handler(t, app)
	return w
}

// send sends one wish and gives its verdict and code.
func (w *world) send(group, words string) (verdict, code string) {
	w.Helper()
	w.made++
	return w.sendAgain(group, words)
}

// sendAgain sends the last operation once more.
func (w *world) sendAgain(group, words string) (verdict, code string) {
	w.Helper()
	a := apptest.Ask(w, w.handler, w.phone, http.MethodPost, "/api/folje/v1/operations", map[string]any{
		"operations": []any{map[string]any{
			"op": fmt.Sprintf("bbbbbbbb-0000-4000-8000-%012d", w.made), "seq": w.made, "kind": "wish", "v": 1,
			"body": map[string]any{"group": group, "text": words},
		}},
	})
	if a.Status != http.StatusOK {
		w.Fatalf("%d %s", a.Status, a.Body)
	}
	v := a.JSON["verdicts"].([]any)[0].(map[string]any)
	code, _ = v["code"].(string)
	return v["verdict"].(string), code
}

func (w *world) wishes(authorization string, group *core.Record) apptest.Answer {
	w.Helper()
	return apptest.Ask(w, w.handler, authorization, http.MethodGet, "/api/folje/v1/staff/groups/"+group.Id+"/wishes", nil)
}

func TestWishReachesStaffWithoutItsPhone(t *testing.T) {
	w := newWorld(t)
	if v, _ := w.send(w.group.Id, "  Hur får vi\nbarnen att sova?  "); v != operation.Applied {
		t.Fatal(v)
	}
	all := w.wishes(w.editor, w.group)
	list := all.JSON["wishes"].([]any)
	if len(list) != 1 {
		t.Fatalf("%s", all.Body)
	}
	got := list[0].(map[string]any)
	if got["text"] != "Hur får vi barnen att sova?" || got["day"] != "2026-11-22" || got["state"] != wish.Open || len(got) != 4 {
		t.Errorf("%v", got)
	}
	stored, err := w.app.FindAllRecords("wishes")
	if err != nil {
		t.Fatal(err)
	}
	if raw := fmt.Sprint(stored[0].PublicExport()); strings.Contains(raw, "aaaaaaaa") || strings.Contains(raw, "bbbbbbbb") {
		t.Errorf("a wish knows its phone or its operation: %s", raw)
	}
}

func TestWishIsRefused(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]struct{ group, words, code string }{
		"for a group the phone does not follow": {w.other.Id, "Hej", "error.not_member"},
		"for no group":                          {"", "Hej", "error.not_member"},
		"without words":                         {w.group.Id, " \n\u200b ", "error.wish_empty"},
		"that is too long":                      {w.group.Id, strings.Repeat("å", wish.MaxText+1), "error.wish_too_long"},
	} {
		if v, code := w.send(c.group, c.words); v != operation.Rejected || code != c.code {
			t.Errorf("%s: %s %s", name, v, code)
		}
	}
	if v, _ := w.send(w.group.Id, strings.Repeat("å", wish.MaxText)); v != operation.Applied {
		t.Errorf("the longest: %s", v)
	}
	if n, _ := w.app.CountRecords("wishes"); n != 1 {
		t.Errorf("%d wishes are stored", n)
	}
}

func TestOnlyTheUnitsEditorsReadAndMark(t *testing.T) {
	w := newWorld(t)
	w.send(w.group.Id, "Mer om mat")
	id := w.wishes(w.editor, w.group).JSON["wishes"].([]any)[0].(map[string]any)["id"].(string)
	path := "/api/folje/v1/staff/wishes/" + id
	for who, want := range map[string]int{"": 401, w.phone: 401, w.stranger: 404} {
		if a := w.wishes(who, w.group); a.Status != want {
			t.Errorf("read: %d, not %d", a.Status, want)
		}
		if a := apptest.Ask(t, w.handler, who, http.MethodPost, path, map[string]any{"state": wish.Used}); a.Status != want {
			t.Errorf("mark: %d, not %d", a.Status, want)
		}
	}
	if a := apptest.Ask(t, w.handler, w.editor, http.MethodPost, path, map[string]any{"state": "gone"}); a.Status != 400 {
		t.Errorf("a state there is not: %d", a.Status)
	}
	a := apptest.Ask(t, w.handler, w.editor, http.MethodPost, path, map[string]any{"state": wish.Used})
	if a.Status != 200 || a.JSON["state"] != wish.Used {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	if a := apptest.Ask(t, w.handler, w.editor, http.MethodPost, path+"x", map[string]any{"state": wish.Used}); a.Status != 404 {
		t.Errorf("no such wish: %d", a.Status)
	}
}

// What a phone sends beyond twenty wishes a day is refused; what came to nothing
// doesn't count, and neither does another group's or another day's.
func TestWishesOfADayAreBounded(t *testing.T) {
	w := newWorld(t)
	apptest.MustRecord(t, w.app, "memberships", map[string]any{
		"device": "aaaaaaaa-0000-4000-8000-000000000000", "group": w.other.Id, "ends": now.AddDate(1, 0, 0)})
	fails := true
	w.app.OnRecordCreate("operations").BindFunc(func(e *core.RecordEvent) error {
		if err := e.Next(); err != nil || !fails {
			return err
		}
		return errors.New("the disk is tired")
	})
	for range 25 {
		a := apptest.Ask(w, w.handler, w.phone, http.MethodPost, "/api/folje/v1/operations", map[string]any{
			"operations": []any{map[string]any{"op": "bbbbbbbb-0000-4000-8000-999999999999", "seq": 1, "kind": "wish", "v": 1,
				"body": map[string]any{"group": w.group.Id, "text": "Mer sång"}}}})
		if a.Status < 500 {
			t.Fatalf("%d %s", a.Status, a.Body)
		}
	}
	fails = false
	for i := range 20 {
		if v, code := w.send(w.group.Id, "Mer sång"); v != operation.Applied {
			t.Fatalf("wish %d is %s, %s", i+1, v, code)
		}
		if v, _ := w.sendAgain(w.group.Id, "Mer sång"); v != operation.Repeated {
			t.Fatalf("once more wish %d is %s", i+1, v)
		}
		w.send(w.group.Id, " ")
	}
	if v, code := w.send(w.group.Id, "Mer sång"); v != operation.Rejected || code != "error.wish_many" {
		t.Errorf("one more is %s, %s", v, code)
	}
	if v, code := w.send(w.other.Id, "Mer sång"); v != operation.Applied {
		t.Errorf("one for another group is %s, %s", v, code)
	}
	w.now = w.now.Add(24 * time.Hour)
	if v, code := w.send(w.group.Id, "Mer sång"); v != operation.Applied {
		t.Errorf("one of another day is %s, %s", v, code)
	}
	if n, _ := w.app.CountRecords("wishes"); n != 22 {
		t.Errorf("%d wishes are stored", n)
	}
}
