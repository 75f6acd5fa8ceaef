package letter

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"folje/internal/outbox"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Kinds are what phones may be told about letters.
func Kinds(cfg Config) map[string]outbox.Kind {
	f := &feature{cfg}
	return map[string]outbox.Kind{
		kindLetter:      {Release: released, Still: stands, Compose: f.says("push.letter_title", "push.letter_body")},
		kindCorrection:  {Release: released, Still: stands, Compose: f.says("push.correction_title", "push.correction_body")},
		kindWithdrawal:  {Still: gone, Skip: f.unconcerned, Compose: f.sayWithdrawal},
		kindTranslation: {Still: stands, Skip: untold, Compose: f.says("push.translation_title", "push.translation_body")},
	}
}

// stands reports whether phones have the row's revision: a letter that is
// withdrawn, or says something else by now, doesn't ring.
func stands(app core.App, row outbox.Row) (bool, error) {
	l, err := Find(app, row.Item)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("find letter: %w", err)
	}
	return l.Live() && l.Number() == row.Number, nil
}

// gone reports whether none of the row's groups has the letter.
func gone(app core.App, row outbox.Row) (bool, error) {
	now, err := groupsOf(app, row.Item)
	if err != nil {
		return false, err
	}
	return !slices.ContainsFunc(row.Groups, func(g string) bool { return slices.Contains(now, g) }), nil
}

// groupsOf gives the groups that have the letter, none where it isn't live.
func groupsOf(app core.App, letter string) ([]string, error) {
	l, err := Find(app, letter)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !l.Live() {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find letter: %w", err)
	}
	latest, err := Latest(app, l)
	if err != nil {
		return nil, fmt.Errorf("find latest revision: %w", err)
	}
	return latest.Groups(), nil
}

// untold are the phones that were told nothing of the letter: what waits for
// them says the newest when it comes.
func untold(app core.App, row outbox.Row, devices []string) (map[string]bool, error) {
	told, err := outbox.Rang(app, row.Item, devices, kindLetter, kindCorrection, kindTranslation)
	if err != nil {
		return nil, err
	}
	skip := map[string]bool{}
	for _, device := range devices {
		if !told[device] {
			skip[device] = true
		}
	}
	return skip, nil
}

// unconcerned are the phones that were told nothing of the letter, and those
// that have it through another group that they follow still.
func (f *feature) unconcerned(app core.App, row outbox.Row, devices []string) (map[string]bool, error) {
	skip, err := untold(app, row, devices)
	if err != nil {
		return nil, err
	}
	groups, err := groupsOf(app, row.Item)
	if err != nil || len(groups) == 0 {
		return skip, err
	}
	var has []string
	at, _ := types.ParseDateTime(f.Now()) // a time.Time always parses
	err = app.DB().Select("device").Distinct(true).From("memberships").
		Where(dbx.In("device", anys(devices)...)).AndWhere(dbx.In("group", anys(groups)...)).
		AndWhere(dbx.NewExp("[[ends]] > {:now}", dbx.Params{"now": at.String()})).Column(&has)
	if err != nil {
		return nil, fmt.Errorf("find who has the letter: %w", err)
	}
	for _, device := range has {
		skip[device] = true
	}
	return skip, nil
}

func anys(all []string) []any {
	out := make([]any, len(all))
	for i, s := range all {
		out[i] = s
	}
	return out
}

// says gives a kind's Compose: what happened and what to do, in these messages.
// It is neutral, unless the reader wants titles and this one may be shown. A
// correction rings as a new letter does, for what was corrected may be what
// matters.
func (f *feature) says(title, body string) func(core.App, outbox.Row, outbox.Reader) (outbox.Note, error) {
	return func(app core.App, row outbox.Row, to outbox.Reader) (outbox.Note, error) {
		note := outbox.Note{
			Title: f.Locales.Text(to.Locale, title, nil), Body: f.Locales.Text(to.Locale, body, nil),
			Navigate: "/letters/" + row.Item, Tag: tag(row),
		}
		if !to.Titles {
			return note, nil
		}
		about, err := titleOf(app, row.Item, to.Locale)
		if about != "" {
			note.Body = f.Locales.Text(to.Locale, "push.letter_named", map[string]any{"Title": about})
		}
		return note, err
	}
}

// sayWithdrawal never has a title, and makes no sound: it takes the place of
// what the phone shows.
func (f *feature) sayWithdrawal(_ core.App, row outbox.Row, to outbox.Reader) (outbox.Note, error) {
	return outbox.Note{
		Title: f.Locales.Text(to.Locale, "push.withdrawal_title", nil), Body: f.Locales.Text(to.Locale, "push.withdrawal_body", nil),
		Navigate: "/letters", Tag: tag(row), Quiet: true,
	}, nil
}

// tag makes all notes about a letter replace each other.
func tag(row outbox.Row) string { return "letter-" + row.Item }

// titleOf is the title of what phones have, in the reader's language or else in
// Swedish; "" where it must not be shown. A draft that is marked as sensitive
// hides it before it is published so.
func titleOf(app core.App, letter, locale string) (string, error) {
	l, err := Find(app, letter)
	if err != nil {
		return "", fmt.Errorf("find letter: %w", err)
	}
	latest, err := Latest(app, l)
	if err != nil {
		return "", fmt.Errorf("find latest revision: %w", err)
	}
	if !l.Live() || l.Sensitive() || latest.GetBool("sensitive") {
		return "", nil
	}
	places, err := latest.places()
	if err != nil {
		return "", err
	}
	places = slices.DeleteFunc(places, func(p translation.Place) bool { return p.Kind != text.Title })
	for _, tag := range []string{locale, sourceLocale} {
		said, ok, err := translation.Say(app, tag, places)
		if err != nil || ok {
			return shortened(said), err
		}
	}
	return "", nil
}

// mostShown is how much of a title a notification shows, in characters as
// people count them. A translation may be far longer than the title.
const mostShown = 120

func shortened(title string) string {
	all := graphemes.FromString(title)
	for n := 0; all.Next(); n++ {
		if n == mostShown-1 && all.End() < len(title) {
			return title[:all.Start()] + "…"
		}
	}
	return title
}
