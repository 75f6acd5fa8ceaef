package confidential

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"folje/internal/audit"
	"folje/internal/database"
	"folje/internal/problem"
	"folje/internal/zone"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// consents are the ways in which a parent may have said yes.
var consents = []string{"phone", "visit", "paper", "mail"}

// consent is that of the parent to one colleague's reading one request: how and
// on which day she gave it. By is who noted it.
type consent struct {
	How string `json:"how"`
	At  string `json:"at"`
	By  string `json:"by"`
}

// sharing is the body of POST requests/{id}/share.
type sharing struct {
	To         string   `json:"to"`
	Ciphertext string   `json:"ciphertext"`
	Consent    *consent `json:"consent"`
}

// share answers POST requests/{id}/share {to, ciphertext, consent: {how, at}} →
// {id}: one colleague, who has a key of her own, may open this request.
func (f *feature) share(e *core.RequestEvent) error {
	var in sharing
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	var id string
	err := e.App.RunInTransaction(func(tx core.App) error {
		d, r, err := f.request(tx, e)
		if err != nil {
			return err
		}
		if err := f.checkSharing(tx, d, r, in); err != nil {
			return err
		}
		s, err := database.NewRecord(tx, shares)
		if err != nil {
			return err
		}
		in.Consent.By = d.staff.Id
		s.Load(map[string]any{
			"request": r.Id, "by": d.staff.Id, "to": in.To, "ciphertext": in.Ciphertext, "consent": in.Consent, "at": f.minute(),
		})
		if err := tx.Save(s); err != nil {
			return fmt.Errorf("save a share: %w", err)
		}
		id = s.Id
		return audit.Write(tx, d.staff.Id, "share request", d.subject(r.Id, in.To), f.Now())
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]string{"id": id})
}

func (f *feature) checkSharing(tx core.App, d door, r *core.Record, in sharing) error {
	wrong := fields{}
	wrong.need("ciphertext", in.Ciphertext, isRequest(in.Ciphertext)) // of one size, as it came
	key, err := ownKey(tx, in.To)
	if err != nil {
		return err
	}
	wrong.need("to", in.To, key != nil && in.To != d.staff.Id)
	if c := in.Consent; c == nil {
		wrong["consent"] = problem.Field{Code: "error.request_consent"}
	} else {
		wrong.need("consent.how", c.How, slices.Contains(consents, c.How))
		wrong.need("consent.at", c.At, isDay(c.At) && c.At <= zone.Day(d.now))
	}
	wrong.wrong("state", r.GetString("state") == "new")
	return wrong.err()
}

// shareView is a request that a colleague was given.
type shareView struct {
	ID     string `json:"id" db:"id"`
	By     string `json:"by" db:"by"`
	At     string `json:"at" db:"at"`
	Opened string `json:"opened" db:"opened"`
}

// listShares answers GET shares/mine → {shares: [{id, by, at, opened}]}; by is
// the name of who shared it, "" where her account is gone.
func (f *feature) listShares(e *core.RequestEvent) error {
	found := []shareView{}
	err := e.App.DB().Select("s.id", "coalesce([[a.name]], '') AS [[by]]", "s.at", "s.opened").From(shares+" s").
		LeftJoin("staff a", dbx.NewExp("[[a.id]] = [[s.by]]")).Where(dbx.HashExp{"s.to": e.Auth.Id}).
		OrderBy("s.at DESC", "s.id").All(&found)
	if err != nil {
		return fmt.Errorf("list shares: %w", err)
	}
	return e.JSON(http.StatusOK, map[string]any{"shares": found})
}

// openShare answers POST shares/{id}/open → {id, ciphertext} to the colleague it
// is for, after the row of the audit log.
func (f *feature) openShare(e *core.RequestEvent) error {
	var ciphertext string
	err := e.App.RunInTransaction(func(tx core.App) error {
		s, err := tx.FindRecordById(shares, e.Request.PathValue("id"))
		if errors.Is(err, sql.ErrNoRows) || err == nil && s.GetString("to") != e.Auth.Id {
			return problem.NotFound()
		}
		if err != nil {
			return fmt.Errorf("find a share: %w", err)
		}
		r, err := tx.FindRecordById(requests, s.GetString("request"))
		if err != nil {
			return fmt.Errorf("find a shared request: %w", err)
		}
		name, err := channelOf(tx, r)
		if err != nil {
			return err
		}
		if err := audit.Write(tx, e.Auth.Id, "open share", subject(name, r.Id, s.Id), f.Now()); err != nil {
			return err
		}
		if s.GetDateTime("opened").IsZero() {
			s.Set("opened", f.minute())
			if err := tx.Save(s); err != nil {
				return fmt.Errorf("save a share: %w", err)
			}
		}
		ciphertext = s.GetString("ciphertext")
		return nil
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]string{"id": e.Request.PathValue("id"), "ciphertext": ciphertext})
}
