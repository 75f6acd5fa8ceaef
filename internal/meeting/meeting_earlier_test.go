package meeting_test

import (
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/meeting"

	"github.com/pocketbase/dbx"
)

func TestEarlierMeetingsGetTheirSegments(t *testing.T) {
	app := apptest.New(t)
	unit := apptest.MustUnit(t, app, "Granen")
	// Saved while no hook was bound, as by an earlier version.
	m := apptest.MustMeeting(t, app, time.Now().Add(48*time.Hour), apptest.MustGroup(t, app, unit, "Solen"))
	uses := func() int64 {
		n, err := app.CountRecords("segment_uses", dbx.HashExp{"record": m.Id})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if uses() != 0 {
		t.Fatal("the meeting is not an earlier one")
	}
	meeting.Register(app, meeting.Config{Locales: apptest.Locales(t), Now: time.Now})
	apptest.Handler(t, app)
	if uses() != 1 {
		t.Errorf("%d uses after the start", uses())
	}
}
