package access

import (
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"folje/internal/apptest"
)

func TestTheIndexChangesOnlyAfterACommit(t *testing.T) {
	w := newWorld(t)
	p := w.joined(w.code(w.blue))
	undone := errors.New("undone")
	err := w.app.RunInTransaction(func(tx core.App) error {
		record, err := tx.FindRecordById("devices", p.id)
		if err != nil {
			return err
		}
		record.Set("revoked", w.now)
		if err := errors.Join(tx.Save(record), LeaveGroup(tx, p.id, w.blue.Id)); err != nil {
			return err
		}
		if d, _ := w.index.Find(p.secret); d.Revoked || !d.In(w.blue.Id, w.now) {
			t.Error("the index ran ahead of the commit")
		}
		return undone
	})
	if !errors.Is(err, undone) {
		t.Fatal(err)
	}
	if d, _ := w.index.Find(p.secret); d.Revoked || !d.In(w.blue.Id, w.now) {
		t.Error("the index kept what was rolled back")
	}
}

func TestTheIndexIsFilledWhenServingStarts(t *testing.T) {
	w := newWorld(t)
	p := w.joined(w.code(w.blue), w.code(w.red))
	before, _ := w.index.Find(p.secret)
	restarted := newIndex(w.index.now)
	if _, err := newAPI(w.app, Config{Keys: w.keys, Locales: apptest.Locales(t)}.withDefaults(), restarted); err != nil {
		t.Fatal(err)
	}
	after, ok := restarted.Find(p.secret)
	if !ok || fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("%v\nbefore %v", after, before)
	}
}

func TestADeletedPhoneIsForgotten(t *testing.T) {
	w := newWorld(t)
	code := w.code(w.blue)
	p := w.joined(code)
	record, err := w.app.FindRecordById("devices", p.id)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.app.Delete(record); err != nil {
		t.Fatal(err)
	}
	w.expect(w.phone(p, http.MethodGet, "devices/me/groups", ""), http.StatusUnauthorized, "error.device_unknown")
	if w.index.Len() != 0 || w.count("memberships") != 0 {
		t.Errorf("%d in the index, %d memberships", w.index.Len(), w.count("memberships"))
	}
	w.expectGroups(w.register(p, code), "Blåsippan") // with the id and secret it has
}

func TestANewSecretReplacesTheOldOne(t *testing.T) {
	w := newWorld(t)
	p, q := w.joined(""), newPhone()
	record, err := w.app.FindRecordById("devices", p.id)
	if err != nil {
		t.Fatal(err)
	}
	hash, _ := HashSecret(q.secret)
	record.Set("secretHash", hash)
	if err := w.app.Save(record); err != nil {
		t.Fatal(err)
	}
	if _, ok := w.index.Find(p.secret); ok {
		t.Error("the old secret still works")
	}
	if d, ok := w.index.Find(q.secret); !ok || d.ID != p.id {
		t.Error("the new secret does not work")
	}
}

// Phones join and leave at once while others are let in: at the end the index
// says what a fresh one would say.
func TestTheIndexIsTrueAfterChangesAtOnce(t *testing.T) {
	w := newWorld(t)
	code := w.code(w.blue)
	phones := make([]*phone, 8)
	for i := range phones {
		phones[i] = w.joined(code)
	}
	var wg sync.WaitGroup
	for i, p := range phones {
		for n := range 3 {
			wg.Go(func() {
				if (i+n)%2 == 0 {
					w.phone(p, http.MethodDelete, "devices/me/groups/"+w.blue.Id, "")
					return
				}
				w.join(p, code)
			})
		}
	}
	wg.Wait()
	fresh := newIndex(w.index.now)
	if err := fresh.rebuild(w.app); err != nil {
		t.Fatal(err)
	}
	for _, p := range phones {
		is, _ := w.index.Find(p.secret)
		should, _ := fresh.Find(p.secret)
		if fmt.Sprint(is) != fmt.Sprint(should) {
			t.Errorf("index %v\ndatabase %v", is, should)
		}
	}
}

func BenchmarkAuthenticate(b *testing.B) {
	w := newWorld(b)
	p := w.joined(w.code(w.blue))
	r, _ := http.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("Authorization", "Bearer "+p.secret)
	for b.Loop() {
		if _, err := w.index.Authenticate(r); err != nil {
			b.Fatal(err)
		}
	}
}
