package translation

import "github.com/pocketbase/pocketbase/core"

// NewQueue opens a desk's queue without a request: a test may ask within its own
// transaction.
func NewQueue(cfg DeskConfig) func(app core.App, staff *core.Record) ([]Task, error) {
	return newDesk(cfg).tasks
}
