package tablet

import (
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// How many PINs may be wrong, of one person and on one tablet, before nothing
// more is tried for a while. The right PIN forgets a person's wrong ones; the
// tablet's are forgotten by time only, else somebody with a PIN of her own could
// try others' for ever.
const (
	mostOfPerson = 5
	mostOfTablet = 20
	firstLock    = 15 * time.Minute // twice as long each time
	mostDoubled  = 6                // so at most 16 hours
	rest         = 24 * time.Hour   // without a wrong one, and nothing is counted any more
)

// spend takes one try of a person's or a tablet's before it is known whether it
// is right, so that a hundred at once are no way around. It gives how long to
// wait where there is none left, and whether this was the last one. The record
// is to be saved.
func spend(r *core.Record, most int, now time.Time) (wait time.Duration, last bool) {
	if until := r.GetDateTime("until").Time(); now.Before(until) {
		return until.Sub(now), false
	}
	if now.Sub(r.GetDateTime("since").Time()) > rest {
		forget(r)
	}
	r.Set("since", now.UTC())
	if tries := r.GetInt("tries") + 1; tries < most {
		r.Set("tries", tries)
		return 0, false
	}
	strikes := r.GetInt("strikes")
	r.Load(map[string]any{"tries": 0, "strikes": strikes + 1, "until": now.Add(firstLock << min(strikes, mostDoubled)).UTC()})
	return 0, true
}

// giveBack undoes one [spend]: what was tried was right.
func giveBack(r *core.Record, most int) {
	if tries := r.GetInt("tries"); tries > 0 {
		r.Set("tries", tries-1)
		return
	}
	r.Load(map[string]any{"tries": most - 1, "strikes": max(r.GetInt("strikes")-1, 0), "until": ""})
}

// forget forgets what was tried.
func forget(r *core.Record) {
	r.Load(map[string]any{"tries": 0, "strikes": 0, "since": "", "until": ""})
}
