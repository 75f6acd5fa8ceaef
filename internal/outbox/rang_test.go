package outbox

import (
	"testing"

	"github.com/pocketbase/dbx"
)

// What was on its way when the process died may have arrived, also where it was
// cancelled meanwhile: whoever was told of it perhaps is told that it is gone.
func TestWhatADeadProcessSentMayHaveRung(t *testing.T) {
	w := newWorld(t)
	w.phones(3, service)
	w.add(w.letter("abc"))
	if err := w.look(); err != nil {
		t.Fatal(err)
	}
	if _, err := w.expandSome(noon); err != nil {
		t.Fatal(err)
	}
	w.lane(service).flying = baseWindow - 2 // room for two
	if _, _, err := w.markAndClaim(noon); err != nil {
		t.Fatal(err)
	}
	if err := Cancel(w.app, "abc", noon, "letter"); err != nil {
		t.Fatal(err)
	}
	w.restart()
	w.round()
	var devices []string
	if err := w.app.DB().Select("id").From("devices").Column(&devices); err != nil {
		t.Fatal(err)
	}
	rang, err := Rang(w.app, "abc", devices, "letter")
	if err != nil || len(rang) != 2 {
		t.Errorf("%d of %d may have rung, want 2: %v", len(rang), len(devices), err)
	}
	if n := w.sender.count(); n != 0 {
		t.Errorf("%d messages", n)
	}
	if n, err := w.app.CountRecords(deliveries, dbx.NewExp("lease <> ''")); err != nil || n != 0 {
		t.Errorf("%d are leased still: %v", n, err)
	}
}
