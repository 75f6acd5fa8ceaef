package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"folje/internal/colour"
	"folje/internal/locale"
	"folje/internal/web"

	"github.com/pocketbase/pocketbase/core"
)

// Where public/ names the colours that the municipality's own stands in for.
const (
	lightBar = `content="#fbf8f3"`
	darkBar  = `content="#15191b"`
	titleBar = `"theme_color": "#fbf8f3"`
)

// lookIn is the web app in a colour: its style sheets say so after all else, and
// browsers are told what to draw round it.
func lookIn(c colour.RGB) web.Look {
	title := func(body []byte) []byte {
		return bytes.ReplaceAll(body, []byte(titleBar), fmt.Appendf(nil, `"theme_color": "%s"`, c))
	}
	return web.Look{Wording: []byte(c.String()), Paint: map[string]func([]byte) []byte{
		"/css/base.css": func(body []byte) []byte { return slices.Concat(body, []byte(c.Style())) },
		"/plain.css": func(body []byte) []byte {
			return slices.Concat(body, fmt.Appendf(nil, "@media screen{a,summary{color:%s}}\n@media screen and (prefers-color-scheme:dark){a,summary{color:%s}}\n", c, c.Dark().Accent))
		},
		"/manifest.webmanifest": title,
		"/install.webmanifest":  title,
		"/index.html": func(html []byte) []byte {
			html = bytes.Replace(html, []byte(lightBar), fmt.Appendf(nil, `content="%s"`, c), 1)
			return bytes.Replace(html, []byte(darkBar), fmt.Appendf(nil, `content="%s"`, c.Dark().Tint), 1)
		},
	}}
}

// bindLook has the web app look as the municipality's settings say, from the
// start and whenever they change. It gives what has it say and look what is so
// by now, for when something else of it changed.
func bindLook(app core.App, site *web.Site, cfg Config) (again func()) {
	var reading sync.Mutex // so that what is read last is served last
	again = func() {
		reading.Lock()
		defer reading.Unlock()
		look, err := chosenLook(app)
		if err != nil { // phones keep what they have
			app.Logger().Error("paint the web app", "cause", err.Error())
			return
		}
		site.Reword(texts(cfg.Locales), look)
	}
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		again()
		return e.Next()
	})
	app.OnRecordAfterUpdateSuccess("settings").BindFunc(func(e *core.RecordEvent) error {
		if e.Record.GetString("name") == "municipality" {
			again()
		}
		return e.Next()
	})
	return again
}

// Reword has a web app say what is edited in the messages now, and look as in
// the colour, "" or one that can't be read for the app's own.
func Reword(site *web.Site, messages *locale.Bundle, chosen string) {
	site.Reword(texts(messages), lookFor(chosen))
}

// lookFor is the look in a colour that somebody chose.
func lookFor(chosen string) web.Look {
	c, err := colour.Parse(chosen)
	if err != nil || !c.Passes() {
		return web.Look{}
	}
	return lookIn(c)
}

// chosenLook is in the municipality's colour, the app's own where it has chosen
// none that can be read.
func chosenLook(app core.App) (web.Look, error) {
	chosen, err := chosenColour(app)
	if err != nil {
		return web.Look{}, err
	}
	return lookFor(chosen), nil
}

// chosenColour is what the municipality's settings say, whatever that is.
func chosenColour(app core.App) (string, error) {
	r, err := app.FindFirstRecordByData("settings", "name", "municipality")
	if err != nil {
		return "", fmt.Errorf("find the municipality's settings: %w", err)
	}
	var says struct{ Colour string }
	if err := json.Unmarshal([]byte(r.GetString("value")), &says); err != nil {
		return "", fmt.Errorf("read the municipality's settings: %w", err)
	}
	return says.Colour, nil
}

// EdgeSite is what edges are told of the web app: what staff edited, and the
// colour.
func EdgeSite(app core.App, messages *locale.Bundle) ([]byte, error) {
	chosen, err := chosenColour(app)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(locale.Site{Colour: chosen, Edits: messages.Edits()})
	if err != nil {
		return nil, fmt.Errorf("encode how the web app looks: %w", err)
	}
	return body, nil
}
