package web

import (
	"net/http"
	"strconv"

	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// storageGuard answers a request that the disk or the database could not take
// now with 507 or 503 and when to come again. PocketBase would answer 400, and
// whoever believes that throws away what was written.
func storageGuard(refuse refuser) *hook.Handler[*core.RequestEvent] {
	return &hook.Handler[*core.RequestEvent]{
		Id: "foljeStorageGuard", Priority: apis.DefaultActivityLoggerMiddlewarePriority + 1,
		Func: func(e *core.RequestEvent) error {
			err := e.Next()
			if err == nil || e.Written() {
				return err
			}
			p := problem.From(err)
			if p.Status == http.StatusInsufficientStorage || p.Status == http.StatusServiceUnavailable {
				e.Response.Header().Set("Retry-After", strconv.Itoa(int(p.RetryAfter.Seconds())))
				refuse.write(e.Response, e.Request, p.Status, p.Code)
			}
			return err
		},
	}
}
