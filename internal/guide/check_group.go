package guide

import (
	"slices"
	"strings"
	"time"

	"folje/internal/pattern"
	"folje/internal/text"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

func checkWorry(app core.App, r, stored *core.Record, fields faults) error {
	c := &checker{app: app, r: r, faults: fields}
	if err := c.key(stored); err != nil {
		return err
	}
	c.line("title", text.MaxTitle, true)
	c.line("synonyms", maxSynonyms, false)
	c.number("order", 1_000_000)
	for _, field := range []string{"title", "synonyms"} {
		if err := c.names(field, r.GetString(field)); err != nil {
			return err
		}
	}
	ids := r.GetStringSlice("guide")
	found, err := app.FindRecordsByIds(entries, ids)
	if err != nil {
		return err
	}
	if len(found) != len(ids) || len(ids) > maxRelated {
		c.faults.add("guide", "error.field_invalid", nil)
	}
	return nil
}

var clock = pattern.Of(`^(?:[01][0-9]|2[0-3]):[0-5][0-9]$`)

func checkGroup(app core.App, r, _ *core.Record, fields faults) error {
	c := &checker{app: app, r: r, faults: fields}
	c.line("title", text.MaxTitle, true)
	c.line("period", maxName, false)
	c.ages()
	c.number("weekday", 7)
	c.number("places", 1000)
	c.length("information", r.GetString("information"), text.MaxBlock)
	c.markup("information", r.GetString("information"))
	c.times()
	c.publish()
	for _, field := range []string{"title", "information"} {
		if err := c.names(field, r.GetString(field)); err != nil {
			return err
		}
	}
	e, err := findEntry(app, r.GetString("entry"))
	if err == nil && e == nil {
		c.faults.add("entry", choice(r.GetString("entry")), nil)
	}
	return err
}

// times checks the days of the term and the times of the day.
func (c *checker) times() {
	for _, field := range []string{"from", "to"} {
		if day := c.r.GetString(field); day != "" && !isDay(day) {
			c.faults.add(field, "error.guide_day", nil)
		}
	}
	for _, field := range []string{"starts", "ends"} {
		if at := c.r.GetString(field); at != "" && !clock.MatchString(at) {
			c.faults.add(field, "error.guide_time", nil)
		}
	}
	if from, to := c.r.GetString("from"), c.r.GetString("to"); from != "" && to != "" && from > to {
		c.faults.add("to", "error.guide_ends", nil)
	}
	if starts, ends := c.r.GetString("starts"), c.r.GetString("ends"); starts != "" && ends != "" && starts >= ends {
		c.faults.add("ends", "error.guide_ends", nil)
	}
}

func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// publish checks what of the group is published, in one order and each once.
func (c *checker) publish() {
	wanted := decode[string](c, "publish", 3)
	if wanted == nil {
		return
	}
	publish := []string{}
	for _, name := range []string{Weekday, Time, Places} {
		if slices.Contains(wanted, name) {
			publish = append(publish, name)
		}
	}
	if len(publish) != len(wanted) {
		c.faults.add("publish", "error.field_invalid", nil)
	}
	c.r.Set("publish", publish)
}

func hashOfKey(key string) dbx.Expression { return dbx.HashExp{"key": strings.TrimSpace(key)} }
