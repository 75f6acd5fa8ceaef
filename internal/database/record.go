package database

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
)

// NewRecord makes an empty record of the collection, with nothing saved yet.
func NewRecord(app core.App, collection string) (*core.Record, error) {
	c, err := app.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		return nil, fmt.Errorf("find collection %s: %w", collection, err)
	}
	return core.NewRecord(c), nil
}
