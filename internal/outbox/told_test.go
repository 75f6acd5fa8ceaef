package outbox

import "testing"

func TestEachEndIsTold(t *testing.T) {
	told := map[string]int{}
	d := &Dispatcher{cfg: Config{Told: func(result string) { told[result]++ }}}
	d.count([]outcome{{state: "sent"}, {state: "sent"}, {state: "waiting"}, {state: "waiting", unsent: true}, {state: "expired", unsent: true}})
	if told["sent"] != 2 || told["later"] != 1 || told["expired"] != 1 || len(told) != 3 {
		t.Errorf("told %v", told)
	}
}
