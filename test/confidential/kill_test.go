//go:build unix

package confidential_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"syscall"
	"testing"

	"folje/test/protocol"

	"github.com/google/uuid"
	"github.com/pocketbase/pocketbase/core"
)

var kills = flag.Int("kills", 4, "how often the program is killed")

// senders send the same request at the same time.
const senders = 16

// Sixteen send the same request at once, the program is killed meanwhile, and
// they send it until they have a verdict: it has come once.
func TestARequestComesOnceWhateverHappens(t *testing.T) {
	path, err := protocol.Built()
	if err != nil {
		t.Fatal(err)
	}
	r := newRig(t, "nio blå björkar på vägen", protocol.Variant{Command: []string{path}, Flags: []string{"--trusted-proxy", "127.0.0.1"}})
	text := map[string]string{} // ciphertext → op
	applied, repeated, unanswered := 0, 0, 0
	for n := range *kills {
		sent := body{"op": uuid.NewString(), "to": r.key, "ciphertext": r.seal(r.channel.Recipient(), padded(t, fmt.Sprint("fråga ", n)))}
		text[sent["ciphertext"].(string)] = sent["op"].(string)
		first := r.together(n, sent, rand.IntN(senders/2))
		r.start()
		again := r.together(n, sent, -1)
		for _, v := range []tally{first, again} {
			applied, repeated, unanswered = applied+v["applied"], repeated+v["repeated"], unanswered+v[""]
		}
		if first["applied"]+again["applied"] > 1 || again["applied"]+again["repeated"] != senders {
			t.Errorf("round %d: %v, then %v", n, first, again)
		}
	}
	r.program.End(syscall.SIGKILL)
	r.stored(func(a core.App) {
		all, err := a.FindAllRecords("requests")
		if err != nil || len(all) != *kills {
			t.Errorf("%d requests of %d, %v", len(all), *kills, err)
		}
		for _, one := range all {
			if text[one.GetString("ciphertext")] == "" {
				t.Error("one came twice, or nobody sent it")
			}
			delete(text, one.GetString("ciphertext"))
		}
	})
	t.Logf("%d kills: %d applied, %d repeated, %d without an answer", *kills, applied, repeated, unanswered)
}

// tally counts verdicts; "" is for no answer.
type tally map[string]int

// together has all send the request; after so many answers the program is
// killed, unless that is negative.
func (r *rig) together(round int, sent body, until int) tally {
	var all, killed sync.WaitGroup
	var mu sync.Mutex
	v := tally{}
	answers := make(chan struct{}, senders)
	if until >= 0 {
		program := r.program
		killed.Go(func() {
			for range until {
				<-answers
			}
			program.End(syscall.SIGKILL)
		})
	}
	for i := range senders {
		all.Go(func() {
			verdict := r.send(sent, fmt.Sprintf("10.%d.%d.1", round, i))
			mu.Lock()
			v[verdict]++
			mu.Unlock()
			answers <- struct{}{}
		})
	}
	all.Wait()
	killed.Wait()
	return v
}

// send gives the verdict, "" where none came. Everybody has an address of its
// own, behind a proxy.
func (r *rig) send(sent body, from string) string {
	client := &http.Client{Transport: forwarded{r.client.Transport, from}, Timeout: r.client.Timeout}
	reply, err := r.program.Ask(client, "", "POST", v1+"requests", sent)
	if err != nil {
		return ""
	}
	var got struct{ Op, Verdict string }
	if err := json.Unmarshal(reply.Body, &got); err != nil || got.Op != sent["op"] {
		return fmt.Sprint(reply.Status)
	}
	return got.Verdict
}

// forwarded says for whom it asks.
type forwarded struct {
	http.RoundTripper
	from string
}

func (f forwarded) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("X-Forwarded-For", f.from)
	return f.RoundTripper.RoundTrip(r)
}
