package meeting_test

import (
	"fmt"
	"testing"

	"folje/internal/apptest"
)

// A language by its name is the same as by its tag, also where it was booked
// before that was so.
func TestALanguageAndItsTagAreOne(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	for _, language := range []string{"Somaliska", "so", "Soomaali"} {
		p.follow(p.blue).answer(id, 1, wish(language, "phone"))
	}
	for state, language := range map[string]string{"booked": "somaliska", "none_found": "so"} {
		apptest.MustRecord(t, p.app, "interpreter_bookings", map[string]any{"meeting": id, "language": language, "mode": "phone", "state": state})
	}
	want := "[map[contact: families:3 language:so late:0 mode:phone state:booked]]"
	if got := fmt.Sprint(p.interpreters(id)); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	p.book(p.anna, id, "so", "phone", "cancelled", "")
	p.book(p.anna, id, "somali", "phone", "cancelled", "")
	if got := p.interpreters(id); len(got) != 1 || got[0]["state"] != "cancelled" {
		t.Errorf("after it was cancelled: %v", got)
	}
}
