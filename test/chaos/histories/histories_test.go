// Package histories_test draws many histories of phones and their server:
//
//	go test ./test/chaos/histories -v -count 1 -timeout 2h -histories 2000
package histories_test

import (
	"flag"
	"strconv"
	"testing"

	"folje/test/protocol"

	"pgregory.net/rapid"
)

var histories = flag.Int("histories", 5, "how many histories are drawn")

func TestNoPromiseIsBroken(t *testing.T) {
	for name, value := range map[string]string{"rapid.checks": strconv.Itoa(*histories), "rapid.steps": "24", "rapid.nofailfile": "true"} {
		if err := flag.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	property, tally := protocol.Histories(t, protocol.NoBug)
	rapid.Check(t, property)
	t.Log(tally)
}
