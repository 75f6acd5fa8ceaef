package letter_test

import (
	"net/http"
	"testing"

	"folje/internal/apptest"
)

// A group may be given to another unit after the draft was saved; what is
// published to it then is the other unit's to say.
func TestGroupThatLeftTheUnitGetsNoMoreOfItsLetters(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	p.blue.Set("unit", apptest.MustUnit(t, p.app, "Ängen").Id)
	if err := p.app.Save(p.blue); err != nil {
		t.Fatal(err)
	}
	a := p.publish(id, base)
	if a.Status != http.StatusBadRequest || a.Get("fields", "groups", "code") != "error.other_unit" {
		t.Errorf("publish: %d %s", a.Status, a.Body)
	}
	if got := letters(p.feed(p.blue.Id, "")); len(got) != 0 {
		t.Errorf("the feed has %v", got)
	}
}
