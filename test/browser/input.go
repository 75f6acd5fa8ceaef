package browser

import (
	"fmt"
	"unicode/utf8"
)

type point struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
}

// Click waits until an element stands still and can be reached, then presses
// its centre: with a finger on a phone, with the mouse elsewhere. A page that
// moved meanwhile gets another try.
func (page *Page) Click(selector string) {
	page.reporter().Helper()
	const tries = 3
	for try := 1; ; try++ {
		landed, err := page.click(selector)
		if err == nil && !landed && try == tries {
			err = fmt.Errorf("%d clicks at it did not arrive", tries)
		}
		if err != nil {
			page.fatal("click "+selector, err)
		}
		if landed {
			return
		}
	}
}

// click aims and presses once, and answers whether the element was hit.
func (page *Page) click(selector string) (landed bool, err error) {
	at, err := bounded[point](page, Invoke("aim", selector))
	if err != nil {
		return false, err
	}
	if page.device.Touch {
		err = page.tap(at)
	} else {
		err = page.press(at)
	}
	if err != nil {
		return false, err
	}
	return landed, page.ask(&landed, "rig.landed()")
}

func (page *Page) press(at point) error {
	for _, kind := range []string{"mouseMoved", "mousePressed", "mouseReleased"} {
		event := map[string]any{"type": kind, "x": at.X, "y": at.Y, "button": "left", "clickCount": 1}
		if kind == "mouseMoved" {
			event["button"], event["clickCount"] = "none", 0
		}
		if err := page.call("Input.dispatchMouseEvent", event, nil); err != nil {
			return err
		}
	}
	return nil
}

func (page *Page) tap(at point) error {
	start := map[string]any{"type": "touchStart", "touchPoints": []point{at}}
	if err := page.call("Input.dispatchTouchEvent", start, nil); err != nil {
		return err
	}
	return page.call("Input.dispatchTouchEvent", map[string]any{"type": "touchEnd", "touchPoints": []point{}}, nil)
}

// Fill replaces what stands in a field, as typing or pasting does.
func (page *Page) Fill(selector, text string) {
	page.reporter().Helper()
	_, err := bounded[bool](page, Invoke("enter", selector))
	switch {
	case err != nil:
	case text == "":
		err = page.key("Delete")
	default:
		err = page.call("Input.insertText", map[string]any{"text": text}, nil)
	}
	if err != nil {
		page.fatal("fill "+selector, err)
	}
}

// Type inserts text where the focus is.
func (page *Page) Type(text string) {
	page.reporter().Helper()
	if err := page.call("Input.insertText", map[string]any{"text": text}, nil); err != nil {
		page.fatal("type", err)
	}
}

// Choose gives a select, date or time field a value, as its picker would.
func (page *Page) Choose(selector, value string) {
	page.reporter().Helper()
	if _, err := bounded[bool](page, Invoke("choose", selector, value)); err != nil {
		page.fatal(fmt.Sprintf("choose %q in %s", value, selector), err)
	}
}

// keys are those that have a name; any other key is the character it writes.
func keys() map[string]int {
	return map[string]int{
		"Enter": 13, "Tab": 9, "Escape": 27, "Backspace": 8, "Delete": 46, "Home": 36, "End": 35,
		"ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "PageUp": 33, "PageDown": 34,
	}
}

// Press presses and releases one key where the focus is, by the name that
// KeyboardEvent.key has for it.
func (page *Page) Press(key string) {
	page.reporter().Helper()
	if err := page.key(key); err != nil {
		page.fatal("press "+key, err)
	}
}

func (page *Page) key(key string) error {
	code, named := keys()[key]
	event := map[string]any{"key": key, "code": key, "windowsVirtualKeyCode": code}
	switch {
	case key == "Enter":
		event["text"] = "\r"
	case !named && utf8.RuneCountInString(key) == 1:
		event = map[string]any{"key": key, "text": key}
	case !named:
		return fmt.Errorf("no key has this name")
	}
	for _, kind := range []string{"keyDown", "keyUp"} {
		event["type"] = kind
		if err := page.call("Input.dispatchKeyEvent", event, nil); err != nil {
			return err
		}
		delete(event, "text")
	}
	return nil
}
