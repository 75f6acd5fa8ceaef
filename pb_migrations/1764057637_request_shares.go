package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// request_shares: one request handed on to one colleague of another service,
// encrypted to her own key, with the parent's consent: how and when it was
// given, and who noted it. Locked.
func init() {
	create("1764057637_request_shares.go", "request_shares", func(app core.App) (*core.Collection, error) {
		fields, err := relations(app,
			link{name: "request", to: "requests", required: true, cascade: true},
			link{name: "to", to: "staff", required: true, cascade: true})
		if err != nil {
			return nil, err
		}
		c := timeless("request_shares", fields...)
		c.Fields.Add(text("by", 60, true), text("ciphertext", mostShared, true),
			&core.JSONField{Name: "consent", MaxSize: 1000, Required: true}, date("at"), date("opened"))
		c.AddIndex("idx_request_shares_to", false, "\"to\", at", "")
		return c, nil
	})
}
