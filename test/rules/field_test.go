package rules_test

import (
	"slices"
	"testing"

	"github.com/pocketbase/pocketbase/core"
)

// without lists the text fields that hold no canary, and why.
var without = map[string]string{
	"_externalAuths.collectionRef": "an id", "_externalAuths.recordRef": "an id", "_externalAuths.provider": "one of a list",
	"_mfas.collectionRef": "an id", "_mfas.recordRef": "an id",
	"_otps.collectionRef": "an id", "_otps.recordRef": "an id",
	"_authOrigins.collectionRef": "an id", "_authOrigins.recordRef": "an id",
	"invites.ends":              "ids of groups and dates",
	"devices.quiet":             "hours",
	"announcements.kind":        "one of a list",
	"letter_revisions.complete": "tags of locales",
	"letter_opens.locale":       "a tag",
	"segment_uses.previous":     "an id",
	"recordings.locale":         "a tag", "recordings.type": "one of a list", "recordings.marks": "ids and times",
	"attachments.kind": "one of a list", "attachments.type": "one of a list",
	"logos.sum": "a hash", "logos.body": "everybody sees it",
	"activities.starts": "a time", "activities.ends": "a time", "activities.rrule": "a rule", "activities.exceptions": "times", "activities.told": "a time",
	"groups.yearFrom": "a digit", "groups.yearTo": "a digit", "groups.moves": "days and ids", "meetings.title": "a theme's",
	"term_plans.day": "a day", "terms.starts": "a day", "terms.ends": "a day",
	"audit_log.hash": "a hash", "channels.name": "one of a list", "channels.title": "a name that everybody reads", "channels.away": "days",
	"guide_entries.related": "keys", "guide_entries.chain": "from a list", "guide_entries.checked": "a day", "guide_entries.reminded": "a season",
	"request_holders.coverFrom": "a day", "request_holders.coverTo": "a day", "request_keys.check": "a hash",
	"request_shares.by": "an id", "request_shares.consent": "one of a list, a day and an id",
	"support_groups.from": "a day", "support_groups.to": "a day", "support_groups.starts": "a time", "support_groups.ends": "a time",
	"support_groups.publish": "from a list", "staff_invites.author": "an id or a command",
	"wishes.day": "a day", "translation_reports.day": "a day",
}

// A canary must stand in every text field, or the matrix can't tell whether the
// field is shown.
func TestEveryTextFieldHasACanary(t *testing.T) {
	w := newWorld(t)
	s, err := w.serve(tinySite())
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	all, err := s.schema()
	if err != nil {
		t.Fatal(err)
	}
	stored := w.stored(t)
	kinds := []string{
		core.FieldTypeText, core.FieldTypeEditor, core.FieldTypeEmail, core.FieldTypeURL, core.FieldTypeJSON, core.FieldTypePassword,
	}
	for _, c := range all {
		for _, f := range c.Fields {
			name := c.Name + "." + f.GetName()
			if f.GetName() == "id" || !slices.Contains(kinds, f.Type()) || without[name] != "" {
				continue
			}
			if len(stored[c.Name][f.GetName()]) == 0 {
				t.Errorf("no record of the world has a canary in %s: give one a text (content_test.go, bookkeeping_test.go)", name)
			}
		}
	}
}
