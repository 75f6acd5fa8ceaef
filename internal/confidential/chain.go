package confidential

import (
	"errors"
	"strconv"
	"strings"

	"folje/internal/audit"
	"folje/internal/problem"
)

// tells reports whether a holder of the channels may be told what the row says:
// what happened at them, and that the server was restored.
func tells(r audit.Row, in []string) bool {
	if r.Actor == audit.System && r.Action == audit.Restored {
		return true
	}
	for _, name := range in {
		if r.Subject == name || strings.HasPrefix(r.Subject, name+"/") {
			return true
		}
	}
	return false
}

// seqOf reads the number of a row, 0 for none.
func seqOf(s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0, problem.Request(errors.New("after is no number of a row"))
	}
	return n, nil
}
