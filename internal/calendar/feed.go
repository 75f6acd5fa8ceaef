package calendar

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"folje/internal/access"
	"folje/internal/zone"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// months is how far back the feed reaches, as the phones' own feeds do.
const months = 13

// read answers GET calendar/{capability}.ics. Its ETag is the content's, so
// that a calendar program's many visits cost nothing on the wire.
func (f *feature) read(e *core.RequestEvent) error {
	device, locale, err := f.reader(e.App, e.Request.PathValue("file"))
	if err != nil {
		return err
	}
	now := f.Now()
	groups, err := access.FindGroups(e.App, device, now)
	if err != nil {
		return err
	}
	meetings, err := published(e.App, groups, now.In(zone.Stockholm()).AddDate(0, -months, 0))
	if err != nil {
		return err
	}
	file, err := f.file(locale, meetings)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(file)
	h := e.Response.Header()
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", `"`+hex.EncodeToString(sum[:16])+`"`)
	http.ServeContent(e.Response, e.Request, "", time.Time{}, bytes.NewReader(file))
	return nil
}

// published are the groups' meetings that parents were invited to, cancelled
// ones too, and that were not over at since, in the order of their times.
func published(app core.App, groups []access.Group, since time.Time) ([]*core.Record, error) {
	if len(groups) == 0 {
		return nil, nil
	}
	ids, units := make([]string, len(groups)), make([]any, len(groups))
	for i, g := range groups {
		ids[i], units[i] = g.ID, g.Unit.ID
	}
	asked, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("encode the groups: %w", err)
	}
	var found []*core.Record
	err = app.RecordQuery("meetings").
		Where(dbx.In("unit", units...)). // an index; the groups of a meeting are its unit's
		AndWhere(dbx.NewExp("[[published]] != ''")).
		AndWhere(dbx.NewExp("MAX([[ends]], [[starts]]) >= {:since}", dbx.Params{"since": stamp(since)})).
		AndWhere(dbx.NewExp("EXISTS (SELECT 1 FROM json_each([[meetings.groups]]) {{g}} "+
			"JOIN json_each({:groups}) {{a}} ON [[a.value]] = [[g.value]])", dbx.Params{"groups": string(asked)})).
		OrderBy("starts", "id").
		All(&found)
	if err != nil {
		return nil, fmt.Errorf("find the groups' meetings: %w", err)
	}
	return found, nil
}

// stamp is a time as the database has it.
func stamp(t time.Time) string { return t.UTC().Format(types.DefaultDateLayout) }
