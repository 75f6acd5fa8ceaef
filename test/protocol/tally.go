package protocol

import (
	"fmt"
	"strings"
)

// Tally is how often things happened.
type Tally struct {
	Histories, Operations, Applied, Repeated, Late, Rejected, Resent int
	Deaths, Crashes, Restores, Erasures                              int
	Faults                                                           [crash + 1]int
}

func (t *Tally) add(h *history) {
	t.Histories++
	t.Crashes += h.server.crashes
	t.Restores += h.server.restores
	for f, n := range h.net.happened {
		t.Faults[f] += n
	}
	for _, p := range h.phones {
		t.Operations += len(p.wrote)
		t.Deaths += p.deaths
		t.Erasures += p.erasures
		for _, all := range p.disk.verdicts {
			for _, v := range all {
				t.count(v)
			}
		}
	}
}

func (t *Tally) count(v heard) {
	switch v.verdict {
	case "applied":
		t.Applied++
	case "repeated":
		t.Repeated++
	case "late":
		t.Late++
	case "rejected":
		t.Rejected++
	}
	if v.resent {
		t.Resent++
	}
}

// String says it in a sentence.
func (t *Tally) String() string {
	var faults []string
	for f, n := range t.Faults {
		if fault(f) != fine {
			faults = append(faults, fmt.Sprintf("%d %s", n, fault(f)))
		}
	}
	return fmt.Sprintf("%d histories, %d operations; verdicts: %d applied, %d repeated, %d late, %d rejected, of which %d to a restored server; "+
		"%d deaths of phones, %d of the server, %d restores, %d erasures; requests: %s",
		t.Histories, t.Operations, t.Applied, t.Repeated, t.Late, t.Rejected, t.Resent, t.Deaths, t.Crashes, t.Restores, t.Erasures, strings.Join(faults, ", "))
}
