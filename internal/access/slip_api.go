package access

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"folje/internal/problem"
)

// slips are papers to be cut apart, one for each guardian: what is said on all
// of them, and the code of each.
type slips struct {
	Municipality string       `json:"municipality"`
	Address      string       `json:"address"`
	Unit         string       `json:"unit"`
	Group        string       `json:"group"`
	Lines        []posterLine `json:"lines"`
	Slips        []shownCode  `json:"slips"`
}

// makeSlips answers POST staff/groups/{id}/slips?letter=: {count, days?} → the
// slips, this once.
func (a *api) makeSlips(e *core.RequestEvent) error {
	staff, group, err := a.inviter(e)
	if err != nil {
		return err
	}
	body := struct {
		Count int `json:"count"`
		Days  int `json:"days"`
	}{Days: DefaultSlipDays}
	if err := problem.Read(e, maxBody, &body); err != nil {
		return err
	}
	about, err := a.posterOf(e, group)
	if err != nil {
		return err
	}
	now, codes := a.Now(), []Code(nil)
	err = e.App.RunInTransaction(func(tx core.App) error {
		codes, err = MakeSlips(tx, a.Keys, group.Id, staff.Id, body.Count, body.Days, now)
		return err
	})
	if err != nil {
		return err
	}
	made := slips{about.Municipality, about.Address, about.Unit, about.Group, about.Lines, make([]shownCode, len(codes))}
	for i, code := range codes {
		if made.Slips[i], err = a.draw(e.Request, code, inDays(now, body.Days), letterOf(e.Request)); err != nil {
			return err
		}
	}
	return answer(e, http.StatusOK, made)
}

// endSlips answers DELETE staff/groups/{id}/slips → 204, also where there are
// none.
func (a *api) endSlips(e *core.RequestEvent) error {
	staff, group, err := a.inviter(e)
	if err != nil {
		return err
	}
	err = e.App.RunInTransaction(func(tx core.App) error { return EndSlips(tx, group.Id, staff.Id, a.Now()) })
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}
