package push

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"
)

func mustOpen(t *testing.T, dir string) *VAPID {
	t.Helper()
	v, err := OpenVAPID(dir)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestKeyIsMadeOnceAndForItsOwnerAlone(t *testing.T) {
	dir := t.TempDir()
	if _, err := ReadVAPID(dir); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("%v", err)
	}
	first := mustOpen(t, dir)
	info, err := os.Stat(VAPIDFile(dir))
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	if again := mustOpen(t, dir); again.Current() != first.Current() {
		t.Error("the second start has another key")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "keys", "*")); len(left) != 1 {
		t.Errorf("files left: %v", left)
	}
	k := first.Current()
	public, err := base64.RawURLEncoding.DecodeString(k.Public)
	if err != nil || len(public) != 65 || public[0] != 4 || k.Replaced != "" {
		t.Errorf("%+v", k)
	}
	private, ok := first.Find(k.ID)
	if own, err := private.PublicKey.Bytes(); !ok || err != nil || string(own) != string(public) {
		t.Error("the halves don't belong together")
	}
}

func TestRotationKeepsTheOldKeyAlive(t *testing.T) {
	dir := t.TempDir()
	v := mustOpen(t, dir)
	old := v.Current()
	made, err := v.Rotate(start)
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range map[string]*VAPID{"at once": v, "after a restart": mustOpen(t, dir)} {
		keys := v.Keys()
		if v.Current() != made || len(keys) != 2 || keys[1].ID != old.ID || keys[1].Replaced != "2026-11-22" {
			t.Errorf("%s: %+v", name, keys)
		}
		for _, public := range []string{old.Public, made.Public, made.Public + "="} {
			if _, ok := v.Alive(public); !ok {
				t.Errorf("%s: %s is not alive", name, public)
			}
		}
		if _, ok := v.Find(old.ID); !ok {
			t.Errorf("%s: nothing can be signed with the old key", name)
		}
	}
}

func TestKeyIsRetiredWhenNobodyUsesItAndAMonthIsOver(t *testing.T) {
	dir := t.TempDir()
	v := mustOpen(t, dir)
	old := v.Current().ID
	if _, err := v.Rotate(start); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		days    int
		used    bool
		dropped int
	}{{0, false, 0}, {29, false, 0}, {30, true, 0}, {400, true, 0}, {30, false, 1}, {400, false, 0}} {
		dropped, err := v.Retire(func(id string) bool { return c.used && id == old }, start.AddDate(0, 0, c.days))
		if err != nil || len(dropped) != c.dropped {
			t.Errorf("%+v: %v %v", c, dropped, err)
		}
	}
	if _, ok := mustOpen(t, dir).Find(old); ok {
		t.Error("it is back after a restart")
	}
}

func TestTopicKeyIsTheFolders(t *testing.T) {
	dir := t.TempDir()
	one, err := mustOpen(t, dir).TopicKey()
	again, errAgain := mustOpen(t, dir).TopicKey()
	other, errOther := mustOpen(t, t.TempDir()).TopicKey()
	if errors.Join(err, errAgain, errOther) != nil || len(one) != 32 || string(one) != string(again) || string(one) == string(other) {
		t.Error("not one key for each folder")
	}
}

func TestFailedRotationChangesNothing(t *testing.T) {
	dir := t.TempDir()
	v := mustOpen(t, dir)
	before := v.Current()
	if err := os.RemoveAll(filepath.Dir(VAPIDFile(dir))); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Rotate(start); err == nil {
		t.Error("a key that was not kept is told to phones")
	}
	if v.Current() != before || len(v.Keys()) != 1 || v.Keys()[0].Replaced != "" {
		t.Errorf("%+v", v.Keys())
	}
}

func TestKeyInUseIsTheOneOfTheSubscription(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	old := w.vapid.Current()
	before := w.subscribe(p, google+"before")
	made, err := w.vapid.Rotate(w.now)
	if err != nil {
		t.Fatal(err)
	}
	w.expect(w.put(p, w.subscribed(google+"again").with("key", old.Public)), 204) // not told of the new key yet
	after := w.subscribe(p, google+"after")
	if before.GetString("key") != old.ID || after.GetString("key") != made.ID || w.reach() != 3 {
		t.Errorf("%v %v, %d reached", before, after, w.reach())
	}
}

func TestPhoneIsToldOfItsKeyOnlyWhenThatIsDead(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	in := w.subscribed(google + "a")
	w.expect(w.put(p, in), 204)
	if _, err := w.vapid.Rotate(w.now); err != nil {
		t.Fatal(err)
	}
	for _, days := range []int{1, 31, 60, 119} { // heard of at each, so in use at each
		w.now = start.AddDate(0, 0, days)
		w.tidy()
		w.expect(w.put(p, in), 204)
	}
	w.now = w.now.AddDate(0, 0, silence+1)
	w.tidy()
	w.refused(w.put(p, in), 409, "error.push_key")
	if len(w.vapid.Keys()) != 1 {
		t.Errorf("%v", w.vapid.Keys())
	}
	if r := w.row(google + "a"); r.GetString("reason") != ReasonKeyLost {
		t.Errorf("%v", r)
	}
	for _, key := range []any{"", "no key", strings.Repeat("A", 87)} {
		w.refused(w.put(p, in.with("key", key)), 409, "error.push_key")
	}
	w.expect(w.put(p, w.subscribed(google+"a")), 204)
}

func (w *world) tidy() {
	w.Helper()
	if err := Tidy(w.app, w.vapid, w.now); err != nil {
		w.Fatal(err)
	}
}

func TestLostKeysEndSubscriptionsUntilTheyAreBack(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	w.subscribe(p, google+"a")
	gone := w.subscribe(p, google+"gone").Id
	if err := End(w.app, gone, ReasonGone, w.now); err != nil {
		t.Fatal(err)
	}
	ours := w.vapid
	w.vapid = mustOpen(t, t.TempDir()) // as OpenVAPID gives it where the file is missing
	w.tidy()
	if r := w.row(google + "a"); w.reach() != 0 || r.GetString("reason") != ReasonKeyLost || r.GetString("ended") != "2026-11-22" {
		t.Errorf("%v", r)
	}
	w.vapid = ours // out of a backup
	w.tidy()
	if r := w.row(google + "a"); w.reach() != 1 || r.GetString("reason") != "" {
		t.Errorf("%v", r)
	}
	if r := w.row(google + "gone"); r.GetString("reason") != ReasonGone {
		t.Errorf("%v", r)
	}
}

func TestWhatEndedAMonthAgoIsDeleted(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	id := w.subscribe(p, google+"a").Id
	w.subscribe(p, google+"b")
	if err := End(w.app, id, ReasonGone, w.now); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct{ days, rows int }{{30, 2}, {31, 1}, {400, 1}} {
		w.now = start.AddDate(0, 0, step.days)
		w.tidy()
		if n := w.rows(); n != step.rows {
			t.Errorf("after %d days %d rows, want %d", step.days, n, step.rows)
		}
	}
}

// What is not tidied at the start is tidied at night.
func TestServerStartsThoughKeysCannotBeWritten(t *testing.T) {
	app, dir := apptest.New(t), t.TempDir()
	v := mustOpen(t, dir)
	if _, err := v.Rotate(start.AddDate(-1, 0, 0)); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Dir(VAPIDFile(dir))); err != nil {
		t.Fatal(err)
	}
	if err := Tidy(app, v, start); err == nil || len(v.Keys()) != 2 {
		t.Fatalf("a key that is still in the file was forgotten: %v", err)
	}
	Register(app, Config{Locales: apptest.Locales(t), VAPID: v, Now: func() time.Time { return start }})
	apptest.Handler(t, app) // fails where serving does
}
