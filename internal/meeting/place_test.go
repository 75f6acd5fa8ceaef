package meeting_test

import (
	"net/http"
	"testing"

	"folje/internal/apptest"
	"folje/internal/meeting"
)

// The place goes to phones as it stands, so what turns text round or can't be
// seen is taken out before.
func TestPlaceIsStoredAsItIsSeen(t *testing.T) {
	app := apptest.New(t)
	meeting.Register(app, apptest.Locales(t))
	unit := apptest.MustUnit(t, app, "Backen")
	group := apptest.MustGroup(t, app, unit, "Tallen")
	token := apptest.MustToken(t, apptest.MustStaff(t, app, "anna@example.org", []string{"editor"}, unit))
	h := apptest.Handler(t, app)
	body := map[string]any{
		"kind": "qpm", "unit": unit.Id, "groups": []string{group.Id}, "starts": "2026-11-12 17:00:00Z",
		"place": "Stora\x00 salen,\u202e \n vån 2\u2066",
	}
	a := apptest.Ask(t, h, token, http.MethodPost, "/api/collections/meetings/records", body)
	if a.Status != http.StatusOK || a.JSON["place"] != "Stora salen, vån 2" {
		t.Fatalf("create: %d %s", a.Status, a.Body)
	}
	id := a.JSON["id"].(string)
	a = apptest.Ask(t, h, token, http.MethodPatch, "/api/collections/meetings/records/"+id, map[string]any{"place": "\u202eGården "})
	if a.Status != http.StatusOK || a.JSON["place"] != "Gården" {
		t.Errorf("change: %d %s", a.Status, a.Body)
	}
}
