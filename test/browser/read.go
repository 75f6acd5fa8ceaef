package browser

import "fmt"

// Eval runs a JavaScript expression in the page, waits for its promise and
// decodes its value. A value that doesn't fit T ends the test.
func Eval[T any](page *Page, expression string) T {
	page.reporter().Helper()
	var value T
	if err := page.evaluate(expression, &value); err != nil {
		page.fatal(fmt.Sprintf("evaluate %.200s", expression), err)
	}
	return value
}

// Text waits for an element and answers its visible text, white space folded.
func (page *Page) Text(selector string) string {
	page.reporter().Helper()
	page.WaitFor(selector)
	var text string
	if err := page.ask(&text, Invoke("text", selector)); err != nil {
		page.fatal("read "+selector, err)
	}
	return text
}

// Value waits for a field and answers what stands in it.
func (page *Page) Value(selector string) string {
	page.reporter().Helper()
	page.WaitFor(selector)
	var value string
	if err := page.ask(&value, Invoke("field", selector)+".value"); err != nil {
		page.fatal("read the field "+selector, err)
	}
	return value
}

// Attr waits for an element and answers an attribute, empty if it has none.
func (page *Page) Attr(selector, name string) string {
	page.reporter().Helper()
	page.WaitFor(selector)
	var value string
	expression := "((element, name) => element.getAttribute(name) ?? '')(" + Invoke("find", selector) + ", '" + name + "')"
	if err := page.ask(&value, expression); err != nil {
		page.fatal("read "+name+" of "+selector, err)
	}
	return value
}

// Count answers how many visible elements the selector means now.
func (page *Page) Count(selector string) int {
	page.reporter().Helper()
	var n int
	if err := page.ask(&n, Invoke("all", selector)+".filter((e) => rig.visible(e)).length"); err != nil {
		page.fatal("count "+selector, err)
	}
	return n
}
