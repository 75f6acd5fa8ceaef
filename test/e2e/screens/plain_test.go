package screens_test

import (
	"testing"

	"folje/test/browser"
)

// The plain guide is for browsers that can't run the app; what every browser
// makes of it is looked at as the app's screens are.
func TestThePlainGuide(t *testing.T) {
	w := shop.Beside(t)
	for _, tag := range []string{"sv", "ar"} {
		t.Run(tag, func(t *testing.T) {
			page := shop.Profile(t).Page(browser.Device{Width: 360, Height: 740})
			page.Navigate(w.URL("/plain/" + tag))
			page.WaitFor("section#e1")
			inspect(t, "the plain guide in "+tag, page, looks("sv"))
		})
	}
}
