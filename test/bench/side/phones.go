package side

import (
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Settle adds so many phones of one group, which the service reaches by the key
// with the id. It gives the group.
func Settle(a core.App, phones int, service, key string) (group string, err error) {
	pair, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		return "", err
	}
	encode := base64.RawURLEncoding.EncodeToString
	public, secret := encode(pair.PublicKey().Bytes()), encode([]byte(rand.Text())[:16])
	group = core.GenerateDefaultRandomId()
	now := time.Now().UTC()
	err = a.RunInTransaction(func(tx core.App) error {
		unit := core.GenerateDefaultRandomId()
		rows := []seed{{"units", dbx.Params{"id": unit, "name": "Granen"}}, {"groups", dbx.Params{"id": group, "name": "Blå", "unit": unit}}}
		for n := range phones {
			rows = append(rows, phone(n, group, service, key, public, secret, now)...)
			for _, r := range rows {
				if _, err := tx.DB().Insert(r.table, r.values).Execute(); err != nil {
					return fmt.Errorf("add to %s: %w", r.table, err)
				}
			}
			rows = rows[:0]
		}
		return nil
	})
	return group, err
}

// seed is a row that is there before.
type seed struct {
	table  string
	values dbx.Params
}

func phone(n int, group, service, key, public, secret string, now time.Time) []seed {
	device := fmt.Sprintf("00000000-0000-4000-8000-%012d", n)
	return []seed{
		{"devices", dbx.Params{"id": device, "secretHash": fmt.Sprint(n), "locale": "sv"}},
		{"memberships", dbx.Params{
			"id": core.GenerateDefaultRandomId(), "device": device, "group": group, "ends": now.AddDate(1, 0, 0).Format("2006-01-02 15:04:05.000Z"),
		}},
		{"push_subscriptions", dbx.Params{
			"id": core.GenerateDefaultRandomId(), "device": device, "mark": fmt.Sprint(n), "service": service,
			"endpoint": fmt.Sprintf("%s/send/%d", service, n), "p256dh": public, "auth": secret, "key": key, "heard": now.Format(time.DateOnly),
		}},
	}
}
