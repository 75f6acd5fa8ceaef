package elsewhere

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"folje/test/browser"
)

// patience bounds every single wait.
const patience = 20 * time.Second

// engine is what a browser does for a Window.
type engine interface {
	navigate(ctx context.Context, url string) error
	reload(ctx context.Context) error
	// evaluate runs an expression, waits for its promise, and answers its
	// value, which is a string or nothing.
	evaluate(ctx context.Context, expression string) (string, error)
	press(ctx context.Context, x, y int) error
	write(ctx context.Context, text string) error
	// faults are the errors that pages have told so far, where the engine tells.
	faults() []string
}

// Window is a browser's only window. Its methods end the test when they can't
// do what they say; its selectors are package browser's.
type Window struct {
	reporter browser.Reporter
	engine   engine
}

// newWindow gives the engine's window; what its pages complained of fails the test.
func newWindow(r browser.Reporter, e engine) *Window {
	w := &Window{r, e}
	r.Cleanup(func() {
		for _, fault := range e.faults() {
			r.Errorf("the page had a fault: %s", fault)
		}
	})
	return w
}

// Navigate opens an address and waits until its document has loaded.
func (w *Window) Navigate(url string) {
	w.reporter.Helper()
	w.must("navigate to "+url, w.within(func(ctx context.Context) error { return w.engine.navigate(ctx, url) }))
}

// Reload loads the page anew, as pulling it down does.
func (w *Window) Reload() {
	w.reporter.Helper()
	w.must("mark the page", w.ask(`void (window.leftBehind = true)`, nil))
	w.must("reload", w.within(w.engine.reload))
	w.WaitUntil("!window.leftBehind && document.readyState === 'complete'")
}

// WaitFor waits until an element that the selector means is visible.
func (w *Window) WaitFor(selector string) {
	w.reporter.Helper()
	w.must("wait for "+selector, w.bounded(browser.Invoke("shown", selector), nil))
}

// WaitUntil waits until a JavaScript expression, which may be a promise, is
// true in the page.
func (w *Window) WaitUntil(condition string) {
	w.reporter.Helper()
	w.must("wait until "+condition, w.bounded("rig.until(() => ("+condition+"))", nil))
}

// Text waits for an element and answers its visible text, white space folded.
func (w *Window) Text(selector string) string {
	w.reporter.Helper()
	w.WaitFor(selector)
	var text string
	w.must("read "+selector, w.ask(browser.Invoke("text", selector), &text))
	return text
}

// Eval runs a JavaScript expression in the window's page, waits for its promise
// and decodes its value.
func Eval[T any](w *Window, expression string) (value T) {
	w.reporter.Helper()
	w.must("evaluate "+expression, w.ask(expression, &value))
	return value
}

// Do runs a JavaScript expression in the page and waits for its promise.
func (w *Window) Do(expression string) {
	w.reporter.Helper()
	w.must("run "+expression, w.ask(expression, nil))
}

// Click waits until an element stands still and can be reached, then presses
// its centre. A page that moved meanwhile gets another try.
func (w *Window) Click(selector string) {
	w.reporter.Helper()
	for range 3 {
		var at struct{ X, Y float64 }
		w.must("aim at "+selector, w.bounded(browser.Invoke("aim", selector), &at))
		w.must("press "+selector, w.within(func(ctx context.Context) error { return w.engine.press(ctx, int(at.X), int(at.Y)) }))
		if w.landed(selector) {
			return
		}
	}
	w.must("click "+selector, fmt.Errorf("three clicks at it did not arrive"))
}

// landed reports whether the press became a click at the element. On a busy
// machine that takes longer than the rig waits for it once.
func (w *Window) landed(selector string) (yes bool) {
	w.reporter.Helper()
	for range 5 {
		w.must("press "+selector, w.ask("rig.landed()", &yes))
		if yes {
			return true
		}
	}
	return false
}

// Fill replaces what stands in a field, by the keyboard.
func (w *Window) Fill(selector, text string) {
	w.reporter.Helper()
	w.must("enter "+selector, w.bounded(browser.Invoke("enter", selector), nil))
	w.must("fill "+selector, w.within(func(ctx context.Context) error { return w.engine.write(ctx, text) }))
}

// bounded asks for one of the rig's bounded waits and decodes what it found.
func (w *Window) bounded(wait string, out any) error {
	var outcome struct {
		Value json.RawMessage
		Why   string
	}
	err := w.ask(fmt.Sprintf("rig.within(%d).%s", patience.Milliseconds(), wait[len("rig."):]), &outcome)
	switch {
	case err != nil:
		return err
	case outcome.Why != "":
		return fmt.Errorf("waited %v in vain: %s", patience, outcome.Why)
	case out == nil:
		return nil
	}
	return json.Unmarshal(outcome.Value, out)
}

// ask evaluates an expression that may name the rig. A page that is replaced
// while it waits is asked again.
func (w *Window) ask(expression string, out any) error {
	code := fmt.Sprintf("Promise.resolve(%s).then((value) => JSON.stringify(value))", browser.Script(expression))
	return w.within(func(ctx context.Context) error {
		for {
			text, err := w.engine.evaluate(ctx, code)
			if isGone(err) && ctx.Err() == nil {
				continue
			}
			if err != nil || out == nil {
				return err
			}
			return json.Unmarshal([]byte(text), out)
		}
	})
}

// within gives work half as long again as a page may wait.
func (w *Window) within(work func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(w.reporter.Context(), patience*3/2)
	defer cancel()
	return work(ctx)
}

// must ends the test with what the page showed.
func (w *Window) must(doing string, err error) {
	w.reporter.Helper()
	if err == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	seen, _ := w.engine.evaluate(ctx, `location.href + '\n' + document.body.innerText.slice(0, 1500)`)
	w.reporter.Fatalf("%s: %v\nthe page shows: %s", doing, err, seen)
}

// isGone reports that the document went away under a call.
func isGone(err error) bool {
	var r *refusal
	if !errors.As(err, &r) {
		return false
	}
	for _, words := range []string{"no such realm", "AbortError", "ActorDestroyed", "destroyed", "discarded", "navigat"} {
		if strings.Contains(r.Error(), words) {
			return true
		}
	}
	return false
}
