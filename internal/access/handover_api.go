package access

import (
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"folje/internal/problem"
)

// makeHandover answers POST devices/me/handover → {code, url, expires, qr}.
func (a *api) makeHandover(e *core.RequestEvent) error {
	device, err := a.index.Authenticate(e.Request)
	if err != nil {
		return err
	}
	if err := problem.Read(e, maxBody, &struct{}{}); err != nil {
		return err
	}
	var invite *Invite
	err = e.App.RunInTransaction(func(tx core.App) error {
		if err := StillThere(tx, device.ID); err != nil {
			return err
		}
		invite, err = MakeHandover(tx, a.Keys, device.ID, a.Now())
		return err
	})
	if err != nil {
		return err
	}
	shown, err := a.show(e.Request, invite, "")
	if err != nil {
		return err
	}
	return answer(e, http.StatusOK, shown)
}

// shownCode is a code as the one who may give it away sees it.
type shownCode struct {
	Code    string `json:"code"`
	URL     string `json:"url"`
	Expires string `json:"expires"`
	QR      QR     `json:"qr"`
}

func (a *api) show(r *http.Request, invite *Invite, letter string) (shownCode, error) {
	code, err := invite.Code(a.Keys)
	if err != nil {
		return shownCode{}, err
	}
	return a.draw(r, code, invite.Expires(), letter)
}

// draw is the code with its link and picture; letter is what the link leads to,
// or "".
func (a *api) draw(r *http.Request, code Code, expires time.Time, letter string) (shownCode, error) {
	url := a.joinURL(r, code, letter)
	drawn, err := NewQR(url)
	if err != nil {
		return shownCode{}, err
	}
	return shownCode{
		Code: code.String(), URL: url, QR: drawn,
		Expires: expires.UTC().Format(time.RFC3339),
	}, nil
}
