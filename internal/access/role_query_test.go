package access

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"folje/internal/apptest"
)

func TestRolesAndUnits(t *testing.T) {
	w := newWorld(t)
	super := apptest.MustRecord(t, w.app, core.CollectionNameSuperusers,
		map[string]any{"email": "super@example.org", "password": apptest.Password})
	for name, c := range map[string]struct {
		auth                                      *core.Record
		staff, admin, edits, translates, in, asks bool
	}{
		"nobody":      {auth: nil},
		"superuser":   {auth: super},
		"a unit":      {auth: w.granen},
		"editor":      {auth: w.editor, staff: true, edits: true, in: true, asks: true},
		"stranger":    {auth: w.stranger, staff: true, edits: true},
		"translator":  {auth: w.translator, staff: true, translates: true, in: true},
		"coordinator": {auth: w.coordinator, staff: true, in: true},
		"admin":       {auth: w.admin, staff: true, admin: true, edits: true, translates: true, in: true, asks: true},
	} {
		got := []bool{
			IsStaff(c.auth), IsAdmin(c.auth), HasRole(c.auth, RoleEditor), HasRole(c.auth, RoleTranslator),
			InUnit(c.auth, w.granen.Id), CanInvite(w.app, c.auth, w.blue),
		}
		for i, want := range []bool{c.staff, c.admin, c.edits, c.translates, c.in, c.asks} {
			if got[i] != want {
				t.Errorf("%s: question %d is %v", name, i, got[i])
			}
		}
		if InUnit(c.auth, "") || CanInvite(w.app, c.auth, nil) {
			t.Errorf("%s is in no unit, or invites to no group", name)
		}
	}
}
