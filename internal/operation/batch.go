package operation

import (
	"errors"
	"runtime/debug"

	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// batch applies the operations of one request.
type batch struct {
	*feature
	e  *core.RequestEvent
	by caller
}

// apply applies the operations in turn. One that can't be decided now holds up
// none of the others; where none could be, the request fails. Who is shut
// out on the way is told by the next request.
func (b *batch) apply(items []item) ([]Verdict, error) {
	tag := b.Locales.Negotiate(b.e.Request.Header.Get("Accept-Language"))
	verdicts := make([]Verdict, 0, len(items))
	var failure error
	for _, it := range items {
		v, err := b.decide(it)
		if err != nil {
			failure = err
			if shutOut(err) || signedOut(err) || b.e.Request.Context().Err() != nil {
				break
			}
			if !tooMany(err) {
				b.log(err)
			}
			continue
		}
		if v.Code != "" {
			v.Message = b.Locales.Text(tag, v.Code, nil)
		}
		verdicts = append(verdicts, v)
	}
	if len(verdicts) == 0 && failure != nil {
		return nil, failure
	}
	return verdicts, nil
}

func (b *batch) log(err error) {
	b.e.App.Logger().Error("apply operation", "cause", err.Error())
}

// decide gives one operation's verdict. A kind that panics is a fault of ours
// and must not hold up the operations behind it.
func (b *batch) decide(it item) (v Verdict, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			b.e.App.Logger().Error("recover from panic in operation", "kind", it.op.Kind, "stack", string(debug.Stack()))
			err = problem.Internal(errors.New("an operation panicked"))
		}
	}()
	switch {
	case it.err != nil:
		return Verdict{Op: it.id, Value: Rejected, Code: errMalformed.Code}, nil
	case b.by.nobody():
		return Verdict{Op: it.id, Value: Applied}, nil // see welcome
	}
	v, err = b.ledger.apply(b.e.App, b.by, it.op)
	v.Op = it.id
	return v, err
}
