package outbox

import "time"

// shares gives how many more each of the lanes may send now, in their order.
// Services that took messages of late share the window evenly; all others have
// one share together. Phones say which hosts there are below the suffixes that
// are allowed, so strangers that don't answer can be many.
func shares(lanes []*lane, now time.Time) []int {
	known, strangers, away := 0, 0, 0
	for _, l := range lanes {
		if l.known {
			known++
			continue
		}
		strangers++
		away += l.flying
	}
	all := known + min(strangers, 1)
	least := baseWindow
	if len(lanes) > 0 {
		least = lanes[0].least
	}
	left := max(least/max(all, 1), 1) - away // the strangers'
	rooms := make([]int, len(lanes))
	for i, l := range lanes {
		if l.known {
			rooms[i] = l.room(now, all)
			continue
		}
		if l.hungry {
			rooms[i] = max(min(l.room(now, all*strangers), left), 0)
			left -= rooms[i]
		}
	}
	return rooms
}

// roomy reports whether any lane may have something that could be sent now.
func roomy(lanes []*lane, now time.Time) bool {
	for i, room := range shares(lanes, now) {
		if lanes[i].hungry && room > 0 {
			return true
		}
	}
	return false
}
