package operation_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"folje/internal/apptest"

	"github.com/pocketbase/pocketbase/core"
)

func note(text, then string) op { return make1("note", map[string]any{"text": text, "then": then}) }

// colleague is a member of staff with the token of her page.
type colleague struct {
	*core.Record
	token string
}

func (w *world) colleague(email string) colleague {
	w.Helper()
	r := apptest.MustStaff(w, w.app, email, []string{"translator"})
	return colleague{r, apptest.MustToken(w, r)}
}

func (w *world) sendAs(c colleague, ops ...op) answer {
	w.Helper()
	raw, err := json.Marshal(map[string]any{"operations": ops})
	if err != nil {
		w.Fatal(err)
	}
	return w.postAs(c.token, raw)
}

func TestAnOperationOfStaffIsAppliedOncePerAccount(t *testing.T) {
	w := newWorld(t)
	tara, sofi := w.colleague("tara@example.org"), w.colleague("sofi@example.org")
	o := note("en", "")
	w.expect(w.sendAs(tara, o), "applied")
	w.expect(w.sendAs(tara, o, o), "repeated repeated") // the first answer was lost
	tara.token = apptest.MustToken(t, tara.Record)      // she signed in again
	w.expect(w.sendAs(tara, o), "repeated")
	w.wishes(2)
	w.expect(w.sendAs(sofi, o), "applied")
	w.expect(w.send(w.phone(), o.with("kind", "pair")), "applied")
	w.wishes(6)
}

func TestManyPagesAtOnceApplyAnOperationOfStaffOnce(t *testing.T) {
	w := newWorld(t)
	tara, o := w.colleague("tara@example.org"), note("en", "")
	said := make([]string, 8)
	var all sync.WaitGroup
	for i := range said {
		all.Go(func() { said[i] = w.sendAs(tara, o).said() })
	}
	all.Wait()
	slices.Sort(said)
	if want := append([]string{"applied"}, slices.Repeat([]string{"repeated"}, len(said)-1)...); !slices.Equal(said, want) {
		t.Errorf("%v", said)
	}
	w.wishes(2)
}

func TestPhonesAndStaffHaveKindsOfTheirOwn(t *testing.T) {
	w := newWorld(t)
	tara := w.colleague("tara@example.org")
	w.expect(w.sendAs(tara, pair("en", ""), make1("leave", map[string]any{"group": w.group.Id}), make1("erase", map[string]any{})),
		"rejected:error.operation_newer rejected:error.operation_newer rejected:error.operation_newer")
	w.expect(w.send(w.phone(), note("en", "")), "rejected:error.operation_newer")
	w.wishes(0)
	if len(w.noted) > 0 {
		t.Errorf("erased: %v", w.noted)
	}
}

func TestARejectionOfStaffIsEnteredAndRolledBack(t *testing.T) {
	w := newWorld(t)
	tara, o := w.colleague("tara@example.org"), note("nej", "reject")
	w.expect(w.sendAs(tara, o, note("ja", "")), "rejected:error.not_member applied")
	w.expect(w.sendAs(tara, o), "rejected:error.not_member")
	w.wishes(2)
}

func TestWhoIsSignedOutGetsNoVerdict(t *testing.T) {
	w := newWorld(t)
	tara := w.colleague("tara@example.org")
	o := note("en", "")
	fresh, err := w.app.FindRecordById("staff", tara.Id)
	if err != nil {
		t.Fatal(err)
	}
	fresh.RefreshTokenKey()
	if err := w.app.Save(fresh); err != nil {
		t.Fatal(err)
	}
	w.refused(w.sendAs(tara, o), http.StatusUnauthorized, "error.sign_in")
	w.expect(w.sendAs(tara, make1("erase", map[string]any{})), "applied") // as for everybody: there is nothing to erase
	if err := w.app.Delete(fresh); err != nil {
		t.Fatal(err)
	}
	w.refused(w.sendAs(tara, o), http.StatusUnauthorized, "error.sign_in")
	w.wishes(0)
	if n := w.count("operations"); n != 0 {
		t.Errorf("%d operations are entered", n)
	}
}

// What she may do is asked for as it is in the transaction.
func TestStaffAreAskedForAsTheyAreNow(t *testing.T) {
	w := newWorld(t)
	tara := w.colleague("tara@example.org")
	fresh, err := w.app.FindRecordById("staff", tara.Id)
	if err != nil {
		t.Fatal(err)
	}
	fresh.Set("locales", []string{"fi"})
	if err := w.app.Save(fresh); err != nil {
		t.Fatal(err)
	}
	w.expect(w.sendAs(tara, note("en", "")), "applied")
	if len(w.did) != 1 || !slices.Equal(w.did[0], []string{"fi"}) {
		t.Errorf("as of %v", w.did)
	}
}

func TestStaffMayWriteLongerTexts(t *testing.T) {
	w := newWorld(t)
	long := strings.Repeat("ه", 4000)
	w.expect(w.sendAs(w.colleague("tara@example.org"), note("en", "").with("body", map[string]any{"text": "en", "more": long})), "applied")
	w.expect(w.sendAs(w.colleague("sofi@example.org"), note("en", "").with("body", map[string]any{"more": strings.Repeat("ه", 11000)})),
		"rejected:error.operation_malformed")
	w.expect(w.send(w.phone(), pair("en", "").with("body", map[string]any{"text": "en", "more": long})), "rejected:error.operation_malformed")
	w.wishes(2)
}
