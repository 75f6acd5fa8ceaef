package web

import (
	"errors"
	"log/slog"
	"net/http"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/router"
)

// failureLog takes the place of PocketBase's activity log, which keeps each
// refused request with its URL and its user agent: it logs the server's own
// faults only, with the route's pattern and the cause.
func failureLog(log *slog.Logger) *hook.Handler[*core.RequestEvent] {
	return &hook.Handler[*core.RequestEvent]{
		Id: "foljeFailureLog", Priority: apis.DefaultActivityLoggerMiddlewarePriority,
		Func: func(e *core.RequestEvent) error {
			err := e.Next()
			if status := failure(e, err); status >= http.StatusInternalServerError {
				log.Error("fail request", "route", e.Request.Pattern, "status", status, "cause", causeOf(err))
			}
			return err
		},
	}
}

// failure is the status that the request ends with.
func failure(e *core.RequestEvent, err error) int {
	if err == nil || e.Written() {
		return e.Status()
	}
	var api *router.ApiError
	if errors.As(err, &api) {
		return api.Status
	}
	return http.StatusInternalServerError
}

// causeOf says what went wrong. An ApiError's own message is the one the
// caller got; what lies behind it is for the operator.
func causeOf(err error) string {
	var api *router.ApiError
	if errors.As(err, &api) {
		if cause, ok := api.RawData().(error); ok {
			return cause.Error()
		}
	}
	if err == nil {
		return ""
	}
	return err.Error()
}
