package access

import (
	"net/http"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"folje/internal/problem"
)

// listGroups answers GET devices/me/groups → {groups}.
func (a *api) listGroups(e *core.RequestEvent) error {
	device, err := a.index.Authenticate(e.Request)
	if err != nil {
		return err
	}
	groups, err := FindGroups(e.App, device.ID, a.Now())
	if err != nil {
		return err
	}
	return answer(e, http.StatusOK, map[string]any{"groups": groups})
}

// joinGroup answers POST devices/me/groups: {code} → {groups}, those that the
// code let in.
func (a *api) joinGroup(e *core.RequestEvent) error {
	device, err := a.index.Authenticate(e.Request)
	if err != nil {
		return err
	}
	var body struct {
		Code string `json:"code"`
	}
	if err := problem.Read(e, maxBody, &body); err != nil {
		return err
	}
	var let []string
	err = a.guardCode(e.Request, func() error {
		code, err := a.knownCode(e.App, body.Code)
		if err != nil {
			return err
		}
		let, err = a.useCodeIn(e.App, code, device.ID)
		return err
	})
	if err != nil {
		return err
	}
	groups, err := FindGroups(e.App, device.ID, a.Now())
	if err != nil {
		return err
	}
	groups = slices.DeleteFunc(groups, func(g Group) bool { return !slices.Contains(let, g.ID) })
	return answer(e, http.StatusOK, map[string]any{"groups": groups})
}

// useCodeIn runs useCode in a transaction of its own. The device is looked at
// once more: it may have been revoked since it was authenticated.
func (a *api) useCodeIn(app core.App, code Code, device string) (groups []string, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		if err := StillThere(tx, device); err != nil {
			return err
		}
		groups, err = useCode(tx, a.Keys, code, device, a.Now())
		return err
	})
	return groups, err
}

// leaveGroup answers DELETE devices/me/groups/{id} → 204, also where the
// device does not follow the group.
func (a *api) leaveGroup(e *core.RequestEvent) error {
	device, err := a.index.Authenticate(e.Request)
	if err != nil {
		return err
	}
	err = e.App.RunInTransaction(func(tx core.App) error {
		return LeaveGroup(tx, device.ID, e.Request.PathValue("id"))
	})
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}
