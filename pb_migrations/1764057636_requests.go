package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// requests: confidential requests as they came, encrypted, with the minute of
// their arrival and nothing else of who sent them. What makes each come once is
// a row of `operations`, which doesn't say of which. Locked.
func init() {
	create("1764057636_requests.go", "requests", func(app core.App) (*core.Collection, error) {
		key, err := relation(app, "key", "request_keys", 1, true, false)
		if err != nil {
			return nil, err
		}
		c := timeless("requests", key, text("ciphertext", mostRequest, true), date("arrived"),
			&core.SelectField{Name: "state", Values: []string{"new", "opened", "answered", "closed"}, MaxSelect: 1, Required: true},
			date("opened"), date("closed"))
		c.AddIndex("idx_requests_state", false, "state, key, arrived", "")
		return c, nil
	})
}
