// Command shipped is PocketBase as its project ships it, with hooks and
// migrations in JavaScript, for the comparison in test/bench/start.
package main

import (
	"log"

	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/plugins/jsvm"
	"github.com/pocketbase/pocketbase/plugins/migratecmd"
)

func main() {
	app := pocketbase.New()
	jsvm.MustRegister(app, jsvm.Config{HooksWatch: true, HooksPoolSize: 15})
	migratecmd.MustRegister(app, app.RootCmd, migratecmd.Config{TemplateLang: migratecmd.TemplateLangJS, Automigrate: true})
	if err := app.Start(); err != nil {
		log.Fatal(err)
	}
}
