package browser

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// ask evaluates an expression that may name the rig. A page that is replaced
// while it waits is asked again: the wait goes on in the next document.
func (page *Page) ask(out any, expression string) error {
	code := Script(expression)
	for end := time.Now().Add(patience); ; {
		err := page.evaluate(code, out)
		if err == nil || !replaced(err) || time.Now().After(end) {
			return err
		}
	}
}

// replaced reports that the document went away under a waiting call.
func replaced(err error) bool {
	var p *protocolError
	if !errors.As(err, &p) {
		return false
	}
	for _, words := range []string{"context was destroyed", "navigated or closed", "Cannot find context", "Promise was collected"} {
		if strings.Contains(p.Message, words) {
			return true
		}
	}
	return false
}

// bounded asks for one of the rig's bounded waits and answers what it found.
func bounded[T any](page *Page, expression string) (T, error) {
	var outcome struct {
		Value T      `json:"value"`
		Why   string `json:"why"`
	}
	err := page.ask(&outcome, fmt.Sprintf("rig.within(%d).%s", patience.Milliseconds(), strings.TrimPrefix(expression, "rig.")))
	if err == nil && outcome.Why != "" {
		err = fmt.Errorf("waited %v in vain: %s", patience, outcome.Why)
	}
	return outcome.Value, err
}

// WaitFor waits until an element that the selector means is visible.
func (page *Page) WaitFor(selector string) {
	page.reporter().Helper()
	if _, err := bounded[bool](page, Invoke("shown", selector)); err != nil {
		page.fatal("wait for "+selector, err)
	}
}

// WaitGone waits until nothing that the selector means is visible.
func (page *Page) WaitGone(selector string) {
	page.reporter().Helper()
	if _, err := bounded[bool](page, Invoke("gone", selector)); err != nil {
		page.fatal("wait for the end of "+selector, err)
	}
}

// WaitUntil waits until a JavaScript expression, which may be a promise, is
// true in the page.
func (page *Page) WaitUntil(condition string) {
	page.reporter().Helper()
	if _, err := bounded[any](page, "until(() => ("+condition+"))"); err != nil {
		page.fatal("wait until "+condition, err)
	}
}
