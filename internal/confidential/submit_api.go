package confidential

import (
	"errors"
	"fmt"
	"net/http"
	"sync"

	"folje/internal/database"
	"folje/internal/operation"
	"folje/internal/problem"

	"github.com/google/uuid"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
)

// How many new requests one address may send at once and within an hour, and
// all of them together. A school's phones share one.
const (
	mostEach = 60
	mostAll  = 2000
)

// maxRequest bounds the body of a request, in bytes.
const maxRequest = 16 << 10

// Why a request is rejected: the key is none of ours, the channel takes none
// now, it isn't what phones make.
var (
	errKey     = problem.New(http.StatusBadRequest, "error.request_key")
	errClosed  = problem.New(http.StatusBadRequest, "error.request_closed")
	errRequest = problem.New(http.StatusBadRequest, "error.request_size")
)

// ledgerName is whose operations requests are in the ledger: no device's id, and
// nobody's.
const ledgerName = "request"

// submission is the body of POST requests.
type submission struct {
	Op         string `json:"op"`
	To         string `json:"to"`
	Ciphertext string `json:"ciphertext"`
}

// bindSubmit binds POST requests {op, to, ciphertext} → {op, verdict, code?,
// message?}. The route looks at no credential, and what fails in it is noted
// without its moment.
func (f *feature) bindSubmit(v1 *router.RouterGroup[*core.RequestEvent]) {
	v1.POST("/requests", func(e *core.RequestEvent) error {
		v, err := f.submit(e)
		if p := problem.From(err); p != nil {
			return problem.Write(e, f.Locales, f.faults.note(p))
		}
		e.Response.Header().Set("Cache-Control", "no-store")
		return e.JSON(http.StatusOK, v)
	}).Unbind(apis.DefaultLoadAuthTokenMiddlewareId, "foljeFailureLog")
}

// submit stores the request, exactly once by its op.
func (f *feature) submit(e *core.RequestEvent) (operation.Verdict, error) {
	var in submission
	if err := problem.Read(e, maxRequest, &in); err != nil {
		return operation.Verdict{}, err
	}
	if id, err := uuid.Parse(in.Op); err != nil || id.String() != in.Op || id.Version() != 4 {
		return operation.Verdict{}, problem.Request(errors.New("op is no UUID of version 4"))
	}
	mark := f.Keys.OperationMark(ledgerName, in.Op)
	v, err := f.receive(e, in, mark)
	if p := problem.From(err); p != nil && (errors.Is(p, errKey) || errors.Is(p, errClosed) || errors.Is(p, errRequest)) {
		tag := f.Locales.Negotiate(e.Request.Header.Get("Accept-Language"))
		v, err = operation.Verdict{Value: operation.Rejected, Code: p.Code, Message: f.Locales.Text(tag, p.Code, nil)}, nil
	}
	v.Op = in.Op
	return v, err
}

// receive gives the verdict of a request that may have come before. A repeat
// costs nothing of the allowance.
func (f *feature) receive(e *core.RequestEvent, in submission, mark string) (v operation.Verdict, err error) {
	known, err := e.App.CountRecords("operations", dbx.HashExp{"mark": mark})
	if err != nil {
		return v, fmt.Errorf("look for the request: %w", err)
	}
	if known == 0 {
		if !isRequest(in.Ciphertext) {
			return v, errRequest
		}
		now := f.Now()
		wait := f.each.Take(f.AddressKey(e.Request), 1, now)
		if wait == 0 {
			wait = f.all.Take("", 1, now)
		}
		if wait > 0 {
			return v, problem.TooMany("error.too_many_requests", wait)
		}
	}
	err = e.App.RunInTransaction(func(tx core.App) error {
		v, err = operation.Once(tx, mark, func() (operation.Verdict, error) {
			return operation.Verdict{Value: operation.Applied}, f.store(tx, in)
		})
		return err
	})
	return v, err
}

// store keeps the request, and that the channel's holders are to be told.
func (f *feature) store(tx core.App, in submission) error {
	key, err := tx.FindRecordById(keys, in.To)
	if err != nil {
		return errKey.Because(err)
	}
	channel, err := tx.FindRecordById(channels, key.GetString("channel"))
	if err != nil {
		return fmt.Errorf("find the key's channel: %w", err)
	}
	if !channel.GetBool("open") {
		return errClosed
	}
	r, err := database.NewRecord(tx, requests)
	if err != nil {
		return err
	}
	r.Load(map[string]any{"key": key.Id, "ciphertext": in.Ciphertext, "arrived": f.minute(), "state": "new"})
	if err := tx.Save(r); err != nil {
		return fmt.Errorf("store a request: %w", err)
	}
	_, err = tx.DB().Update(channels, dbx.Params{"pending": true}, dbx.HashExp{"id": channel.Id}).Execute()
	if err != nil {
		return fmt.Errorf("note that holders are to be told: %w", err)
	}
	return nil
}

// faults counts the server's own faults with requests. The log's lines have
// moments: they are written later, by whoever asks for them.
type faults struct {
	mu    sync.Mutex
	n     int
	cause string
}

// note gives the problem as it is answered, without its cause where that would
// be logged at once.
func (f *faults) note(p *problem.Problem) *problem.Problem {
	if p.Status < http.StatusInternalServerError {
		return p
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n++
	f.cause = p.Error()
	quiet := problem.New(p.Status, p.Code)
	quiet.RetryAfter = p.RetryAfter
	return quiet
}

// take gives the faults since the last time, and the last one's cause.
func (f *faults) take() (n int, cause string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	n, cause = f.n, f.cause
	f.n, f.cause = 0, ""
	return n, cause
}
