package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// Sizes of what is encrypted in the age format and written as base64.
const (
	mostWrapped  = 4000  // a key
	mostIdentity = 8000  // a member of staff's own, under her passphrase
	mostRequest  = 9000  // a request
	mostShared   = 24000 // a request as it is handed on, with what a leader adds
)

// request_keys: the public keys that requests of a channel are encrypted to, the
// current one without `replaced`. `recovery` is the secret key, encrypted to the
// recovery key that is on paper; `check` is what a proof of having that one
// hashes to. Old ones are kept, so that late requests can be read. Locked.
func init() {
	create("1764057632_request_keys.go", "request_keys", func(app core.App) (*core.Collection, error) {
		channel, err := relation(app, "channel", "channels", 1, true, true)
		if err != nil {
			return nil, err
		}
		c := timeless("request_keys", channel, number("number"), text("recipient", 62, true),
			text("recovery", mostWrapped, true), text("recoveryRecipient", 62, true), text("check", 64, true),
			date("created"), date("replaced"))
		c.AddIndex("idx_request_keys_number", true, "channel, number", "")
		return c, nil
	})
}
