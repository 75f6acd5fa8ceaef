package message

import (
	"fmt"

	"folje/internal/locale"
	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// row is one form of a message as it was edited. Given says that a text is
// finished; Draft is what is being typed.
type row struct {
	ID     string `db:"id"`
	Locale string `db:"locale"`
	Key    string `db:"key"`
	Form   string `db:"form"`
	Text   string `db:"text"`
	Draft  string `db:"draft"`
	Source string `db:"source"`
	Status string `db:"status"`
	Author string `db:"author"`
	Given  bool   `db:"given"`
}

func query(app core.App) *dbx.SelectQuery {
	return app.DB().Select("id", "locale", "key", "form", "text", "draft", "source", "status", "author", "given").
		From(stored).OrderBy("locale", "key", "form")
}

// rowsOf gives what was edited of one message in one locale.
func rowsOf(app core.App, tag, id string) (found []row, err error) {
	err = query(app).Where(dbx.HashExp{"locale": tag, "key": id}).All(&found)
	return found, err
}

// rowsIn gives what was edited in one locale, by message.
func rowsIn(app core.App, tag string) (map[string][]row, error) {
	var found []row
	if err := query(app).Where(dbx.HashExp{"locale": tag}).All(&found); err != nil {
		return nil, fmt.Errorf("list edited messages: %w", err)
	}
	byKey := map[string][]row{}
	for _, r := range found {
		byKey[r.Key] = append(byKey[r.Key], r)
	}
	return byKey, nil
}

// allEdits gives everything that is finished.
func allEdits(app core.App) (locale.Edits, error) {
	var found []row
	if err := query(app).Where(dbx.HashExp{"given": true}).All(&found); err != nil {
		return nil, fmt.Errorf("list edited messages: %w", err)
	}
	edits := locale.Edits{}
	for _, r := range found {
		if edits[r.Locale] == nil {
			edits[r.Locale] = map[string][]locale.Edit{}
		}
		edits[r.Locale][r.Key] = append(edits[r.Locale][r.Key], r.edit())
	}
	return edits, nil
}

func editsOf(rows []row) (edits []locale.Edit) {
	for _, r := range rows {
		if r.Given {
			edits = append(edits, r.edit())
		}
	}
	return edits
}

func (r row) edit() locale.Edit {
	return locale.Edit{Form: r.Form, Text: r.Text, Source: r.Source, Reviewed: r.Status == translation.Reviewed}
}
