package browser

// Modifier is a key that is held while another one is pressed.
type Modifier int

// The modifiers, as DevTools counts them.
const (
	Alt   Modifier = 1
	Ctrl  Modifier = 2
	Shift Modifier = 8
)

// Chord presses a key where the focus is while a modifier is held, by the name
// that KeyboardEvent.key has for it; a digit is the one of the upper row.
func (page *Page) Chord(held Modifier, key string) {
	page.reporter().Helper()
	event := map[string]any{"key": key, "code": key, "windowsVirtualKeyCode": keys()[key], "modifiers": int(held)}
	if len(key) == 1 && key >= "0" && key <= "9" {
		event["code"], event["windowsVirtualKeyCode"] = "Digit"+key, int(key[0])
	}
	for _, kind := range []string{"rawKeyDown", "keyUp"} {
		event["type"] = kind
		if err := page.call("Input.dispatchKeyEvent", event, nil); err != nil {
			page.fatal("press "+key+" with a modifier", err)
		}
	}
}
