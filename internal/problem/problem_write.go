package problem

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
)

// Messages says a message id in a locale. *locale.Bundle is one.
type Messages interface {
	Negotiate(acceptLanguage string) string
	Text(locale, id string, params map[string]any) string
	TextCount(locale, id string, n float64, params map[string]any) string
}

// Write answers the request with the problem in err, in the language the
// request asks for, and logs the cause where the fault is ours (500 and up),
// with the route's pattern and nothing of the caller. It returns nil once the
// answer is written, so that a handler can end with
//
//	return problem.Write(e, bundle, err)
//
// A nil err writes nothing.
func Write(e *core.RequestEvent, b Messages, err error) error {
	p := From(err)
	if p == nil {
		return nil
	}
	logCause(e, p)
	tag := b.Negotiate(e.Request.Header.Get("Accept-Language"))
	answer, err := json.Marshal(p.body(b, tag))
	if err != nil {
		return err
	}
	h := e.Response.Header()
	h.Set("Content-Language", tag)
	h.Set("Cache-Control", "no-store")
	if p.RetryAfter > 0 {
		h.Set("Retry-After", seconds(p.RetryAfter))
	}
	return e.Blob(p.Status, "application/json", answer)
}

// Handle wraps a handler so that the error it returns is written as a problem.
func Handle(b Messages, handler func(*core.RequestEvent) error) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		return Write(e, b, handler(e))
	}
}

// API turns err into PocketBase's own shape of error,
// {status, message, data: {field: {code, message}}}, for hooks on the record
// API. Extra (such as "current") is put into data. Nil stays nil.
func API(e *core.RequestEvent, b Messages, err error) error {
	p := From(err)
	if p == nil {
		return nil
	}
	logCause(e, p)
	tag := b.Negotiate(e.Request.Header.Get("Accept-Language"))
	data := map[string]any{}
	for name, f := range p.Fields {
		data[name] = f.body(b, tag)
	}
	for name, value := range p.Extra {
		data[name] = value
	}
	return &router.ApiError{Status: p.Status, Message: p.message(b, tag), Data: data}
}

func logCause(e *core.RequestEvent, p *Problem) {
	if p.Status < http.StatusInternalServerError || p.cause == nil {
		return
	}
	if e.Request.Context().Err() != nil {
		return // the caller is gone, and with it the request's work
	}
	e.App.Logger().Error("answer request", "route", e.Request.Pattern, "code", p.Code, "cause", p.cause.Error())
}

func (p *Problem) body(b Messages, tag string) map[string]any {
	out := map[string]any{}
	for name, value := range p.Extra {
		out[name] = value
	}
	out["code"] = p.Code
	out["message"] = p.message(b, tag)
	if len(p.Fields) > 0 {
		fields := map[string]any{}
		for name, f := range p.Fields {
			fields[name] = f.body(b, tag)
		}
		out["fields"] = fields
	}
	return out
}

func (p *Problem) message(b Messages, tag string) string {
	return say(b, tag, p.Code, p.Message, p.Params)
}

func (f Field) body(b Messages, tag string) map[string]any {
	return map[string]any{"code": f.Code, "message": say(b, tag, f.Code, f.Message, f.Params)}
}

// say prefers the ready message, then the plural form where Params counts
// something, then the plain text.
func say(b Messages, tag, code, message string, params map[string]any) string {
	if message != "" {
		return message
	}
	if n, ok := params["Count"].(int); ok {
		return b.TextCount(tag, code, float64(n), params)
	}
	return b.Text(tag, code, params)
}

func seconds(d time.Duration) string {
	return strconv.Itoa(int((d + time.Second - 1) / time.Second))
}
