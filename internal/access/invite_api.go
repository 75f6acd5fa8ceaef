package access

import (
	"fmt"
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"folje/internal/problem"
)

// shownInvite is an invite as staff see it; uses is null below five, because
// so few phones could be told apart.
type shownInvite struct {
	ID   string `json:"id"`
	Uses *int   `json:"uses"`
	shownCode
}

// listInvites answers GET staff/groups/{id}/invites → {invites, devices}: the
// live ones, and how many phones follow the group, null below five.
func (a *api) listInvites(e *core.RequestEvent) error {
	_, group, err := a.inviter(e)
	if err != nil {
		return err
	}
	live, err := FindInvites(e.App, group.Id, a.Now())
	if err != nil {
		return err
	}
	shown := make([]shownInvite, len(live))
	for i, invite := range live {
		if shown[i], err = a.showInvite(e.Request, invite); err != nil {
			return err
		}
	}
	devices, err := CountDevices(e.App, group.Id, a.Now())
	if err != nil {
		return err
	}
	return answer(e, http.StatusOK, map[string]any{"invites": shown, "devices": countShown(devices)})
}

// createInvite answers POST staff/groups/{id}/invites: {days?} → the invite.
func (a *api) createInvite(e *core.RequestEvent) error {
	body := struct {
		Days int `json:"days"`
	}{DefaultInviteDays}
	return a.changeInvites(e, &body, func(tx core.App, staff, group string) (*Invite, error) {
		return MakeInvite(tx, a.Keys, group, staff, body.Days, a.Now())
	})
}

// rotateInvites answers POST staff/groups/{id}/invites/rotate: {drop} → the
// new invite.
func (a *api) rotateInvites(e *core.RequestEvent) error {
	var body struct {
		Drop bool `json:"drop"`
	}
	return a.changeInvites(e, &body, func(tx core.App, staff, group string) (*Invite, error) {
		return RotateInvites(tx, a.Keys, group, staff, body.Drop, a.Now())
	})
}

// changeInvites runs one change of a group's invites, with the body read into
// the struct that body points to, and answers with the invite it made.
func (a *api) changeInvites(e *core.RequestEvent, body any, change func(tx core.App, staff, group string) (*Invite, error)) error {
	staff, group, err := a.inviter(e)
	if err != nil {
		return err
	}
	if err := problem.Read(e, maxBody, body); err != nil {
		return err
	}
	var invite *Invite
	err = e.App.RunInTransaction(func(tx core.App) error {
		invite, err = change(tx, staff.Id, group.Id)
		return err
	})
	if err != nil {
		return err
	}
	shown, err := a.showInvite(e.Request, invite)
	if err != nil {
		return err
	}
	return answer(e, http.StatusOK, shown)
}

// deleteInvite answers DELETE staff/invites/{id} → 204, also where it was
// revoked before.
func (a *api) deleteInvite(e *core.RequestEvent) error {
	staff, err := Staff(e)
	if err != nil {
		return err
	}
	err = e.App.RunInTransaction(func(tx core.App) error {
		record, err := tx.FindRecordById("invites", e.Request.PathValue("id"))
		if err != nil {
			return fmt.Errorf("find invite: %w", err)
		}
		invite := wrapInvite(record)
		if _, err := invitable(tx, staff, invite.Group()); err != nil {
			return err // a handover has no group, so staff never find one
		}
		return RevokeInvite(tx, invite, staff.Id, a.Now())
	})
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

// inviter gives the signed-in member of staff and the group of the path, whose
// invites she may handle.
func (a *api) inviter(e *core.RequestEvent) (staff, group *core.Record, err error) {
	if staff, err = Staff(e); err != nil {
		return nil, nil, err
	}
	group, err = invitable(e.App, staff, e.Request.PathValue("id"))
	return staff, group, err
}

// invitable finds the group. Staff of other units don't learn that it exists;
// staff of its unit without the role are told that they may not.
func invitable(app core.App, staff *core.Record, id string) (*core.Record, error) {
	group, err := app.FindRecordById("groups", id)
	if err != nil {
		return nil, fmt.Errorf("find group: %w", err)
	}
	if !InUnit(staff, group.GetString("unit")) {
		return nil, problem.NotFound()
	}
	if !CanInvite(app, staff, group) {
		return nil, problem.Forbidden()
	}
	return group, nil
}

func (a *api) showInvite(r *http.Request, invite *Invite) (shownInvite, error) {
	code, err := a.show(r, invite, "")
	return shownInvite{ID: invite.Id, Uses: countShown(invite.Uses()), shownCode: code}, err
}
