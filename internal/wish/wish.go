// Package wish keeps what a group's parents want to talk about. A wish knows
// its group and its day, and not the phone that it came from; staff answer it
// by making it a meeting's question, or set it aside.
package wish

import (
	"folje/internal/locale"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"folje/internal/problem"
)

// MaxText is the longest wish, in runes.
const MaxText = 500

// The states of a wish.
const (
	Open     = "open"
	Used     = "used"      // it became a question
	SetAside = "set_aside" // staff read it and won't
)

const collection = "wishes"

// Register binds staff's routes: the wishes of a group, and the state of one.
func Register(app core.App, messages *locale.Bundle) {
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeWishes", Func: func(e *core.ServeEvent) error {
		g := e.Router.Group("/api/folje/v1/staff")
		g.GET("/groups/{id}/wishes", problem.Handle(messages, list))
		g.POST("/wishes/{id}", problem.Handle(messages, mark))
		return e.Next()
	}})
}
