package message

import (
	"fmt"

	"folje/internal/access"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// title is the message that names an audience's messages.
func title(audience string) string { return "translate.messages." + audience }

// Tasks gives a task for each audience in each of the locales that has messages
// which nobody has found right. Nothing says when they are needed, so that they
// come after what a day is set for. Their readers are all phones that read the
// locale, but nobody's for what staff read. Its title is a message's id.
func (s *Service) Tasks(app core.App, _ *core.Record, locales []string) ([]translation.Task, error) {
	readers, err := readersOf(app)
	if err != nil {
		return nil, err
	}
	var tasks []translation.Task
	for _, tag := range locales {
		c, err := s.catalogs(tag)
		if err != nil {
			return nil, err
		}
		rows, err := rowsIn(app, tag)
		if err != nil {
			return nil, err
		}
		for _, audience := range audiences {
			places, err := c.places(audience, rows)
			if err != nil {
				return nil, err
			}
			t := counted(places)
			t.Collection, t.ID, t.Locale, t.Title, t.Groups = Collection, audience, tag, title(audience), []string{}
			if audience != "staff" {
				t.Readers = readers[tag]
			}
			if t.Open = t.Reviewed < t.Total; t.Open {
				tasks = append(tasks, t)
			}
		}
	}
	return tasks, nil
}

// counted counts the places by state.
func counted(places []place) (t translation.Task) {
	t.Total = len(places)
	for _, p := range places {
		switch p.state() {
		case translation.Missing:
			t.Missing++
		case translation.Machine:
			t.Machine++
		case translation.Draft:
			t.Draft++
		case translation.Reused:
			t.Reused++
		default:
			t.Reviewed++
		}
	}
	return t
}

// readersOf counts the phones by locale, rounded down to whole steps.
func readersOf(app core.App) (map[string]int, error) {
	var found []struct {
		Locale string `db:"locale"`
		N      int    `db:"n"`
	}
	err := app.DB().NewQuery(`SELECT locale, count(*) AS n FROM devices WHERE revoked = '' GROUP BY locale`).All(&found)
	if err != nil {
		return nil, fmt.Errorf("count readers: %w", err)
	}
	readers := map[string]int{}
	for _, f := range found {
		readers[f.Locale] = f.N - f.N%access.CountStep
	}
	return readers, nil
}
