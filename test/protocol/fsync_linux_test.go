package protocol

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// traced are the system calls that write, and those that wait for the disk.
const traced = "trace=write,writev,sendto,sendmsg,pwrite64,pwritev,fsync,fdatasync"

// order is what a trace says of acknowledgements: how many answers were
// written, how often the database's log was brought to the disk, and which
// answers went out while something of it was not there yet.
type order struct {
	answers, syncs int
	early          []string
}

var (
	call    = regexp.MustCompile(`^\d+ +(\w+)\(\d+<([^>]*)>(.*)$`)
	resumed = regexp.MustCompile(`^(\d+) +<\.\.\. (fsync|fdatasync) resumed>.*= 0`)
	began   = regexp.MustCompile(`^(\d+) +(?:fsync|fdatasync)\(\d+<([^>]*)> <unfinished`)
)

const wal = "/data.db-wal"

// readOrder reads strace's lines (-f -y). A write counts from its beginning, a
// sync from its end.
func readOrder(trace io.Reader) (order, error) {
	var o order
	dirty, since := false, 0
	waiting := map[string]bool{} // threads that wait for the log
	synced := func() { dirty, since, o.syncs = false, since+1, o.syncs+1 }
	lines := bufio.NewScanner(trace)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		if m := began.FindStringSubmatch(line); m != nil {
			waiting[m[1]] = strings.HasSuffix(m[2], wal)
			continue
		}
		if m := resumed.FindStringSubmatch(line); m != nil {
			if waiting[m[1]] {
				synced()
			}
			continue
		}
		m := call.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		switch name, file, rest := m[1], m[2], m[3]; {
		case name == "fsync" || name == "fdatasync":
			if strings.HasSuffix(file, wal) && strings.HasSuffix(rest, "= 0") {
				synced()
			}
		case strings.HasSuffix(file, wal):
			dirty = true
		case strings.Contains(rest, "HTTP/1.1 200 OK") && strings.Contains(rest, `verdicts`):
			o.answers++
			if dirty || since == 0 {
				o.early = append(o.early, line)
			}
			since = 0
		}
	}
	return o, lines.Err()
}

// Both orders, as strace shows them: in the second the answer overtakes.
func TestAnEarlyAnswerIsFound(t *testing.T) {
	const (
		write  = `71 pwrite64(7</d/data.db-wal>, "..."..., 4096, 32) = 4096` + "\n"
		sync   = `71 fdatasync(7</d/data.db-wal>) = 0` + "\n"
		begin  = `71 fsync(7</d/data.db-wal> <unfinished ...>` + "\n"
		end    = `71 <... fsync resumed>)              = 0` + "\n"
		other  = `72 fsync(9</d/auxiliary.db-wal>) = 0` + "\n"
		answer = `72 write(8<socket:[1]>, "HTTP/1.1 200 OK\r\n...{\"verdicts\":[]}", 300) = 300` + "\n"
	)
	for trace, early := range map[string]int{
		write + sync + answer: 0, write + begin + end + answer: 0, write + write + sync + sync + other + answer: 0,
		write + answer + sync: 1, write + begin + answer + end: 1, write + sync + write + answer: 1, write + other + answer: 1,
		answer: 1, write + sync + answer + answer: 1,
	} {
		o, err := readOrder(strings.NewReader(trace))
		if err != nil || len(o.early) != early {
			t.Errorf("%d early, %v, want %d in\n%s", len(o.early), err, early, trace)
		}
	}
}

func TestNoAnswerBeforeItsCommitIsOnTheDisk(t *testing.T) {
	if err := exec.Command("strace", "-f", "-o", os.DevNull, "true").Run(); err != nil {
		t.Skipf("system calls can't be traced here (install strace): %v", err)
	}
	folder := t.TempDir()
	dir, trace := filepath.Join(folder, "data"), filepath.Join(folder, "trace")
	town, err := Found(dir, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	p := Run(t, dir, FreeAddress(t), "strace", "-f", "-y", "-s", "2000", "-e", traced, "-o", trace)
	applied := traffic(t, p, town)
	p.End(syscall.SIGTERM)
	f, err := os.Open(trace)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	o, err := readOrder(f)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d operations applied in %d answers, the log brought to the disk %d times, %d answers early",
		applied, o.answers, o.syncs, len(o.early))
	if o.answers != 31 || o.syncs < applied {
		t.Errorf("%d answers, %d syncs for %d operations: the trace misses some", o.answers, o.syncs, applied)
	}
	for _, line := range o.early {
		t.Errorf("an answer before its commit was on the disk: %.300s", line)
	}
}

// traffic registers phones and sends thirty operations one by one, and ten at
// once; it gives how many were applied. A phone may wish for twenty things a day.
func traffic(t *testing.T, p *Program, town Town) (applied int) {
	t.Helper()
	ask := func(authorization, method, path string, body any) Reply {
		r, err := p.Ask(http.DefaultClient, authorization, method, path, body)
		if err != nil || r.Status != http.StatusOK {
			t.Fatalf("%s %s: %d %s %v", method, path, r.Status, r.Body, err)
		}
		return r
	}
	register := func() Identity {
		phone := NewIdentity()
		ask("", http.MethodPut, API+"devices/"+phone.ID, map[string]any{"secret": phone.Secret, "locale": "sv", "code": town.Codes[0]})
		return phone
	}
	phones := []Identity{register(), register()}
	send := func(phone Identity, n int) {
		var ops []map[string]any
		for i := range n {
			ops = append(ops, wish(town.Groups[0], fmt.Sprintf("%d av %d", i, n)))
		}
		r := ask("Bearer "+phone.Secret, http.MethodPost, API+"operations", map[string]any{"operations": ops})
		applied += strings.Count(string(r.Body), `"applied"`)
	}
	for i := range 30 {
		send(phones[i/20], 1)
	}
	send(phones[1], 10)
	if applied != 40 {
		t.Errorf("%d applied, want 40", applied)
	}
	return applied
}
