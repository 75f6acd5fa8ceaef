package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// request_wraps: a channel's secret key, encrypted to a holder's own. Locked.
func init() {
	create("1764057635_request_wraps.go", "request_wraps", func(app core.App) (*core.Collection, error) {
		fields, err := relations(app,
			link{name: "key", to: "request_keys", required: true, cascade: true},
			link{name: "holder", to: "request_holders", required: true, cascade: true})
		if err != nil {
			return nil, err
		}
		c := timeless("request_wraps", fields...)
		c.Fields.Add(text("wrapped", mostWrapped, true))
		c.AddIndex("idx_request_wraps_holder", true, "holder, key", "")
		return c, nil
	})
}
