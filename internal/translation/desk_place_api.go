package translation

import (
	"errors"
	"maps"
	"net/http"
	"unicode/utf8"

	"folje/internal/access"
	"folje/internal/problem"
	"folje/internal/text"

	"github.com/pocketbase/pocketbase/core"
)

// maxTranslation bounds a translated sentence, in runes.
const maxTranslation = 4000

// places answers GET …/places/{locale}?of=draft|published with the record in
// one locale, place by place in reading order: what a preview and the
// translator's screen show.
func (d *desk) places(e *core.RequestEvent, r item) error {
	info, err := d.known(e.Request.PathValue("locale"))
	if err != nil {
		return err
	}
	places, err := r.places(e.App, e.Request.URL.Query().Get("of") == "published")
	if err != nil {
		return err
	}
	views, err := d.views(e.App, e.Auth, r, info.Tag, places)
	if err != nil {
		return err
	}
	head, err := r.work.Head(e.App, r.Record)
	if err != nil {
		return err
	}
	missing := 0
	for _, v := range views {
		if v.State == Missing {
			missing++
		}
	}
	answer := map[string]any{"locale": info.Tag, "dir": info.Dir, "places": views, "total": len(views), "missing": missing}
	maps.Copy(answer, head)
	answer[r.work.Name] = r.Id
	return e.JSON(200, answer)
}

// views are the places as the member of staff sees them.
func (d *desk) views(app core.App, staff *core.Record, r item, tag string, places []Place) ([]View, error) {
	views, err := Views(app, r.Id, tag, places)
	if err != nil {
		return nil, err
	}
	second, err := SecondReview(app)
	if err != nil {
		return nil, err
	}
	if access.HasRole(staff, access.RoleTranslator) && canTranslate(staff, tag) {
		for i, v := range views {
			views[i].MayReview = v.State == Draft && (!second || v.author != staff.Id)
		}
	}
	return views, nil
}

// translate answers PUT …/places/{locale}/{segment}.
func (d *desk) translate(e *core.RequestEvent, r item) error {
	var in struct {
		Text    string `json:"text"`
		Base    string `json:"base"`
		Context string `json:"context"`
		Draft   bool   `json:"draft"`
	}
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	return d.atPlace(e, r, in.Context, func(tx core.App, p Place, tag string) error {
		err := saveText(tx, Edit{
			Collection: r.work.Collection, Record: r.Id, Author: e.Auth.Id, Place: p, Locale: tag,
			Text: in.Text, Base: in.Base, Only: in.Context != "", Unfinished: in.Draft, At: d.Now(),
		})
		if errors.Is(err, ErrConflict) {
			views, err := d.views(tx, e.Auth, r, tag, []Place{p})
			if err != nil {
				return err
			}
			return errConflict.With("current", views[0])
		}
		return err
	})
}

// errConflict (409) is [ErrConflict] as a translator is told of it.
var errConflict = problem.New(http.StatusConflict, "error.translation_conflict")

// saveText is [Save] for a text as it was sent.
func saveText(tx core.App, e Edit) error {
	if n := utf8.RuneCountInString(e.Text); n > maxTranslation {
		return problem.Invalid(map[string]problem.Field{"text": {
			Code: text.CodeBlockTooLong, Params: map[string]any{"Max": maxTranslation, "Count": n}}})
	}
	return Save(tx, e)
}

// confirm answers POST …/places/{locale}/{segment}/confirm.
func (d *desk) confirm(e *core.RequestEvent, r item) error {
	var in struct {
		Context string `json:"context"`
	}
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	return d.atPlace(e, r, in.Context, func(tx core.App, p Place, tag string) error {
		ok, err := ConfirmPlace(tx, Edit{
			Collection: r.work.Collection, Record: r.Id, Author: e.Auth.Id, Place: p, Locale: tag, At: d.Now(),
		})
		if err == nil && !ok {
			return problem.NotFound()
		}
		return err
	})
}

// atPlace finds the place of the path, does something with it in a
// transaction, and answers with the place as it is then.
func (d *desk) atPlace(e *core.RequestEvent, r item, context string, do func(core.App, Place, string) error) error {
	tag, err := d.mayWrite(e.Auth, r.Record, e.Request.PathValue("locale"))
	if err != nil {
		return err
	}
	var view View
	err = e.App.RunInTransaction(func(tx core.App) error {
		place, err := r.find(tx, e.Request.PathValue("segment"), context)
		if err != nil {
			return err
		}
		if err := do(tx, place, tag); err != nil {
			return err
		}
		views, err := d.views(tx, e.Auth, r, tag, []Place{place})
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

// find looks the segment up in the draft, then in what is published: a sentence
// may be corrected in one and still be read in the other. It goes by what is
// stored now.
func (r item) find(tx core.App, segment, context string) (Place, error) {
	now, err := tx.FindRecordById(r.work.Collection, r.Id)
	if err != nil {
		return Place{}, err
	}
	for _, published := range []bool{false, true} {
		places, err := item{now, r.work}.places(tx, published)
		if err != nil {
			return Place{}, err
		}
		for _, p := range places {
			if p.Segment.ID == segment && (context == "" || p.Context == context) {
				return p, nil
			}
		}
	}
	return Place{}, problem.NotFound()
}
