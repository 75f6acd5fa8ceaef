package wish

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"sync"

	"github.com/pocketbase/pocketbase/core"
)

// mostDaily is how many wishes of a group one phone may send on a day.
const mostDaily = 20

// mostRemembered bounds how many phones are counted at once. Beyond, counting
// begins anew.
const mostRemembered = 100_000

// daily counts wishes by phone and group for the day that is, in memory only:
// what is stored of a wish does not know its phone. Phones are known by
// a hash under a key that ends with the program.
type daily struct {
	key []byte

	mu  sync.Mutex
	day string
	by  map[caller]int
}

// caller stands for a phone and a group.
type caller [16]byte

func newDaily() *daily {
	d := &daily{key: make([]byte, sha256.Size), by: map[caller]int{}}
	rand.Read(d.key)
	return d
}

// within does what adds a wish, where the phone may; one that comes to nothing,
// now or with its transaction, doesn't count.
func (d *daily) within(tx core.App, device, group, day string, add func() error) error {
	who := d.caller(device, group)
	if !d.take(who, day) {
		return errMany
	}
	if err := add(); err != nil {
		d.giveBack(who, day)
		return err
	}
	if info := tx.TxInfo(); info != nil {
		info.OnComplete(func(err error) error {
			if err != nil {
				d.giveBack(who, day)
			}
			return nil
		})
	}
	return nil
}

func (d *daily) caller(device, group string) (who caller) {
	mac := hmac.New(sha256.New, d.key)
	mac.Write([]byte(device + " " + group))
	copy(who[:], mac.Sum(nil))
	return who
}

func (d *daily) take(who caller, day string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.day != day || len(d.by) >= mostRemembered {
		d.day = day
		clear(d.by)
	}
	if d.by[who] >= mostDaily {
		return false
	}
	d.by[who]++
	return true
}

func (d *daily) giveBack(who caller, day string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.day == day && d.by[who] > 0 {
		d.by[who]--
	}
}
