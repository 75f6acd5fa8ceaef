package translation

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"

	"folje/internal/problem"
)

// refused is the status with which a turn was refused, 0 where it was given.
func refused(err error) int {
	var p *problem.Problem
	if errors.As(err, &p) {
		return p.Status
	}
	return 0
}

func TestTurnsAreFewAndOneForEach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(2, 3)
		take := func(who string) func() {
			t.Helper()
			done, err := turns.take(t.Context(), who)
			if err != nil {
				t.Fatal(err)
			}
			return done
		}
		annas := take("anna")
		began := make(chan string, 9)
		later := func(who string) {
			go func() {
				done, err := turns.take(t.Context(), who)
				if err == nil {
					began <- who
					done()
				}
			}()
			synctest.Wait()
		}
		later("anna")
		later("anna")
		if _, err := turns.take(t.Context(), "anna"); refused(err) != http.StatusTooManyRequests {
			t.Errorf("a fourth of hers: %v", err)
		}
		if len(began) != 0 {
			t.Error("two of hers are at work")
		}
		bos := take("bo") // who doesn't wait for anna
		later("clara")
		if len(began) != 0 {
			t.Error("three are at work")
		}
		bos()
		synctest.Wait()
		if len(began) != 1 || <-began != "clara" {
			t.Error("clara had no turn")
		}
		annas()
		synctest.Wait()
		if len(began) != 2 || len(turns.by) != 0 || len(turns.all) != 0 {
			t.Errorf("%d of anna's came, %d are remembered", len(began), len(turns.by))
		}
	})
}

func TestWhoHangsUpTakesNoTurn(t *testing.T) {
	turns := newTurns(1, 3)
	done, err := turns.take(t.Context(), "anna")
	if err != nil {
		t.Fatal(err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	for _, who := range []string{"anna", "bo"} {
		if _, err := turns.take(ended, who); refused(err) != http.StatusServiceUnavailable {
			t.Errorf("%s: %v", who, err)
		}
	}
	done()
	if again, err := turns.take(t.Context(), "bo"); err != nil || len(turns.by) != 1 {
		t.Errorf("%v, %d are remembered", err, len(turns.by))
	} else {
		again()
	}
}
