package screens_test

import (
	"flag"
	"fmt"
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

// look is how somebody may look at a screen.
type look struct {
	name        string
	width, text int // CSS pixels, per cent
	dark        bool
	rules       string // of axe-core's; "" only measures whether the page is too wide
}

// looks are a small old phone in both lights, and one whose reader asked for
// large letters, by day only: by night nothing but colours differ, and small
// letters need the most contrast. Colours are the same in every language and size;
// what another one changes is the words and the way they run, which -all looks at
// in large letters too.
func looks(tag string) []look {
	light := look{"320 px, light", 320, 100, false, everything}
	large := look{"text at 200 %, light", 360, 200, false, shapes}
	if *all {
		large.rules = everything
	} else if tag != "sv" {
		light.rules, large.rules = shapes, ""
		return []look{light, large}
	}
	return []look{light, {"320 px, dark", 320, 100, true, colours}, large}
}

// all looks at every screen in every way.
var all = flag.Bool("all", false, "look at every screen in every language in every way")

// TestScreens looks at every screen in Swedish and Arabic, on a narrow phone in
// both lights and with text at 200 %: axe-core finds nothing (WCAG 2.2 AA),
// and nothing has to be scrolled sideways.
func TestScreens(t *testing.T) {
	for _, tag := range []string{"sv", "ar"} {
		for name, tour := range map[string]func(*town.Town, string, town.Visit){
			"parent": (*town.Town).TourParent, "staff": (*town.Town).TourStaff, "translator": (*town.Town).TourTranslator,
			"holder": (*town.Town).TourHolder, "people": (*town.Town).TourPeople,
		} {
			t.Run(name+"/"+tag, func(t *testing.T) {
				seen := 0
				tour(shop.Beside(t), tag, func(screen string, page *browser.Page) {
					seen++
					inspect(t, fmt.Sprintf("%s in %s", screen, tag), page, looks(tag))
				})
				t.Logf("%d screens", seen)
			})
		}
	}
}

// auditWhole looks at the page in a window as high as it is: the bar at the
// bottom covers what can be scrolled from under it, and there only what it always
// would. A page that grew meanwhile, by its foot for one, is looked at again.
func auditWhole(page *browser.Page, l look) []violation {
	const high = "document.documentElement.scrollHeight"
	var found []violation
	for range 3 {
		height := max(640, browser.Eval[int](page, high))
		page.SetSize(l.width, height)
		if l.rules == "" {
			return nil
		}
		if found = audit(page, l.rules); len(found) == 0 || browser.Eval[int](page, high) <= height {
			break
		}
	}
	return found
}

// inspect looks at one screen in some ways and leaves it as it was.
func inspect(t *testing.T, screen string, page *browser.Page, looks []look) {
	t.Helper()
	for _, l := range looks {
		page.Emulate(browser.Media{Dark: l.dark, ReducedMotion: true})
		page.ZoomText(l.text)
		page.SetSize(l.width, 640)
		if size := browser.Eval[int](page, "Math.round(parseFloat(getComputedStyle(document.body).fontSize))"); size < 16*l.text/100 {
			t.Errorf("%s, %s: the text is %d px", screen, l.name, size)
		}
		for _, v := range auditWhole(page, l) {
			t.Errorf("%s, %s: %s", screen, l.name, v)
		}
		if wide, what := tooWide(page); wide > 0 {
			t.Errorf("%s, %s: it is %d px too wide: %s", screen, l.name, wide, what)
		}
	}
	page.SetSize(360, 740)
	page.ZoomText(100)
	page.Emulate(browser.Media{ReducedMotion: true})
}
