//go:build unix

package cluster_test

import (
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"testing"
	"time"

	"folje/internal/app"
	"folje/internal/push"
	"folje/test/protocol"
	"folje/test/push/service"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// receiver is the half of a subscription that phones keep. All of the test's
// phones share one, so that the sink needs no time for them.
type receiver struct {
	key    *ecdh.PrivateKey
	auth   []byte
	phones int
}

// subscribe adds so many phones to the group, which ring at any hour.
func subscribe(t *testing.T, dir, group string, phones int) receiver {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	r := receiver{key, []byte(rand.Text())[:16], phones}
	vapid, err := push.OpenVAPID(dir)
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	err = a.RunInTransaction(func(tx core.App) error {
		for n := range phones {
			if err := r.add(tx, n, group, vapid.Current().ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(err, a.ResetBootstrapState()); err != nil {
		t.Fatal(err)
	}
	return r
}

func (r receiver) add(tx core.App, n int, group, key string) error {
	now := time.Now().UTC()
	stamp := func(t time.Time) string { return t.Format("2006-01-02 15:04:05.000Z") }
	device, encode := protocol.NewUUID(), base64.RawURLEncoding.EncodeToString
	for _, row := range []struct {
		table  string
		values dbx.Params
	}{
		{"devices", dbx.Params{"id": device, "secretHash": rand.Text(), "locale": "sv", "quiet": "off", "created": stamp(now), "updated": stamp(now)}},
		{"memberships", dbx.Params{
			"id": core.GenerateDefaultRandomId(), "device": device, "group": group, "ends": stamp(now.AddDate(1, 0, 0)),
			"created": stamp(now), "updated": stamp(now),
		}},
		{"push_subscriptions", dbx.Params{
			"id": core.GenerateDefaultRandomId(), "device": device, "mark": fmt.Sprint(n), "service": "https://" + host,
			"endpoint": fmt.Sprintf("https://%s/fcm/send/%d", host, n), "p256dh": encode(r.key.PublicKey().Bytes()), "auth": encode(r.auth),
			"key": key, "heard": now.Format(time.DateOnly),
		}},
	} {
		if _, err := tx.DB().Insert(row.table, row.values).Execute(); err != nil {
			return fmt.Errorf("add to %s: %w", row.table, err)
		}
	}
	return nil
}

// open reads a message.
func (r receiver) open(body []byte) ([]byte, error) {
	if len(body) != push.Size {
		return nil, fmt.Errorf("a message of %d bytes", len(body))
	}
	return service.Open(r.key, r.auth, body)
}
