// Package municipality is what an administrator sets up: the installation's
// first start, its logo, units and their groups, and a whole preschool out of a
// spreadsheet.
package municipality

import (
	"time"

	"folje/internal/access"
	"folje/internal/locale"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Invite gives a person an account in a unit and sends her the way in, in the
// transaction of tx; locales are a translator's. Somebody who has an account
// gets the unit too, and keeps her roles and locales; fresh is false then.
type Invite func(tx core.App, by *core.Record, name, email string, roles, locales []string, unit string) (fresh bool, err error)

// Config is what the package needs from outside.
type Config struct {
	Locales *locale.Bundle
	Keys    *access.Keys
	Invite  Invite
	Now     func() time.Time
}

type feature struct{ Config }

// Register binds what is checked when units and groups are saved or deleted,
// and administrators' routes.
func Register(app core.App, cfg Config) {
	f := &feature{cfg}
	f.bindSave(app)
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeMunicipality", Func: func(e *core.ServeEvent) error {
		g := e.Router.Group("/api/folje/v1/staff/admin")
		g.POST("/import", problem.Handle(f.Locales, f.importSheet))
		g.PUT("/logo", problem.Handle(f.Locales, f.setLogo))
		g.DELETE("/logo", problem.Handle(f.Locales, f.dropLogo))
		e.Router.GET("/api/folje/v1/logo/{id}", problem.Handle(f.Locales, f.showLogo))
		return e.Next()
	}})
}

// admin gives the signed-in administrator; others are refused.
func admin(e *core.RequestEvent) (*core.Record, error) {
	staff, err := access.Staff(e)
	if err != nil {
		return nil, err
	}
	if !access.IsAdmin(staff) {
		return nil, problem.Forbidden()
	}
	return staff, nil
}
