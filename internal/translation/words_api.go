package translation

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"folje/internal/access"
	"folje/internal/cell"
	"folje/internal/pattern"
	"folje/internal/problem"
	"folje/internal/zone"

	"github.com/pocketbase/pocketbase/core"
)

// bom tells spreadsheet programs that the file is UTF-8.
const bom = "\uFEFF"

var monthName = pattern.Of(`^20\d\d-(0[1-9]|1[0-2])$`)

// columns are the messages at the head of the file.
var columns = []string{
	"staff.export.translator", "staff.export.locale", "staff.export.texts", "staff.export.words", "staff.export.reviewed_words",
}

// words answers GET staff/words/{yyyy-mm}: what was translated and reviewed in
// the month, a line for each translator and language. Administrators get
// everybody's, a translator her own. The lines are divided by semicolons, as
// Swedish spreadsheet programs read them.
func (d *desk) words(e *core.RequestEvent) error {
	if !access.HasRole(e.Auth, access.RoleTranslator) {
		return problem.Forbidden()
	}
	name := e.Request.PathValue("month")
	if !monthName.MatchString(name) {
		return problem.NotFound()
	}
	month, err := time.ParseInLocation("2006-01", name, zone.Stockholm())
	if err != nil {
		return problem.NotFound().Because(err)
	}
	whose := e.Auth.Id
	if access.IsAdmin(e.Auth) {
		whose = ""
	}
	all, err := WordsIn(e.App, month, whose)
	if err != nil {
		return err
	}
	tag := d.Locales.FromRequest(e.Request)
	var file bytes.Buffer
	file.WriteString(bom)
	w := csv.NewWriter(&file)
	w.Comma, w.UseCRLF = ';', true
	if err := w.WriteAll(d.lines(tag, all)); err != nil {
		return fmt.Errorf("write the month's words: %w", err)
	}
	h := e.Response.Header()
	h.Set("Content-Disposition", `attachment; filename="oversattning-`+name+`.csv"`)
	h.Set("Content-Language", tag)
	h.Set("Cache-Control", "private, no-store")
	return e.Blob(http.StatusOK, "text/csv; charset=utf-8", file.Bytes())
}

func (d *desk) lines(tag string, all []WordsOf) [][]string {
	head := make([]string, len(columns))
	for i, id := range columns {
		head[i] = d.Locales.Text(tag, id, nil)
	}
	lines := [][]string{head}
	for _, w := range all {
		name := w.Locale
		if info, ok := d.Locales.Find(w.Locale); ok {
			name = info.Name + " (" + w.Locale + ")"
		}
		lines = append(lines, []string{
			cell.Harmless(w.Name), cell.Harmless(name), strconv.Itoa(w.Texts), strconv.Itoa(w.Words), strconv.Itoa(w.Reviewed)})
	}
	return lines
}
