package natsd

import (
	"fmt"
	"io"
	"log/slog"
)

// words hands what NATS says to the program's log.
type words struct {
	log        *slog.Logger
	faultsOnly bool          // the program's log is about letters, not about streams
	failed     chan<- string // why it can't start or go on
}

func (w *words) to() *slog.Logger {
	if w.log == nil {
		return slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	return w.log
}

func (w *words) Noticef(format string, v ...any) {
	if w.faultsOnly {
		return
	}
	w.to().Info("nats says", "words", fmt.Sprintf(format, v...))
}
func (w *words) Warnf(format string, v ...any) {
	w.to().Warn("nats warns", "words", fmt.Sprintf(format, v...))
}
func (w *words) Errorf(format string, v ...any) {
	w.to().Error("nats reports a fault", "words", fmt.Sprintf(format, v...))
}

// Fatalf gets what NATS would end its own process for.
func (w *words) Fatalf(format string, v ...any) {
	why := fmt.Sprintf(format, v...)
	w.to().Error("nats can't go on", "words", why)
	select {
	case w.failed <- why:
	default:
	}
}

func (*words) Debugf(string, ...any) {}
func (*words) Tracef(string, ...any) {}
