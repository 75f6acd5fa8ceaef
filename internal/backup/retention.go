package backup

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"folje/internal/folder"
)

// Archive is one archive in a folder.
type Archive struct {
	Path string
	Made time.Time // as its name says, in UTC, to the second
	Size int64     // in bytes
}

const (
	prefix, suffix  = "folje-", ".tar.gz.age"
	stamp           = "20060102T150405Z"
	temporarySuffix = ".new"
)

func archiveName(made time.Time) string { return prefix + made.UTC().Format(stamp) + suffix }

// archiveTime reads an archive's name; a file of another name is not ours.
func archiveTime(name string) (made time.Time, ok bool) {
	middle, ok := strings.CutPrefix(name, prefix)
	if !ok {
		return time.Time{}, false
	}
	if middle, ok = strings.CutSuffix(middle, suffix); !ok {
		return time.Time{}, false
	}
	made, err := time.Parse(stamp, middle)
	return made, err == nil
}

// List gives the archives in the folder, newest first.
func List(to string) ([]Archive, error) {
	entries, err := os.ReadDir(to)
	if err != nil {
		return nil, fmt.Errorf("list the archives: %w", err)
	}
	var archives []Archive
	for _, e := range entries {
		made, ok := archiveTime(e.Name())
		if !ok || !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, fmt.Errorf("look at an archive: %w", err)
		}
		archives = append(archives, Archive{filepath.Join(to, e.Name()), made, info.Size()})
	}
	slices.SortFunc(archives, func(a, b Archive) int { return b.Made.Compare(a.Made) })
	return archives, nil
}

// How long archives are kept, counted with the calendar from now.
const (
	keepDays   = 7  // every archive of the last seven days,
	keepWeeks  = 5  // the last one of each ISO week for five weeks,
	keepMonths = 12 // the last one of each month for twelve months,
	keepAtAll  = 7  // and the seven newest, however old they are.
)

// Expired gives those of the times, at which archives were made, that are not
// to be kept any longer: see the constants. The newest is always kept, and so
// is what lies in the future (a clock was wrong). Days, weeks and months are
// those of now's zone.
func Expired(made []time.Time, now time.Time) []time.Time {
	newest := slices.Clone(made)
	slices.SortFunc(newest, func(a, b time.Time) int { return b.Compare(a) })
	day, week, month := now.AddDate(0, 0, -keepDays), now.AddDate(0, 0, -7*keepWeeks), now.AddDate(0, -keepMonths, 0)
	seen := map[string]bool{}
	var expired []time.Time
	for i, t := range newest {
		local := t.In(now.Location())
		year, number := local.ISOWeek()
		thisWeek, thisMonth := fmt.Sprintf("%d week %d", year, number), local.Format("2006-01")
		lastOfWeek, lastOfMonth := !seen[thisWeek], !seen[thisMonth]
		seen[thisWeek], seen[thisMonth] = true, true
		switch {
		case i < keepAtAll, t.After(day), lastOfWeek && t.After(week), lastOfMonth && t.After(month):
		default:
			expired = append(expired, t)
		}
	}
	return expired
}

// prune removes what [Expired] names. Files of other names stay.
func prune(to string, now time.Time) (removed []string, err error) {
	archives, err := List(to)
	if err != nil {
		return nil, err
	}
	made := make([]time.Time, len(archives))
	for i, a := range archives {
		made[i] = a.Made
	}
	for _, t := range Expired(made, now) {
		path := filepath.Join(to, archiveName(t))
		if failed := os.Remove(path); failed != nil {
			err = errors.Join(err, fmt.Errorf("remove an archive: %w", failed))
			continue
		}
		removed = append(removed, path)
	}
	return removed, errors.Join(err, folder.Sync(to))
}
