package translation

import (
	"fmt"
	"net/http"

	"folje/internal/access"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// resolve answers POST staff/reports/resolve {segment, locale}: readers'
// reports of the sentence in the locale are settled. A translator of the locale
// settles them; those of the original an editor, who can say it more plainly.
// The sentence must be used in a unit of hers. It may be repeated.
func (d *desk) resolve(e *core.RequestEvent) error {
	var in struct {
		Segment string `json:"segment"`
		Locale  string `json:"locale"`
	}
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	info, err := d.known(in.Locale)
	if err != nil {
		return err
	}
	original := info.Tag == sourceLocale && access.HasRole(e.Auth, access.RoleEditor)
	if !original && !canTranslate(e.Auth, info.Tag) {
		return problem.Forbidden()
	}
	ours, err := usedInUnits(e.App, in.Segment, e.Auth)
	if err != nil {
		return err
	}
	if !ours {
		return problem.NotFound()
	}
	if _, err := ResolveReports(e.App, in.Segment, info.Tag); err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

func usedInUnits(app core.App, segment string, staff *core.Record) (bool, error) {
	where := dbx.HashExp{"segment": segment}
	if !access.IsAdmin(staff) {
		units := []any{""} // IN () would be no condition at all
		for _, id := range staff.GetStringSlice("units") {
			units = append(units, id)
		}
		where["unit"] = units
	}
	n, err := app.CountRecords("segment_uses", where)
	if err != nil {
		return false, fmt.Errorf("count the sentence's uses: %w", err)
	}
	return n > 0, nil
}
