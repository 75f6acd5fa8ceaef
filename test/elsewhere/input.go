package elsewhere

// Both protocols describe what hands do in the same way.

// pointer presses a place in the window, in CSS pixels.
func pointer(x, y int) map[string]any {
	return map[string]any{
		"type": "pointer", "id": "hand", "parameters": map[string]any{"pointerType": "mouse"},
		"actions": []map[string]any{
			{"type": "pointerMove", "x": x, "y": y, "duration": 0, "origin": "viewport"},
			{"type": "pointerDown", "button": 0},
			{"type": "pointerUp", "button": 0},
		},
	}
}

// keyboard types a text where the focus is.
func keyboard(text string) map[string]any {
	var actions []map[string]any
	for _, key := range text {
		actions = append(actions,
			map[string]any{"type": "keyDown", "value": string(key)}, map[string]any{"type": "keyUp", "value": string(key)})
	}
	return map[string]any{"type": "key", "id": "keys", "actions": actions}
}
