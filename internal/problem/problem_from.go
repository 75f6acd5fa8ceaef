package problem

import (
	"context"
	"database/sql"
	"errors"
	"net/http"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/tools/router"
)

// From finds the problem in err, or makes one: a refused body, a missing row,
// PocketBase's own errors and failed validations become what they are, a full
// disk [StorageFull], a passed deadline or a database that others hold [Busy],
// and everything else [Internal]. A nil err gives nil.
func From(err error) *Problem {
	var p *Problem
	var api *router.ApiError
	var invalid validation.Errors
	var tooLarge *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &p):
		return p
	case unwritable(err):
		return StorageFull(err)
	case locked(err):
		return Busy(err)
	case errors.As(err, &tooLarge):
		return TooLarge().Because(err)
	case errors.As(err, &invalid):
		return fromValidation(invalid).Because(err)
	case errors.As(err, &api):
		return fromAPI(api)
	case errors.Is(err, sql.ErrNoRows):
		return NotFound().Because(err)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return Busy(err)
	}
	return Internal(err)
}

// fromValidation says which fields are wrong. PocketBase's own sentences are
// in English and for developers, so they stay in the cause.
func fromValidation(errs validation.Errors) *Problem {
	fields := make(map[string]Field, len(errs))
	for name, err := range errs {
		fields[name] = Field{Code: fieldCode(err)}
	}
	return Invalid(fields)
}

func fieldCode(err error) string {
	var item validation.Error
	if errors.As(err, &item) && item.Code() == validation.ErrRequired.Code() {
		return "error.field_required"
	}
	return "error.field_invalid"
}

func fromAPI(err *router.ApiError) *Problem {
	switch err.Status {
	case http.StatusUnauthorized:
		return SignIn().Because(err)
	case http.StatusForbidden:
		return Forbidden().Because(err)
	case http.StatusNotFound:
		return NotFound().Because(err)
	case http.StatusRequestEntityTooLarge:
		return TooLarge().Because(err)
	case http.StatusTooManyRequests:
		return TooMany("error.too_many_requests", 0).Because(err)
	case http.StatusInsufficientStorage:
		return StorageFull(err)
	}
	if err.Status >= 500 {
		return Internal(err)
	}
	return Request(err)
}
