package letter

import (
	"errors"
	"slices"

	"folje/internal/access"
	"folje/internal/locale"
	"folje/internal/problem"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// maxTranslation bounds a translated sentence, in runes.
const maxTranslation = 4000

// placesAnswer is a letter in one locale, place by place in reading order.
type placesAnswer struct {
	Letter  string             `json:"letter"`
	Title   string             `json:"title"`
	Locale  string             `json:"locale"`
	Dir     string             `json:"dir"`
	Places  []translation.View `json:"places"`
	Total   int                `json:"total"`
	Missing int                `json:"missing"`
}

// places answers GET …/places/{locale}?of=draft|published: what a preview and
// the translator's screen show.
func (f *feature) places(e *core.RequestEvent) error {
	l, err := f.letter(e, access.RoleEditor, access.RoleTranslator)
	if err != nil {
		return err
	}
	info, err := f.known(e.Request.PathValue("locale"))
	if err != nil {
		return err
	}
	places, err := placesOf(e.App, l, e.Request.URL.Query().Get("of") == "published")
	if err != nil {
		return err
	}
	views, err := translation.Views(e.App, l.Id, info.Tag, places)
	if err != nil {
		return err
	}
	answer := placesAnswer{Letter: l.Id, Title: l.GetString("title"), Locale: info.Tag, Dir: info.Dir, Places: views, Total: len(views)}
	for _, v := range views {
		if v.State == translation.Missing {
			answer.Missing++
		}
	}
	return e.JSON(200, answer)
}

// readiness answers GET …/readiness: the counts of every locale.
func (f *feature) readiness(e *core.RequestEvent) error {
	l, err := f.letter(e, access.RoleEditor, access.RoleTranslator)
	if err != nil {
		return err
	}
	all, err := f.ready(e.App, l, f.targets())
	if err != nil {
		return err
	}
	return e.JSON(200, map[string]any{"locales": all})
}

func (f *feature) ready(app core.App, l Letter, locales []string) ([]translation.Readiness, error) {
	places, err := placesOf(app, l, false)
	if err != nil {
		return nil, err
	}
	all := make([]translation.Readiness, len(locales))
	for i, tag := range locales {
		if all[i], err = translation.Ready(app, l.Id, tag, places); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// translate answers PUT …/places/{locale}/{segment}.
func (f *feature) translate(e *core.RequestEvent) error {
	var in struct {
		Text    string `json:"text"`
		Base    string `json:"base"`
		Context string `json:"context"`
		Draft   bool   `json:"draft"`
	}
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	if n := len([]rune(in.Text)); n > maxTranslation {
		return problem.Invalid(map[string]problem.Field{"text": {
			Code: text.CodeBlockTooLong, Params: map[string]any{"Max": maxTranslation, "Count": n}}})
	}
	return f.atPlace(e, in.Context, func(tx core.App, l Letter, p translation.Place, tag string) error {
		err := translation.Save(tx, translation.Edit{
			Record: l.Id, Author: e.Auth.Id, Place: p, Locale: tag,
			Text: in.Text, Base: in.Base, Only: in.Context != "", Unfinished: in.Draft,
		})
		if errors.Is(err, translation.ErrConflict) {
			views, err := translation.Views(tx, l.Id, tag, []translation.Place{p})
			if err != nil {
				return err
			}
			return problem.Conflict("error.translation_conflict", views[0])
		}
		return err
	})
}

// confirm answers POST …/places/{locale}/{segment}/confirm.
func (f *feature) confirm(e *core.RequestEvent) error {
	var in struct {
		Context string `json:"context"`
	}
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	return f.atPlace(e, in.Context, func(tx core.App, l Letter, p translation.Place, tag string) error {
		ok, err := translation.ConfirmPlace(tx, l.Id, p, tag)
		if err == nil && !ok {
			return problem.NotFound()
		}
		return err
	})
}

// atPlace finds the place of the path, does something with it in a
// transaction, and answers with the place as it is then.
func (f *feature) atPlace(e *core.RequestEvent, context string, do func(core.App, Letter, translation.Place, string) error) error {
	l, err := f.letter(e, access.RoleTranslator)
	if err != nil {
		return err
	}
	info, err := f.known(e.Request.PathValue("locale"))
	if err != nil {
		return err
	}
	if !canTranslate(e.Auth, info.Tag) {
		return problem.Forbidden()
	}
	var view translation.View
	err = e.App.RunInTransaction(func(tx core.App) error {
		place, err := findPlace(tx, l, e.Request.PathValue("segment"), context)
		if err != nil {
			return err
		}
		if err := do(tx, l, place, info.Tag); err != nil {
			return err
		}
		views, err := translation.Views(tx, l.Id, info.Tag, []translation.Place{place})
		if err == nil {
			view = views[0]
		}
		return err
	})
	if err != nil {
		return err
	}
	return e.JSON(200, view)
}

// canTranslate reports whether staff may write in the locale: a translator of
// it, or an administrator; nobody into the source.
func canTranslate(staff *core.Record, tag string) bool {
	if tag == sourceLocale {
		return false
	}
	return access.IsAdmin(staff) || access.HasRole(staff, access.RoleTranslator) && slices.Contains(staff.GetStringSlice("locales"), tag)
}

// findPlace looks the segment up in the draft, then in what is published: a
// sentence may be corrected in one and still be read in the other.
func findPlace(app core.App, l Letter, segment, context string) (translation.Place, error) {
	for _, published := range []bool{false, true} {
		places, err := placesOf(app, l, published)
		if err != nil {
			return translation.Place{}, err
		}
		for _, p := range places {
			if p.Segment.ID == segment && (context == "" || p.Context == context) {
				return p, nil
			}
		}
	}
	return translation.Place{}, problem.NotFound()
}

func placesOf(app core.App, l Letter, published bool) ([]translation.Place, error) {
	o, err := owner(app, l)
	if err != nil {
		return nil, err
	}
	if published {
		return o.Published, nil
	}
	return o.Drafted, nil
}

// known finds the locale, and refuses one the app doesn't have.
func (f *feature) known(tag string) (locale.Info, error) {
	for _, info := range f.Locales.Locales() {
		if info.Tag == tag {
			return info, nil
		}
	}
	return locale.Info{}, problem.NotFound()
}

// targets are the locales that letters are translated into.
func (f *feature) targets() []string {
	var tags []string
	for _, info := range f.Locales.Locales() {
		if info.Tag != sourceLocale {
			tags = append(tags, info.Tag)
		}
	}
	return tags
}
