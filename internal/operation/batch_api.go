package operation

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"folje/internal/access"
	"folje/internal/allowance"
	"folje/internal/locale"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// maxBatch is how many operations of a request are looked at; the others stay
// without a verdict, and in the phone's outbox.
const maxBatch = 100

// mostHourly is how many operations a device may send at once, and within an
// hour. A phone that sends again what it did in 30 days needs far fewer.
const mostHourly = 2000

// What unknown devices may ask for in an hour, from one address and in all: each
// secret that nobody has seen costs a line on the disk for good.
const (
	strangersOfAddress = 20
	strangersInAll     = 500
)

// maxBytes is the largest request, in bytes.
const maxBytes = 64 << 10

// Config is what operations need of the program around them.
type Config struct {
	Locales *locale.Bundle
	// Authenticate finds the device that asks (access.Index.Authenticate).
	Authenticate func(*http.Request) (*access.Device, error)
	Kinds        map[string]Kind
	// Epoch names this history of changes, once the program serves; nil asks no
	// phone for it.
	Epoch func() string
	// AddressKey is what requests of unknown devices are counted by; nil is the
	// address that they came from.
	AddressKey func(*http.Request) string
	// Now is the clock; nil is the system's.
	Now func() time.Time
}

// ErrEpoch (409): the phone doesn't know yet that the server was restored. It
// syncs first, which makes its groups known again, and then sends once more.
var ErrEpoch = problem.New(http.StatusConflict, "error.epoch")

// Register binds POST operations: {epoch?, operations: [{op, seq, kind, v, body,
// made}]} → {verdicts: [{op, verdict, code?, message?}]}. An operation without
// a verdict in the answer was not applied and is to be sent again. A phone that
// names another epoch than the server's gets [ErrEpoch]. A signed-in member of
// staff sends with her token instead of a device's secret.
func Register(app core.App, cfg Config) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.AddressKey == nil {
		cfg.AddressKey = func(r *http.Request) string { return r.RemoteAddr }
	}
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeOperations", Func: func(e *core.ServeEvent) error {
		keys, err := access.OpenKeys(e.App)
		if err != nil {
			return err
		}
		f := &feature{
			Config: cfg, ledger: &ledger{kinds: cfg.Kinds, mark: keys.OperationMark}, limit: allowance.NewHourly(mostHourly),
			strangers: allowance.NewHourly(strangersOfAddress), allStrangers: allowance.NewHourly(strangersInAll),
		}
		e.Router.POST("/api/folje/v1/operations", problem.Handle(cfg.Locales, f.answer))
		return e.Next()
	}})
}

type feature struct {
	Config
	ledger *ledger
	limit  *allowance.Hourly

	strangers, allStrangers *allowance.Hourly
}

func (f *feature) answer(e *core.RequestEvent) error {
	by, stranger := f.caller(e)
	epoch, items, err := read(e, by.maxBody())
	if stranger != nil && (err != nil || !shutOut(stranger) && !signedOut(stranger) || !f.forAnyone(items)) {
		return stranger
	}
	if err != nil {
		return err
	}
	if epoch != "" && f.Epoch != nil && epoch != f.Epoch() && !f.forAnyone(items) {
		return ErrEpoch
	}
	if by.nobody() {
		err = f.welcome(e, by, items)
	} else if wait := f.limit.Take(by.name(), max(len(items), 1), f.Now()); wait > 0 {
		err = problem.TooMany("error.too_many_requests", wait)
	}
	if err != nil {
		return err
	}
	b := &batch{feature: f, e: e, by: by}
	verdicts, err := b.apply(items)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, map[string]any{"verdicts": verdicts})
}

// welcome does what operations for anyone do for a device that isn't known.
func (f *feature) welcome(e *core.RequestEvent, by caller, items []item) error {
	if by.hash == "" {
		return nil // nobody can have anything stored
	}
	now := f.Now()
	wait := f.strangers.Take(f.AddressKey(e.Request), 1, now)
	if wait == 0 {
		wait = f.allStrangers.Take("", 1, now)
	}
	if wait > 0 {
		return problem.TooMany("error.too_many_requests", wait)
	}
	return e.App.RunInTransaction(func(tx core.App) error {
		done := map[string]bool{}
		for _, it := range items {
			kind := f.Kinds[it.op.Kind]
			if kind.Strange == nil || done[it.op.Kind] {
				continue
			}
			if err := kind.Strange(tx, by.hash); err != nil {
				return err
			}
			done[it.op.Kind] = true
		}
		return nil
	})
}

// read opens the first [maxBatch] operations of the request, and gives the
// epoch that the phone knows, "" where it names none. A body may have so many
// bytes.
func read(e *core.RequestEvent, most int) (epoch string, items []item, err error) {
	var sent struct {
		Epoch      string            `json:"epoch"`
		Operations []json.RawMessage `json:"operations"`
	}
	if err := problem.Read(e, maxBytes, &sent); err != nil {
		return "", nil, err
	}
	if sent.Operations == nil {
		return "", nil, problem.Request(errors.New("no operations"))
	}
	items = make([]item, min(len(sent.Operations), maxBatch))
	for i := range items {
		items[i] = open(sent.Operations[i], most)
	}
	return sent.Epoch, items, nil
}

// forAnyone reports whether there are operations, and all of them are applied
// for devices that are shut out too.
func (f *feature) forAnyone(items []item) bool {
	for _, it := range items {
		if it.err != nil || !f.Kinds[it.op.Kind].Anyone {
			return false
		}
	}
	return len(items) > 0
}

// shutOut reports whether err says that the device is unknown or revoked.
func shutOut(err error) bool {
	return errors.Is(err, access.ErrDeviceUnknown) || errors.Is(err, access.ErrDeviceRevoked)
}

// signedOut reports whether err says that the member of staff is to sign in
// again.
func signedOut(err error) bool { return errors.Is(err, problem.SignIn()) }

// tooMany reports whether err says that the caller is to come again later.
func tooMany(err error) bool {
	var p *problem.Problem
	return errors.As(err, &p) && p.Status == http.StatusTooManyRequests
}
