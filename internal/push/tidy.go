package push

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// endedFor is for how many days a subscription that ended is kept: so long it
// may come alive again, and is counted.
const endedFor = 30

// Tidy keeps subscriptions and keys in step. A key that was replaced 30 days
// ago, and that no phone heard of within 60 days uses, is dropped. What was
// made with a key that is not alive ends, and comes alive again where the key
// does, out of a backup. What ended 30 days ago is deleted.
func Tidy(app core.App, v *VAPID, now time.Time) error {
	if err := retire(app, v, now); err != nil {
		return err
	}
	lost, err := matchKeys(app, v, now)
	if err != nil {
		return err
	}
	if lost > 0 {
		app.Logger().Error("ended subscriptions whose VAPID key is gone: their phones don't ring until the app is opened on them",
			"subscriptions", lost)
	}
	return deleteEnded(app, now)
}

func retire(app core.App, v *VAPID, now time.Time) error {
	var inUse []string
	err := app.DB().Select("key").Distinct(true).From(collection).
		Where(dbx.HashExp{"ended": ""}).
		AndWhere(dbx.NewExp("[[heard]] >= {:since}", dbx.Params{"since": day(now.AddDate(0, 0, -silence))})).
		Column(&inUse)
	if err != nil {
		return fmt.Errorf("find the keys in use: %w", err)
	}
	used := map[string]bool{}
	for _, id := range inUse {
		used[id] = true
	}
	dropped, err := v.Retire(func(id string) bool { return used[id] }, now)
	if len(dropped) > 0 {
		app.Logger().Info("dropped VAPID keys that were replaced", "keys", len(dropped))
	}
	return err
}

// matchKeys ends what no living key can send to, revives what one can again,
// and says how many ended.
func matchKeys(app core.App, v *VAPID, now time.Time) (lost int64, err error) {
	var alive []string
	for _, k := range v.Keys() {
		alive = append(alive, k.ID)
	}
	ids, err := json.Marshal(alive)
	if err != nil {
		return 0, fmt.Errorf("encode the keys: %w", err)
	}
	values := dbx.Params{"alive": string(ids), "reason": ReasonKeyLost, "day": day(now)}
	_, err = app.DB().NewQuery(`UPDATE push_subscriptions SET ended = '', reason = '' WHERE reason = {:reason}
		AND "key" IN (SELECT value FROM json_each({:alive}))`).Bind(values).Execute()
	if err != nil {
		return 0, fmt.Errorf("revive subscriptions: %w", err)
	}
	result, err := app.DB().NewQuery(`UPDATE push_subscriptions SET ended = {:day}, reason = {:reason} WHERE ended = ''
		AND "key" NOT IN (SELECT value FROM json_each({:alive}))`).Bind(values).Execute()
	if err != nil {
		return 0, fmt.Errorf("end subscriptions: %w", err)
	}
	return result.RowsAffected()
}

// atOnce bounds one night's work; the next one goes on.
const atOnce = 1000

func deleteEnded(app core.App, now time.Time) error {
	old, err := app.FindRecordsByFilter(collection, "ended != '' && ended < {:before}", "", atOnce, 0,
		dbx.Params{"before": day(now.AddDate(0, 0, -endedFor))})
	if err != nil {
		return fmt.Errorf("find subscriptions that ended: %w", err)
	}
	for _, r := range old {
		if err := app.Delete(r); err != nil {
			return fmt.Errorf("delete a subscription that ended: %w", err)
		}
	}
	return nil
}
