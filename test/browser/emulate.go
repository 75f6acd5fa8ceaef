package browser

// Media is what a reader may have asked the system for.
type Media struct {
	Dark, ReducedMotion, Print bool
}

// Emulate shows the page as somebody sees it who asked for all this.
func (page *Page) Emulate(m Media) {
	page.reporter().Helper()
	type feature struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	scheme, motion, media := "light", "no-preference", "screen"
	if m.Dark {
		scheme = "dark"
	}
	if m.ReducedMotion {
		motion = "reduce"
	}
	if m.Print {
		media = "print"
	}
	err := page.call("Emulation.setEmulatedMedia", map[string]any{
		"media":    media,
		"features": []feature{{"prefers-color-scheme", scheme}, {"prefers-reduced-motion", motion}},
	}, nil)
	if err != nil {
		page.fatal("emulate media", err)
	}
}

// SetSize gives the page another width and height in CSS pixels.
func (page *Page) SetSize(width, height int) {
	page.reporter().Helper()
	if err := page.size(width, height); err != nil {
		page.fatal("set the size", err)
	}
}

// size also takes back the zoom that a phone gives a page which was too wide.
func (page *Page) size(width, height int) error {
	err := page.call("Emulation.setDeviceMetricsOverride", map[string]any{
		"width": width, "height": height, "deviceScaleFactor": page.device.Scale, "mobile": page.device.Touch,
	}, nil)
	if err != nil {
		return err
	}
	return page.call("Emulation.setPageScaleFactor", map[string]any{"pageScaleFactor": 1}, nil)
}

// ZoomText sets the size of text that the reader asked the browser for: 100 is
// the usual, 200 twice that. A page whose sizes are in rem follows.
func (page *Page) ZoomText(percent int) {
	page.reporter().Helper()
	err := page.call("Page.setFontSizes", map[string]any{
		"fontSizes": map[string]int{"standard": 16 * percent / 100, "fixed": 13 * percent / 100},
	}, nil)
	if err != nil {
		page.fatal("zoom the text", err)
	}
}

// Hide puts another tab over the page, as leaving the app does; its
// visibilityState becomes hidden.
func (page *Page) Hide() {
	page.reporter().Helper()
	if err := page.focus(false); err != nil {
		page.fatal("take the focus from the page", err)
	}
	over := map[string]any{"url": "about:blank", "browserContextId": page.profile.context}
	if err := page.profile.do("", "Target.createTarget", over); err != nil {
		page.fatal("hide the page", err)
	}
	page.WaitUntil("document.visibilityState === 'hidden'")
}

// Show brings a hidden page back to the front.
func (page *Page) Show() {
	page.reporter().Helper()
	if err := page.call("Page.bringToFront", nil, nil); err != nil {
		page.fatal("show the page", err)
	}
	if err := page.focus(true); err != nil {
		page.fatal("give the page the focus", err)
	}
	page.WaitUntil("document.visibilityState === 'visible'")
}

// focus makes a page believe that it has the focus, whatever the others do.
func (page *Page) focus(has bool) error {
	return page.call("Emulation.setFocusEmulationEnabled", map[string]any{"enabled": has}, nil)
}

// Slow lets the page's processor work so many times more slowly than this
// machine's; 1 is as fast as it is.
func (page *Page) Slow(times float64) {
	page.reporter().Helper()
	if err := page.call("Emulation.setCPUThrottlingRate", map[string]any{"rate": times}, nil); err != nil {
		page.fatal("slow the processor", err)
	}
}
