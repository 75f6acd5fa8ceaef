package backup_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"folje/internal/backup"
)

func stockholm(t *testing.T) *time.Location {
	t.Helper()
	z, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestTwoYearsOfBackupsKeepDaysWeeksAndMonths(t *testing.T) {
	z := stockholm(t)
	first := time.Date(2025, 1, 1, 3, 30, 0, 0, z)
	var kept []time.Time
	most := 0
	for day := range 730 {
		now := first.AddDate(0, 0, day)
		kept = append(kept, now)
		for _, gone := range backup.Expired(kept, now) {
			kept = slices.DeleteFunc(kept, gone.Equal)
		}
		most = max(most, len(kept))
		within := func(from, to time.Time) bool {
			return slices.ContainsFunc(kept, func(k time.Time) bool { return !k.Before(from) && k.Before(to) })
		}
		for back := range min(7, day+1) {
			if at := now.AddDate(0, 0, -back); !within(at, at.Add(time.Minute)) {
				t.Fatalf("day %d: the archive of %d days ago is gone", day, back)
			}
		}
		for back := 1; back <= 4 && back*7 <= day; back++ {
			if from := now.AddDate(0, 0, -7*back-6); !within(from, from.AddDate(0, 0, 13)) {
				t.Fatalf("day %d: nothing of %d weeks ago", day, back)
			}
		}
		for back := 1; back <= 11; back++ {
			month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, z).AddDate(0, -back, 0)
			if !month.Before(first) && !within(month, month.AddDate(0, 1, 0)) {
				t.Fatalf("day %d: nothing of %s", day, month.Format("January 2006"))
			}
		}
	}
	if most > 7+5+12 {
		t.Errorf("%d archives at a time", most)
	}
}

func TestWhateverTheClockSaysTheNewestStay(t *testing.T) {
	now := time.Date(2026, 3, 1, 3, 30, 0, 0, stockholm(t))
	var made []time.Time
	for day := range 30 {
		made = append(made, now.AddDate(-5, 0, day)) // the server was off for years
	}
	expired := backup.Expired(append(slices.Clone(made), now), now)
	if len(expired) != 24 || slices.ContainsFunc(expired, func(e time.Time) bool { return e.After(made[23]) }) {
		t.Errorf("%d expired: %v", len(expired), expired)
	}
	if e := backup.Expired(nil, now); e != nil {
		t.Errorf("of none: %v", e)
	}
	future := []time.Time{now.AddDate(1, 0, 0), now}
	if e := backup.Expired(future, now); len(e) != 0 {
		t.Errorf("of the future: %v", e)
	}
}

func TestOnlyOurOwnArchivesAreRemoved(t *testing.T) {
	w := newTown(t)
	for day := range 20 {
		writeFile(t, filepath.Join(w.to, noon.AddDate(-3, 0, day).Format("folje-20060102T150405Z.tar.gz.age")), "x")
	}
	others := []string{"folje-20200101T120000Z.tar.gz.age.asc", "folje-notes.txt", "folje-2020.tar.gz.age", "holiday.jpg"}
	for _, name := range others {
		writeFile(t, filepath.Join(w.to, name), "x")
	}
	made := w.backup(t, noon)
	if len(made.Removed) != 14 {
		t.Errorf("removed %d: %v", len(made.Removed), made.Removed)
	}
	for _, name := range others {
		if _, err := os.Stat(filepath.Join(w.to, name)); err != nil {
			t.Error(err)
		}
	}
	left, err := backup.List(w.to)
	if err != nil || len(left) != 7 || left[0].Path != made.Path || left[0].Size != made.Size {
		t.Errorf("%v %v", left, err)
	}
}
