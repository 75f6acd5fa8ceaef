// Package problem is how a request is refused: one shape of JSON answer, with
// a code for programs, a sentence for people and a cause for the operator.
//
// A handler returns any error; [Write] turns it into the answer
//
//	{"code": "error.not_member", "message": "…", "fields": {"name": {"code", "message"}}}
//
// in the caller's language. The code is a message id in locales/. The cause
// never leaves the server.
package problem

import (
	"maps"
	"net/http"
	"time"
)

// Problem is an error that knows what the caller is told. Code is a message id
// and Params are its values; a Message that is set is used as it stands.
// Fields holds one entry for each faulty input. RetryAfter, where positive,
// becomes the header Retry-After in whole seconds, rounded up. Extra is merged
// into the answer beside code and message (for example "current", the record a
// conflict was lost to).
type Problem struct {
	Status     int
	Code       string
	Message    string
	Params     map[string]any
	Fields     map[string]Field
	RetryAfter time.Duration
	Extra      map[string]any

	cause error
}

// Field is what one input field is told. Code is a message id and Params are
// its values; a Message that is set is used as it stands.
type Field struct {
	Code    string
	Message string
	Params  map[string]any
}

// Error names the code and the cause, for the operator.
func (p *Problem) Error() string {
	if p.cause == nil {
		return p.Code
	}
	return p.Code + ": " + p.cause.Error()
}

// Unwrap returns the cause, which may be nil.
func (p *Problem) Unwrap() error { return p.cause }

// Is reports whether target is a problem of the same status and code, so that
// errors.Is works with the constructors' values.
func (p *Problem) Is(target error) bool {
	other, ok := target.(*Problem)
	return ok && other.Status == p.Status && other.Code == p.Code
}

// Because returns a copy of p with the cause err. Package-level problems can
// therefore be shared.
func (p *Problem) Because(err error) *Problem {
	c := *p
	c.cause = err
	return &c
}

// With returns a copy of p whose answer also carries name.
func (p *Problem) With(name string, value any) *Problem {
	c := *p
	c.Extra = maps.Clone(p.Extra)
	if c.Extra == nil {
		c.Extra = map[string]any{}
	}
	c.Extra[name] = value
	return &c
}

// New makes a problem of a status and a message id.
func New(status int, code string) *Problem { return &Problem{Status: status, Code: code} }

// Request is 400: the request itself could not be understood.
func Request(cause error) *Problem {
	return New(http.StatusBadRequest, "error.request").Because(cause)
}

// Invalid is 400: the request was understood, and fields say what is wrong.
func Invalid(fields map[string]Field) *Problem {
	p := New(http.StatusBadRequest, "error.invalid")
	p.Fields = fields
	return p
}

// SignIn is 401 for staff: no valid token came with the request.
func SignIn() *Problem { return New(http.StatusUnauthorized, "error.sign_in") }

// Forbidden is 403: the caller is known and may not do this.
func Forbidden() *Problem { return New(http.StatusForbidden, "error.forbidden") }

// NotFound is 404. It is also the answer where the caller may not know that
// the thing exists.
func NotFound() *Problem { return New(http.StatusNotFound, "error.not_found") }

// Conflict is 409: the save was based on an older version. The answer carries
// the newer one as "current".
func Conflict(code string, current any) *Problem {
	return New(http.StatusConflict, code).With("current", current)
}

// TooLarge is 413: the body is over the limit.
func TooLarge() *Problem { return New(http.StatusRequestEntityTooLarge, "error.too_large") }

// TooMany is 429: the caller should try again after the given time.
func TooMany(code string, after time.Duration) *Problem {
	p := New(http.StatusTooManyRequests, code)
	p.RetryAfter = after
	return p
}

// Busy is 503: nothing is wrong with the request, and a repeat may succeed.
func Busy(cause error) *Problem {
	p := New(http.StatusServiceUnavailable, "error.busy").Because(cause)
	p.RetryAfter = 5 * time.Second
	return p
}

// StorageFull is 507: nothing could be written, for want of space most likely.
// Nothing is wrong with the request, and a repeat succeeds when there is space.
func StorageFull(cause error) *Problem {
	p := New(http.StatusInsufficientStorage, "error.storage_full").Because(cause)
	p.RetryAfter = time.Minute
	return p
}

// Internal is 500: a fault of ours. The cause is logged by [Write].
func Internal(cause error) *Problem {
	return New(http.StatusInternalServerError, "error.internal").Because(cause)
}
