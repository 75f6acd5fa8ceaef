package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// operations: the ledger that makes every operation exactly-once. `mark` is an
// HMAC of device and operation with a key outside the database; neither body
// nor time is kept, only the verdict. Rows are never deleted. Locked.
func init() {
	create("1763798402_operations.go", "operations", func(core.App) (*core.Collection, error) {
		c := timeless("operations",
			hidden("mark", 64),
			&core.SelectField{Name: "verdict", Values: []string{"applied", "late", "rejected"}, MaxSelect: 1, Required: true},
			text("code", 60, false))
		c.AddIndex("idx_operations_mark", true, "mark", "")
		return c, nil
	})
}

// timeless makes a locked collection that notes no moment: what phones send
// can't be matched with when a phone was heard.
func timeless(name string, fields ...core.Field) *core.Collection {
	c := core.NewBaseCollection(name)
	c.Fields.Add(fields...)
	return c
}
