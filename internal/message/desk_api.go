package message

import (
	"errors"
	"slices"

	"folje/internal/access"
	"folje/internal/locale"
	"folje/internal/problem"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// Bounds of what a request brings: its body in bytes, a text in runes.
const (
	maxBody = 64 << 10
	maxText = 2000
)

// audiences are those whom messages are translated for, what most people read
// first.
var audiences = []string{locale.Parent, locale.Push, locale.Staff}

// asked is what the path of a request names, by a translator of the locale.
type asked struct {
	audience string
	info     locale.Info
}

// of reads the path.
func (s *Service) of(e *core.RequestEvent) (a asked, err error) {
	if !access.IsStaff(e.Auth) {
		return a, problem.SignIn()
	}
	return s.asked(e.Auth, e.Request.PathValue("audience"), e.Request.PathValue("locale"))
}

// asked is what the member of staff names. Messages are nobody's secret; who may
// not translate them has nothing to do here.
func (s *Service) asked(staff *core.Record, audience, tag string) (asked, error) {
	info, known := s.Locales.Find(tag)
	if !slices.Contains(audiences, audience) || !known {
		return asked{}, problem.NotFound()
	}
	if !canTranslate(staff, info.Tag) {
		return asked{}, problem.Forbidden()
	}
	return asked{audience, info}, nil
}

// canTranslate reports whether staff may write in the locale: a translator of
// it, or an administrator; nobody into the source, which is the operator's file.
func canTranslate(staff *core.Record, tag string) bool {
	if tag == locale.Source {
		return false
	}
	return access.IsAdmin(staff) || access.HasRole(staff, access.RoleTranslator) && slices.Contains(staff.GetStringSlice("locales"), tag)
}

// places answers GET staff/messages/{audience}/places/{locale}: every form of
// every message.
func (s *Service) places(e *core.RequestEvent) error {
	a, err := s.of(e)
	if err != nil {
		return err
	}
	c, err := s.catalogs(a.info.Tag)
	if err != nil {
		return err
	}
	rows, err := rowsIn(e.App, a.info.Tag)
	if err != nil {
		return err
	}
	all, err := c.places(a.audience, rows)
	if err != nil {
		return err
	}
	second, err := translation.SecondReview(e.App)
	if err != nil {
		return err
	}
	shown, missing, by := make([]Place, len(all)), 0, viewer{e.Auth.Id, second}
	for i, p := range all {
		shown[i] = p.shown(by)
		if shown[i].State == translation.Missing {
			missing++
		}
	}
	return e.JSON(200, map[string]any{
		"id": a.audience, "title": title(a.audience), "locale": a.info.Tag, "dir": a.info.Dir,
		"places": shown, "total": len(shown), "missing": missing,
	})
}

// translate answers PUT …/places/{locale}/{key}.
func (s *Service) translate(e *core.RequestEvent) error {
	var in struct {
		Text    string `json:"text"`
		Base    string `json:"base"`
		Context string `json:"context"`
		Draft   bool   `json:"draft"`
	}
	a, err := s.of(e)
	if err != nil {
		return err
	}
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	return s.answer(e, a, in.Context, func(tx core.App, p place, d deed) error {
		err := p.saveSent(tx, d, in.Text, in.Base, in.Draft)
		if errors.Is(err, errConflict) {
			return problem.Conflict("error.translation_conflict", p.shown(d.viewer))
		}
		return err
	})
}

// confirm answers POST …/places/{locale}/{key}/confirm.
func (s *Service) confirm(e *core.RequestEvent) error {
	var in struct {
		Context string `json:"context"`
	}
	a, err := s.of(e)
	if err != nil {
		return err
	}
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	return s.answer(e, a, in.Context, func(tx core.App, p place, d deed) error { return p.confirm(tx, d) })
}

// answer does something with the place of the path in a transaction, and answers
// with the place as it is then.
func (s *Service) answer(e *core.RequestEvent, a asked, context string, do func(core.App, place, deed) error) error {
	var now place
	var by viewer
	err := e.App.RunInTransaction(func(tx core.App) (err error) {
		now, by, err = s.atPlace(tx, e.Auth, a, e.Request.PathValue("key"), context, do)
		return err
	})
	if err != nil {
		return err
	}
	return e.JSON(200, now.shown(by))
}

// atPlace finds a place, does something with it, and gives it as it is then.
func (s *Service) atPlace(tx core.App, staff *core.Record, a asked, key, context string, do func(core.App, place, deed) error) (place, viewer, error) {
	c, err := s.catalogs(a.info.Tag)
	if err != nil {
		return place{}, viewer{}, err
	}
	find := func() (place, error) {
		rows, err := rowsOf(tx, a.info.Tag, key)
		if err != nil {
			return place{}, err
		}
		return c.find(a.audience, key, context, rows)
	}
	p, err := find()
	if err != nil {
		return place{}, viewer{}, err
	}
	second, err := translation.SecondReview(tx)
	if err != nil {
		return place{}, viewer{}, err
	}
	by := viewer{staff.Id, second}
	if err := do(tx, p, deed{by, s.Now()}); err != nil {
		return place{}, viewer{}, err
	}
	p, err = find()
	return p, by, err
}
