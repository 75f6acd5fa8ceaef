package screens_test

import (
	_ "embed"
	"fmt"
	"strings"
	"testing"

	"folje/test/browser"
)

// axe is axe-core, vendored by tools/vendor.
//
//go:embed vendor/axe.min.js
var axe string

// violation is a rule of WCAG 2.2 AA that a page breaks.
type violation struct {
	ID, Impact, Help string
	Nodes            []struct{ HTML, Why string }
}

func (v violation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s): %s", v.ID, v.Impact, v.Help)
	for _, n := range v.Nodes {
		fmt.Fprintf(&b, "\n    %.300s\n      %s", n.HTML, strings.ReplaceAll(n.Why, "\n", "\n      "))
	}
	return b.String()
}

// What axe-core looks for.
const (
	everything = `{ type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }`                        // WCAG 2.2 AA
	shapes     = everything + `, rules: { 'color-contrast': { enabled: false }, 'link-in-text-block': { enabled: false } }` // what of it doesn't
	colours    = `{ type: 'rule', values: ['color-contrast', 'link-in-text-block'] }`                                       // what of it depends on the light
)

// audit answers what axe-core finds wrong with the page as it is now, by some
// of its rules.
func audit(page *browser.Page, rules string) []violation {
	if !browser.Eval[bool](page, `'axe' in window`) {
		browser.Eval[any](page, axe)
	}
	return browser.Eval[[]violation](page, `axe.run({
		runOnly: `+rules+`,
		resultTypes: ['violations'],
	}).then((found) => found.violations.map((v) => ({
		ID: v.id, Impact: v.impact, Help: v.help, Nodes: v.nodes.map((n) => ({ HTML: n.html, Why: n.failureSummary })),
	})))`)
}

// tooWide answers how many CSS pixels the page can be scrolled sideways, and
// what sticks out.
func tooWide(page *browser.Page) (int, string) {
	type overflow struct {
		Pixels int
		What   string
	}
	o := browser.Eval[overflow](page, `(() => {
		const root = document.documentElement;
		const pixels = Math.max(root.scrollWidth, document.body.scrollWidth) - root.clientWidth;
		const out = [...document.body.querySelectorAll('*')].filter((e) => {
			const { left, right, width } = e.getBoundingClientRect();
			return width > 1 && (right > root.clientWidth + 1 || left < -1);
		});
		return { Pixels: Math.max(pixels, 0), What: out.slice(0, 3).map((e) => e.outerHTML.slice(0, 160)).join('\n') };
	})()`)
	return o.Pixels, o.What
}

// TestAxeFinds proves that the audit can fail: a page full of faults is told.
func TestAxeFinds(t *testing.T) {
	t.Parallel()
	page := shop.Profile(t).Page(browser.Device{Width: 360, Height: 740})
	page.Navigate("about:blank")
	browser.Eval[any](page, `void (() => {
		const text = document.body.appendChild(document.createElement('p'));
		text.textContent = 'pale as all these words are ';
		text.style = 'color: #bbb; background: #fff; width: 900px';
		text.appendChild(document.createElement('a')).outerHTML = '<a href="/" style="color: #bbc; text-decoration: none">to</a>';
		document.body.appendChild(document.createElement('button'));
		document.body.appendChild(document.createElement('input'));
	})()`)
	for rules, want := range map[string][]string{
		everything: {"color-contrast", "link-in-text-block", "button-name", "label", "html-has-lang", "document-title"},
		colours:    {"color-contrast", "link-in-text-block"},
	} {
		found := map[string]bool{}
		for _, v := range audit(page, rules) {
			found[v.ID] = true
		}
		for _, rule := range want {
			if !found[rule] {
				t.Errorf("axe-core overlooked %s; it found %v", rule, found)
			}
		}
	}
	if wide, what := tooWide(page); wide < 500 || !strings.Contains(what, "pale") {
		t.Errorf("a page of 900 px on a phone is too wide by %d: %s", wide, what)
	}
}
