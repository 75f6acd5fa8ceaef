package push

import (
	"maps"
	"testing"

	"folje/internal/apptest"
)

func TestWhoLeftFollowsNoMore(t *testing.T) {
	w := newWorld(t)
	other := apptest.MustGroup(t, w.app, apptest.MustUnit(t, w.app, "Linden"), "Ekorren")
	stays, both, ended, gone := w.phone(), w.phone(), w.phone(), w.phone()
	w.follow(both, other, w.now.AddDate(1, 0, 0))
	for p, ends := range map[owner]bool{ended: true, gone: false} {
		m, err := w.app.FindFirstRecordByData("memberships", "device", p.id)
		if err != nil {
			t.Fatal(err)
		}
		if ends {
			w.set("memberships", m.Id, map[string]any{"ends": w.now})
		} else if err := w.app.Delete(m); err != nil {
			t.Fatal(err)
		}
	}
	all := []string{stays.id, both.id, ended.id, gone.id, "none"}
	for name, c := range map[string]struct {
		groups []string
		want   map[string]bool
	}{
		"the group":   {[]string{w.group.Id}, map[string]bool{stays.id: true, both.id: true}},
		"both groups": {[]string{w.group.Id, other.Id}, map[string]bool{stays.id: true, both.id: true}},
		"the other":   {[]string{other.Id}, map[string]bool{both.id: true}},
		"none":        {nil, map[string]bool{}},
	} {
		got, err := Following(w.app, c.groups, all, w.now)
		if err != nil || !maps.Equal(got, c.want) {
			t.Errorf("%s: %v %v, want %v", name, got, err, c.want)
		}
	}
}
