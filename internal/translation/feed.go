package translation

import (
	"slices"

	"folje/internal/sync"
	"folje/internal/text"

	"github.com/pocketbase/pocketbase/core"
)

// Parts are the blocks as the records feed takes them: block by block the
// source sentences with the keys that their texts have on the wire.
func Parts(app core.App, content []text.Block) ([]sync.Part, error) {
	keys, err := Keys(app, Places(content))
	if err != nil {
		return nil, err
	}
	parts := make([]sync.Part, len(content))
	next := 0
	for i, b := range content {
		for _, s := range b.Segments {
			parts[i] = append(parts[i], sync.Sentence{Key: keys[next], Text: s.Text})
			next++
		}
	}
	return parts, nil
}

// Tell allots the numbers that the record's segments have on the wire, marks
// the record as changed in the scopes that have it now, and as gone in those
// that had it before and do not any more. Call it in the transaction that
// changes the record.
func Tell(tx core.App, item string, places []Place, before, now []string) error {
	keys, err := Keys(tx, places)
	if err != nil {
		return err
	}
	for _, scope := range now {
		if _, err := sync.Numbers(tx, scope, keys); err != nil {
			return err
		}
		if err := sync.Touch(tx, scope, sync.Records, item); err != nil {
			return err
		}
	}
	for _, scope := range before {
		if slices.Contains(now, scope) {
			continue
		}
		if err := sync.Bury(tx, scope, sync.Records, item); err != nil {
			return err
		}
	}
	return nil
}
