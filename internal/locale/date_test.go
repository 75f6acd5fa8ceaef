package locale_test

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"folje/internal/locale"
)

// dateVector is one moment as a locale says it. The browser's tests read the
// same file.
type dateVector struct {
	Locale string
	At     time.Time
	Now    time.Time
	Style  locale.Style
	Want   string
}

func dateVectors(t *testing.T) []dateVector {
	t.Helper()
	raw, err := os.ReadFile("testdata/dates.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []dateVector
	if err := json.Unmarshal(raw, &vectors); err != nil {
		t.Fatal(err)
	}
	return vectors
}

func TestDates(t *testing.T) {
	b, err := locale.Load(os.DirFS(root + "/locales"))
	if err != nil {
		t.Fatal(err)
	}
	tried := map[string]bool{}
	for _, v := range dateVectors(t) {
		tried[v.Locale] = true
		if got := b.Date(v.Locale, v.At, v.Style, v.Now); got != v.Want {
			t.Errorf("%s, %s of %s: %q, want %q", v.Locale, v.Style, v.At, got, v.Want)
		}
	}
	for _, info := range b.Locales() {
		if !tried[info.Tag] {
			t.Errorf("no dates are tried in %s", info.Tag)
		}
	}
}

// Two months or two weekdays of one name would be one date for two days.
func TestNamesOfDaysAndMonthsDiffer(t *testing.T) {
	b, err := locale.Load(os.DirFS(root + "/locales"))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	for _, info := range b.Locales() {
		for _, style := range []locale.Style{locale.DayMonth, locale.ShortDay, locale.WeekdayDay} {
			said := map[string]time.Time{}
			for day := now; day.Year() == now.Year(); day = day.AddDate(0, 0, 1) {
				text := b.Date(info.Tag, day, style, now)
				if other, twice := said[text]; twice {
					t.Errorf("%s: %s is both %s and %s", info.Tag, text, other.Format(time.DateOnly), day.Format(time.DateOnly))
				}
				said[text] = day
			}
		}
	}
}
