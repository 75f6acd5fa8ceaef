package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// invitationFields are what an invitation to a meeting adds. `base` counts
// saves, as a letter's does; `sequence` counts the changes that calendars are
// told (RFC 5545). `answerBy`, `bookBy` and `cancelBy` are the last moments for
// answers, and for booking and cancelling interpreters; `contact` is whom
// interpreters and parents reach. Published, cancelled, sequence and base are
// set by the feature only.
func invitationFields() []core.Field {
	return []core.Field{
		number("base"), number("sequence"),
		date("published"), date("cancelled"),
		date("answerBy"), date("bookBy"), date("cancelBy"),
		&core.BoolField{Name: "childcare"}, // it is offered
		text("contact", 200, false),
	}
}

// meetings: parents are invited, answer, and are told when it is cancelled. A
// meeting that parents have heard of is cancelled, never deleted.
func init() {
	migrations.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("meetings")
		if err != nil {
			return fmt.Errorf("find collection meetings: %w", err)
		}
		c.Fields.Add(invitationFields()...)
		c.DeleteRule = rule(`published = "" && (` + writesInUnit + `)`)
		c.AddIndex("idx_meetings_unit", false, "unit, starts", "")
		return app.Save(c)
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("meetings")
		if err != nil {
			return fmt.Errorf("find collection meetings: %w", err)
		}
		for _, f := range invitationFields() {
			c.Fields.RemoveByName(f.GetName())
		}
		c.DeleteRule = rule(writesInUnit)
		c.RemoveIndex("idx_meetings_unit")
		return app.Save(c)
	}, "1763798401_meeting_invitations.go")
}
