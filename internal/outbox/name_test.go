package outbox

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"

	"folje/internal/push"

	"github.com/pocketbase/pocketbase/core"
)

// logged is an app whose log is kept.
type logged struct {
	core.App
	log bytes.Buffer
}

func (a *logged) Logger() *slog.Logger { return slog.New(slog.NewTextHandler(&a.log, nil)) }

// Any phone may make up a host below a suffix that is allowed; what it chose
// is not written into the log unless the service proved to be one.
func TestTheLogNamesOnlyServicesThatTookSomething(t *testing.T) {
	const madeUp = "https://call-me-now.push.apple.com"
	for _, known := range []bool{false, true} {
		w := newWorld(t)
		w.phones(10, madeUp)
		if known {
			w.add(w.letter("before"))
			w.round()
		}
		kept := &logged{App: w.app}
		w.Dispatcher.app, w.Dispatcher.cfg.Rule = kept, push.DefaultServices().Rule
		w.sender.answer = func(context.Context, sending) push.Answer { return push.Answer{Outcome: push.Failed, Status: 500} }
		w.add(w.letter("after"))
		w.round()
		text := kept.log.String()
		if !strings.Contains(text, "push service does not answer") || !strings.Contains(text, "push.apple.com") {
			t.Errorf("known %v: the log says %q", known, text)
		}
		if strings.Contains(text, "call-me-now") != known {
			t.Errorf("known %v: the log names the service as in %q", known, text)
		}
	}
}
