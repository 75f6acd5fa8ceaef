package access

import (
	"errors"
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"folje/internal/problem"
)

func isCodeInvalid(err error) bool { return errors.Is(err, ErrCodeInvalid) }

// registerDevice answers PUT devices/{id}: {secret, locale, code?} →
// {device, groups}. A repeat has the same answer.
func (a *api) registerDevice(e *core.RequestEvent) error {
	var body struct {
		Secret string `json:"secret"`
		Locale string `json:"locale"`
		Code   string `json:"code"`
	}
	if err := problem.Read(e, maxBody, &body); err != nil {
		return err
	}
	in := registration{id: e.Request.PathValue("id"), locale: body.Locale}
	var err error
	if in.hash, err = HashSecret(body.Secret); err != nil || !ValidDeviceID(in.id) || !a.knownLocale(in.locale) {
		return a.invalidDevice(in.id, err, in.locale)
	}
	if err := a.admitDevice(e, in, body.Code); err != nil {
		return err
	}
	return a.answerDevice(e, in)
}

func (a *api) invalidDevice(id string, secretErr error, locale string) error {
	fields := map[string]problem.Field{}
	if !ValidDeviceID(id) {
		fields["id"] = problem.Field{Code: "error.field_invalid"}
	}
	if secretErr != nil {
		fields["secret"] = problem.Field{Code: "error.field_invalid"}
	}
	if !a.knownLocale(locale) {
		fields["locale"] = problem.Field{Code: "error.field_invalid"}
	}
	return problem.Invalid(fields)
}

// admitDevice registers the device, counting a new one against its address
// and a wrong code against both budgets.
func (a *api) admitDevice(e *core.RequestEvent, in registration, typed string) error {
	if a.Erased(in.id, in.hash) {
		return ErrDeviceTaken
	}
	if typed == "" {
		return a.guardNew(e, a.fresh, in)
	}
	return a.guardCode(e.Request, func() (err error) {
		if in.code, err = a.knownCode(e.App, typed); err != nil {
			return err
		}
		return a.guardNew(e, a.joined, in)
	})
}

// guardNew registers the device, if it is known or the gate admits a new one.
func (a *api) guardNew(e *core.RequestEvent, g *gate, in registration) error {
	now := a.Now()
	if a.index.knows(in.id, in.hash) {
		_, err := a.registerIn(e.App, in, now)
		return err
	}
	return guard(g, a.AddressKey(e.Request), now, "error.too_many_devices", func() (bool, error) {
		return a.registerIn(e.App, in, now)
	})
}

// registerIn runs register in a transaction of its own.
func (a *api) registerIn(app core.App, in registration, now time.Time) (fresh bool, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		if a.Erased(in.id, in.hash) { // meanwhile
			return ErrDeviceTaken
		}
		fresh, err = register(tx, a.Keys, in, now)
		return err
	})
	return fresh && err == nil, err
}

// knownCode parses a code and looks whether there is such an invite, so that
// guessing never takes the database's one writer.
func (a *api) knownCode(app core.App, typed string) (Code, error) {
	code, err := ParseCode(typed)
	if err != nil {
		return "", ErrCodeInvalid.Because(err)
	}
	_, err = findInvite(app, a.Keys, code)
	return code, err
}

func (a *api) answerDevice(e *core.RequestEvent, in registration) error {
	a.index.ensure(e.App, in.id, in.hash)
	groups, err := FindGroups(e.App, in.id, a.Now())
	if err != nil {
		return err
	}
	return answer(e, http.StatusOK, map[string]any{"device": in.id, "groups": groups})
}

// answer writes JSON that no cache may keep.
func answer(e *core.RequestEvent, status int, body any) error {
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(status, body)
}
