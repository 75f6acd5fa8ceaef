package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// outbox: what is to leave the server, written in the transaction of its cause.
// `kind` says what happened to `item`, `mark` makes it once (such as
// "letter abc 3"). From `due` on it happens (a letter is released to the
// feeds), from `hold` on, where that is later, phones ring, after `until` it
// makes no sense any more. `locale` restricts it to readers of that language,
// `device` to one phone. `cursor` is the last subscription that it was expanded
// to; `expanded` and `done` are when all were, and when all had their end.
// `counts` is what became of its deliveries, once they are gone. Locked.
func init() {
	create("1763884803_outbox.go", "outbox", func(core.App) (*core.Collection, error) {
		c := base("outbox", rules{},
			text("kind", 30, true), text("item", 36, false), number("number"), hidden("mark", 160),
			&core.JSONField{Name: "groups", MaxSize: 20_000}, text("locale", 16, false), text("device", 36, false),
			text("author", 36, false),
			date("due"), date("hold"), date("until"),
			text("cursor", 36, false), date("released"), date("expanded"), date("done"), text("dropped", 30, false),
			&core.JSONField{Name: "counts", MaxSize: 2000})
		c.AddIndex("idx_outbox_mark", true, "mark", "")
		c.AddIndex("idx_outbox_due", false, "done, due", "")
		c.AddIndex("idx_outbox_item", false, "item, kind", "")
		return c, nil
	})
}
