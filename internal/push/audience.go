package push

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Following tells which of the devices follow one of the groups at the time
// now. A phone may leave between the evening on which something was to reach it
// and the morning on which it may ring.
func Following(app core.App, groups, devices []string, now time.Time) (map[string]bool, error) {
	of, err := json.Marshal(groups)
	if err != nil {
		return nil, fmt.Errorf("encode groups: %w", err)
	}
	among, err := json.Marshal(devices)
	if err != nil {
		return nil, fmt.Errorf("encode devices: %w", err)
	}
	var ids []string
	err = app.DB().NewQuery(`SELECT DISTINCT device FROM memberships
		WHERE device IN (SELECT value FROM json_each({:devices})) AND ends > {:now}
		AND +"group" IN (SELECT value FROM json_each({:groups}))`).
		Bind(dbx.Params{"devices": string(among), "groups": string(of), "now": stamp(now)}).Column(&ids)
	if err != nil {
		return nil, fmt.Errorf("find who follows: %w", err)
	}
	follow := make(map[string]bool, len(ids))
	for _, id := range ids {
		follow[id] = true
	}
	return follow, nil
}
