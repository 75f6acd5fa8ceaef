package operation

import (
	"encoding/json"
	"errors"
	"net/http"
	"runtime/debug"

	"folje/internal/access"
	"folje/internal/locale"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// maxBatch is how many operations of a request are looked at; the others stay
// without a verdict, and in the phone's outbox.
const maxBatch = 100

// maxBytes is the largest request, in bytes.
const maxBytes = 64 << 10

// Config is what operations need of the program around them.
type Config struct {
	Locales *locale.Bundle
	// Authenticate finds the device that asks (access.Index.Authenticate).
	Authenticate func(*http.Request) (*access.Device, error)
	Kinds        map[string]Kind
}

// Register binds POST operations: {operations: [{op, seq, kind, v, body,
// made}]} → {verdicts: [{op, verdict, code?, message?}]}. An operation without
// a verdict in the answer was not applied and is to be sent again.
func Register(app core.App, cfg Config) {
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeOperations", Func: func(e *core.ServeEvent) error {
		keys, err := access.OpenKeys(e.App)
		if err != nil {
			return err
		}
		f := &feature{cfg, &ledger{kinds: cfg.Kinds, mark: keys.OperationMark}}
		e.Router.POST("/api/folje/v1/operations", problem.Handle(cfg.Locales, f.answer))
		return e.Next()
	}})
}

type feature struct {
	Config
	ledger *ledger
}

func (f *feature) answer(e *core.RequestEvent) error {
	device, err := f.Authenticate(e.Request)
	if err != nil {
		return err
	}
	var batch struct {
		Operations []json.RawMessage `json:"operations"`
	}
	if err := problem.Read(e, maxBytes, &batch); err != nil {
		return err
	}
	if batch.Operations == nil {
		return problem.Request(errors.New("no operations"))
	}
	verdicts, err := f.verdicts(e, *device, batch.Operations[:min(len(batch.Operations), maxBatch)])
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, map[string]any{"verdicts": verdicts})
}

// verdicts applies the operations in turn. One that can't be decided now holds
// up none of the others; where none can, the request fails.
func (f *feature) verdicts(e *core.RequestEvent, device access.Device, raw []json.RawMessage) ([]Verdict, error) {
	tag := f.Locales.Negotiate(e.Request.Header.Get("Accept-Language"))
	verdicts := make([]Verdict, 0, len(raw))
	var failure error
	for _, r := range raw {
		v, err := f.decide(e, device, r)
		if errors.Is(err, access.ErrDeviceUnknown) || errors.Is(err, access.ErrDeviceRevoked) || e.Request.Context().Err() != nil {
			return nil, err
		}
		if err != nil {
			failure = err
			e.App.Logger().Error("apply operation", "cause", err.Error())
			continue
		}
		if v.Code != "" {
			v.Message = f.Locales.Text(tag, v.Code, nil)
		}
		verdicts = append(verdicts, v)
	}
	if len(verdicts) == 0 && failure != nil {
		return nil, failure
	}
	return verdicts, nil
}

// decide gives one operation's verdict. A kind that panics is a fault of ours
// and must not hold up the operations behind it.
func (f *feature) decide(e *core.RequestEvent, device access.Device, raw json.RawMessage) (v Verdict, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			e.App.Logger().Error("recover from panic in operation", "stack", string(debug.Stack()))
			err = problem.Internal(errors.New("an operation panicked"))
		}
	}()
	op, id, err := open(raw)
	if err != nil {
		return Verdict{Op: id, Value: Rejected, Code: errMalformed.Code}, nil
	}
	v, err = f.ledger.apply(e.App, device, op)
	v.Op = op.ID
	return v, err
}
