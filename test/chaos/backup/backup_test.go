package backup

import (
	"bytes"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"flag"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "modernc.org/sqlite" // to look into the databases
)

var rounds = flag.Int("rounds", 1, "how many rounds of killing, some seconds each")

func TestKilledBackupsAndRestores(t *testing.T) {
	r := newRig(t)
	var sum tally
	for n := range *rounds {
		round(t, r, n, &sum)
	}
	t.Logf("%d rounds: %d phones acknowledged, %d of them before a backup and all restored; "+
		"%d backups killed; %d restores killed: %d left the old database, %d the new one",
		*rounds, sum.acknowledged, sum.restored, sum.backups, sum.restores, sum.old, sum.restores-sum.old)
}

type tally struct{ acknowledged, restored, backups, restores, old int }

func round(t *testing.T, r *rig, n int, sum *tally) {
	t.Helper()
	r.serve()
	phones := startPhones(r, n)
	phones.wait(t, 60)
	before := len(r.archives())
	if r.killed(250*time.Millisecond, "backup", "--dir", r.dir, "--to", r.to, "--recipient", r.public) {
		sum.backups++
	}
	if whole := len(r.archives()) - before; whole > 1 {
		t.Errorf("round %d: a killed backup left %d archives", n, whole)
	}
	known := phones.list()
	r.run("backup", "--dir", r.dir, "--to", r.to, "--recipient", r.public)
	phones.wait(t, len(known)+30)
	r.kill()
	phones.stop()
	all := phones.list()
	sum.acknowledged, sum.restored = sum.acknowledged+len(all), sum.restored+len(known)

	archives := r.archives()
	newest := archives[len(archives)-1]
	epoch := look(t, r.dir, nil, all)
	restore := []string{"restore", newest, "--dir", r.dir, "--identity", r.key}
	if r.killed(350*time.Millisecond, restore...) {
		sum.restores++
		r.serve() // completes, or has the old one
		r.kill()
		if look(t, r.dir, known, nil) == epoch {
			sum.old++
			look(t, r.dir, nil, all)
		}
	}
	r.run(restore...)
	if look(t, r.dir, known, nil) == epoch {
		t.Errorf("round %d: the restored database has the old epoch", n)
	}
}

// look checks that the database is in order and has the phones that are given
// in either list, and gives its epoch.
func look(t *testing.T, dir string, known, all []string) (epoch string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "data.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var ok string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&ok); err != nil || ok != "ok" {
		t.Fatalf("%s %v", ok, err)
	}
	for _, id := range append(known, all...) {
		var n int
		if err := db.QueryRow("SELECT count(*) FROM devices WHERE id = ?", id).Scan(&n); err != nil || n != 1 {
			t.Fatalf("an acknowledged phone is there %d times: %v", n, err)
		}
	}
	if err := db.QueryRow("SELECT value FROM settings WHERE name = 'epoch'").Scan(&epoch); err != nil {
		t.Fatal(err)
	}
	return epoch
}

// phones are six that register others.
type phones struct {
	mu     sync.Mutex
	ids    []string // acknowledged
	ending atomic.Bool
	all    sync.WaitGroup
	grew   chan struct{}
}

func startPhones(r *rig, round int) *phones {
	p := &phones{grew: make(chan struct{}, 1)}
	at := r.at
	for w := range 6 {
		p.all.Go(func() {
			for i := 0; !p.ending.Load(); i++ {
				id := fmt.Sprintf("%08x-%04x-4000-8000-%012x", round, w, i)
				if register(at, id, fmt.Sprintf("10.%d.%d.%d", w, i/250, i%250)) {
					p.add(id)
				}
			}
		})
	}
	return p
}

func (p *phones) add(id string) {
	p.mu.Lock()
	p.ids = append(p.ids, id)
	p.mu.Unlock()
	select {
	case p.grew <- struct{}{}:
	default:
	}
}

func (p *phones) list() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.ids...)
}

// wait returns when so many are acknowledged.
func (p *phones) wait(t *testing.T, n int) {
	t.Helper()
	patience := time.After(time.Minute)
	for len(p.list()) < n {
		select {
		case <-p.grew:
		case <-patience:
			t.Fatalf("%d of %d phones after a minute", len(p.list()), n)
		}
	}
}

func (p *phones) stop() {
	p.ending.Store(true)
	p.all.Wait()
}

// register reports whether the server acknowledged the phone.
func register(at, id, from string) bool {
	secret := make([]byte, 32)
	rand.Read(secret) // never fails
	body := fmt.Sprintf(`{"secret":%q,"locale":"sv"}`, base64.RawURLEncoding.EncodeToString(secret))
	req, err := http.NewRequest(http.MethodPut, "http://"+at+"/api/folje/v1/devices/"+id, bytes.NewReader([]byte(body)))
	if err != nil {
		return false
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Forwarded-For", from)
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	return answer.StatusCode < 300 && strings.HasPrefix(answer.Header.Get("Content-Type"), "application/json")
}
