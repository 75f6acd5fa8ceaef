package meeting

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"folje/internal/cell"
	"folje/internal/zone"

	"github.com/pocketbase/pocketbase/core"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// bom tells spreadsheet programs that the file is UTF-8.
const bom = "\uFEFF"

// columns are the messages at the head of the file.
var columns = []string{
	"staff.export.date", "staff.export.starts", "staff.export.ends", "staff.export.place", "staff.export.contact",
	"staff.export.language", "staff.export.mode", "staff.export.families", "staff.export.state", "staff.export.booked_with",
	"staff.export.book_by", "staff.export.cancel_by",
}

// export answers GET …/interpreters.csv: a line for each interpreter, to send
// to whoever books them, in the reader's language and the municipality's time.
// The lines are divided by semicolons, as Swedish spreadsheet programs read
// them.
func (f *feature) export(e *core.RequestEvent) error {
	m, err := f.meeting(e)
	if err != nil {
		return err
	}
	s, err := Summarise(e.App, m)
	if err != nil {
		return err
	}
	tag := f.Locales.FromRequest(e.Request)
	var file bytes.Buffer
	file.WriteString(bom)
	w := csv.NewWriter(&file)
	w.Comma, w.UseCRLF = ';', true
	if err := w.WriteAll(f.lines(tag, m, s.Interpreters)); err != nil {
		return fmt.Errorf("write interpreters: %w", err)
	}
	h := e.Response.Header()
	h.Set("Content-Disposition", `attachment; filename="tolkar-`+local(m.Starts(), time.DateOnly)+`.csv"`)
	h.Set("Content-Language", tag)
	h.Set("Cache-Control", "private, no-store")
	return e.Blob(http.StatusOK, "text/csv; charset=utf-8", file.Bytes())
}

func (f *feature) lines(tag string, m Meeting, all []Interpreter) [][]string {
	head := make([]string, len(columns))
	for i, id := range columns {
		head[i] = f.Locales.Text(tag, id, nil)
	}
	lines := [][]string{head}
	const minute = "2006-01-02 15:04"
	ends := local(m.time("ends"), "15:04")
	if over := m.time("ends"); !over.IsZero() && zone.Day(over) != zone.Day(m.Starts()) {
		ends = local(over, minute)
	}
	for _, i := range all {
		mode, state := "staff.export.mode_"+i.Mode, "staff.export.state_"+i.State
		cells := []string{
			local(m.Starts(), time.DateOnly), local(m.Starts(), "15:04"), ends,
			m.GetString("place"), m.GetString("contact"), languageName(tag, i.Language),
			f.Locales.Text(tag, mode, nil), strconv.Itoa(i.Families),
			f.Locales.Text(tag, state, nil), i.Contact,
			local(m.time("bookBy"), minute), local(m.time("cancelBy"), minute),
		}
		for at, text := range cells {
			cells[at] = cell.Harmless(text)
		}
		lines = append(lines, cells)
	}
	return lines
}

// local writes a time as the clocks in the municipality show it, "" for none.
func local(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone.Stockholm()).Format(layout)
}

// languageName adds its name to a language that was asked for by tag.
func languageName(reader, asked string) string {
	tag, err := language.Parse(asked)
	if err != nil {
		return asked
	}
	in, err := language.Parse(strings.TrimSuffix(reader, "-simple"))
	if err != nil {
		return asked
	}
	namer := display.Languages(in)
	if namer == nil {
		return asked
	}
	if name := namer.Name(tag); name != "" {
		return name + " (" + asked + ")"
	}
	return asked
}
