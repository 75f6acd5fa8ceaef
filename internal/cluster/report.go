package cluster

import (
	"io"
	"log/slog"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
)

// reports tells the operator of the connection. The same fault is told once a
// minute: attempts follow each other in tenths of a second.
func reports(faults *faults) []nats.Option {
	log := faults.log
	return []nats.Option{
		nats.ConnectHandler(func(*nats.Conn) { log.Info("connect to nats") }),
		nats.ReconnectHandler(func(*nats.Conn) { log.Info("connect to nats again") }),
		nats.ReconnectErrHandler(func(_ *nats.Conn, err error) { faults.tell("can't connect to nats", err) }),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) { faults.tell("lose the connection to nats", err) }),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { faults.tell("nats reports a fault", err) }),
	}
}

// faults are those that were told lately.
type faults struct {
	log  *slog.Logger
	mu   sync.Mutex
	told map[string]time.Time
}

func newFaults(log *slog.Logger) *faults {
	if log == nil {
		log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	return &faults{log: log, told: map[string]time.Time{}}
}

// How often a fault is told, and how many different ones are remembered.
const (
	silence   = time.Minute
	different = 64
)

func (f *faults) tell(what string, err error) {
	if err == nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	key := what + ": " + err.Error()
	if last, known := f.told[key]; known && time.Since(last) < silence {
		return
	}
	if len(f.told) >= different {
		clear(f.told)
	}
	f.told[key] = time.Now()
	f.log.Warn(what, "error", err)
}
