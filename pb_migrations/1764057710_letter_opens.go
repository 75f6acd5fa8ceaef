package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// letter_opens: on how many phones a letter was opened, by the locale it was
// read in. A sum and nothing else: which phone opened it is not known. Locked.
func init() {
	create("1764057710_letter_opens.go", "letter_opens", func(app core.App) (*core.Collection, error) {
		letter, err := relation(app, "letter", "letters", 1, true, true)
		if err != nil {
			return nil, err
		}
		c := timeless("letter_opens", letter, text("locale", 20, true), number("phones"))
		c.AddIndex("idx_letter_opens", true, "letter, locale", "")
		return c, nil
	})
}
