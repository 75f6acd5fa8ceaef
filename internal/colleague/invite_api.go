package colleague

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"

	"folje/internal/audit"
	"folje/internal/post"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// personView is a colleague as administrators see her.
type personView struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Email   string   `json:"email"`
	Roles   []string `json:"roles"`
	Units   []string `json:"units"`
	Locales []string `json:"locales"`
}

func viewOf(r *core.Record) personView {
	return personView{
		r.Id, r.GetString("name"), r.GetString("email"),
		r.GetStringSlice("roles"), r.GetStringSlice("units"), r.GetStringSlice("locales"),
	}
}

// inviteView is an invite: State is "waiting" until the e-mail is sent, then
// "sent", "refused" where the mail server never takes it, or "over".
type inviteView struct {
	personView
	State   string `json:"state"`
	Sent    string `json:"sent"`
	Expires string `json:"expires"`
}

func (f *Feature) inviteViewOf(r *core.Record) inviteView {
	v := inviteView{viewOf(r), "waiting", r.GetString("sent"), r.GetString("expires")}
	switch {
	case !f.Now().Before(r.GetDateTime("expires").Time()):
		v.State = "over"
	case r.GetBool("refused"):
		v.State = "refused"
	case v.Sent != "":
		v.State = "sent"
	}
	return v
}

// list answers GET staff/colleagues → {mail, codes, people, invites}: whether
// the server has e-mail, whether signing in takes a code, who works here, and
// who is invited.
func (f *Feature) list(e *core.RequestEvent) error {
	here, err := e.App.FindRecordsByFilter(staff, "left = ''", "name,id", 0, 0)
	if err != nil {
		return fmt.Errorf("list colleagues: %w", err)
	}
	invited, err := e.App.FindRecordsByFilter(invites, "account = ''", "name,id", 0, 0)
	if err != nil {
		return fmt.Errorf("list invites: %w", err)
	}
	c, err := e.App.FindCachedCollectionByNameOrId(staff)
	if err != nil {
		return fmt.Errorf("find how staff sign in: %w", err)
	}
	people, waiting := make([]personView, len(here)), make([]inviteView, len(invited))
	for i, r := range here {
		people[i] = viewOf(r)
	}
	for i, r := range invited {
		waiting[i] = f.inviteViewOf(r)
	}
	return e.JSON(http.StatusOK, map[string]any{"mail": post.Open(e.App), "codes": c.MFA.Enabled, "people": people, "invites": waiting})
}

// invite answers POST staff/colleagues {name, email, roles, units, locales} →
// {invite, again, link?}. Again says that she was invited before: the earlier
// link is no good any more. The link is told only where the server has no
// e-mail, to be handed over in some other way.
func (f *Feature) invite(e *core.RequestEvent) error {
	var in person
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	in.tidy()
	answer := map[string]any{}
	err := e.App.RunInTransaction(func(tx core.App) error {
		before, err := findByEmail(tx, invites, in.Email)
		if err != nil {
			return err
		}
		r, secret, err := f.make(tx, e.Auth, in)
		if err != nil {
			return err
		}
		answer["again"], answer["invite"] = before != nil, f.inviteViewOf(r)
		return f.handOver(tx, r, secret, answer)
	})
	if err != nil {
		return err
	}
	f.hurry()
	return e.JSON(http.StatusOK, answer)
}

// handOver tells the link where the server has no e-mail to send it by.
func (f *Feature) handOver(tx core.App, r *core.Record, secret string, answer map[string]any) error {
	if post.Open(tx) {
		return nil
	}
	answer["link"] = f.address(secret)
	r.Set("sealed", "")
	if err := tx.Save(r); err != nil {
		return fmt.Errorf("save an invite that is handed over: %w", err)
	}
	return nil
}

// newPassword answers POST staff/colleagues/{id}/password → {link?}: she is sent
// a link to choose another password with. Until she has, the one she has holds.
func (f *Feature) newPassword(e *core.RequestEvent) error {
	answer := map[string]any{}
	err := e.App.RunInTransaction(func(tx core.App) error {
		account, err := present(tx, e.Request.PathValue("id"))
		if err != nil {
			return err
		}
		r, secret, err := f.renew(tx, e.Auth, account)
		if err != nil {
			return err
		}
		return f.handOver(tx, r, secret, answer)
	})
	if err != nil {
		return err
	}
	f.hurry()
	return e.JSON(http.StatusOK, answer)
}

// takeBack answers DELETE staff/colleagues/invites/{id}: the link is no good any
// more. It may be repeated.
func (f *Feature) takeBack(e *core.RequestEvent) error {
	err := e.App.RunInTransaction(func(tx core.App) error {
		r, err := tx.FindRecordById(invites, e.Request.PathValue("id"))
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("find an invite: %w", err)
		}
		if err := tx.Delete(r); err != nil {
			return fmt.Errorf("delete an invite: %w", err)
		}
		return audit.Write(tx, e.Auth.Id, "take back invite of colleague", r.Id, f.Now())
	})
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

// hurry has the post look at once.
func (f *Feature) hurry() {
	select {
	case f.kick <- struct{}{}:
	default:
	}
}
