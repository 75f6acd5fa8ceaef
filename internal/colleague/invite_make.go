package colleague

import (
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"time"

	"folje/internal/access"
	"folje/internal/audit"
	"folje/internal/database"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// life is for how long a link is good.
const life = 14 * 24 * time.Hour

// secretBytes is how long a link's secret is.
const secretBytes = 32

// Invite invites a colleague to a unit in by's name, nil for nobody's, in the
// transaction tx; the e-mail follows when it is committed. Whoever has an
// account, or is invited already, keeps her roles and locales and is given the
// unit; then new is false. It fails with a problem whose fields say what is wrong.
func (f *Feature) Invite(tx core.App, by *core.Record, name, email string, roles, locales []string, unit string) (new bool, err error) {
	p := person{Name: name, Email: email, Roles: roles, Units: []string{unit}, Locales: locales}
	if unit == "" {
		p.Units = nil
	}
	p.tidy()
	known, err := findByEmail(tx, staff, p.Email)
	if err == nil && known == nil {
		known, err = findByEmail(tx, invites, p.Email)
	}
	if err != nil {
		return false, err
	}
	if known != nil {
		return false, addUnits(tx, actor(by), known, p.Units, f.Now())
	}
	if _, _, err := f.make(tx, by, p); err != nil {
		return false, err
	}
	return true, nil
}

// addUnits gives an account or an invite more units.
func addUnits(tx core.App, actor string, r *core.Record, units []string, now time.Time) error {
	all := r.GetStringSlice("units")
	for _, u := range units {
		if !slices.Contains(all, u) {
			all = append(all, u)
		}
	}
	if len(all) == len(r.GetStringSlice("units")) {
		return nil
	}
	r.Set("units", all)
	if err := tx.Save(r); err != nil {
		return fmt.Errorf("give a colleague a unit: %w", err)
	}
	return audit.Write(tx, actor, "change colleague", r.Id, now)
}

// make stores an invite, in place of an earlier one to the same address, whose
// link is no good any more. The secret is what its link ends with.
func (f *Feature) make(tx core.App, by *core.Record, p person) (r *core.Record, secret string, err error) {
	wrong, err := p.check(tx)
	if err != nil {
		return nil, "", err
	}
	p.checkEmail(wrong)
	if len(wrong) == 0 {
		known, err := findByEmail(tx, staff, p.Email)
		if err != nil {
			return nil, "", err
		}
		wrong.wrong("email", "error.colleague_known", known != nil)
	}
	if err := wrong.err(); err != nil {
		return nil, "", err
	}
	if r, err = findByEmail(tx, invites, p.Email); err != nil {
		return nil, "", err
	}
	if r == nil {
		if r, err = database.NewRecord(tx, invites); err != nil {
			return nil, "", err
		}
	}
	r.Load(p.values())
	r.Load(map[string]any{"email": p.Email, "account": ""})
	if secret, err = f.link(tx, r, by); err != nil {
		return nil, "", err
	}
	return r, secret, audit.Write(tx, actor(by), "invite colleague", r.Id, f.Now())
}

// renew stores an invite with which a colleague chooses another password.
func (f *Feature) renew(tx core.App, by, account *core.Record) (r *core.Record, secret string, err error) {
	if r, err = findByEmail(tx, invites, account.Email()); err != nil {
		return nil, "", err
	}
	if r == nil {
		if r, err = database.NewRecord(tx, invites); err != nil {
			return nil, "", err
		}
	}
	v := viewOf(account)
	r.Load(map[string]any{"name": v.Name, "email": v.Email, "roles": v.Roles, "units": v.Units, "locales": v.Locales, "account": v.ID})
	if secret, err = f.link(tx, r, by); err != nil {
		return nil, "", err
	}
	return r, secret, audit.Write(tx, actor(by), "have colleague choose another password", account.Id, f.Now())
}

// link gives the invite a new link, and stores it.
func (f *Feature) link(tx core.App, r, by *core.Record) (secret string, err error) {
	secret = newSecret()
	r.Load(map[string]any{
		"mark": f.mark(secret), "sealed": f.Keys.Seal(access.Code(secret)),
		"expires": f.Now().UTC().Add(life), "sent": "", "refused": false, "author": actor(by),
	})
	if err := tx.Save(r); err != nil {
		return "", fmt.Errorf("save an invite: %w", err)
	}
	return secret, nil
}

// newSecret makes a link's secret from the operating system's randomness.
func newSecret() string {
	b := make([]byte, secretBytes)
	rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// mark is what a secret is found by; nothing but the key gives it.
func (f *Feature) mark(secret string) string { return f.Keys.Lookup(access.Code(secret)) }

// address is where a colleague answers. The secret stands behind #: browsers send
// it to nobody, and no log has it.
func (f *Feature) address(secret string) string { return f.Origin + "/staff/welcome#" + secret }

// findByEmail finds the row of an address, however it is written; nil for none.
func findByEmail(app core.App, collection, email string) (*core.Record, error) {
	r := &core.Record{}
	err := app.RecordQuery(collection).AndWhere(dbx.NewExp("[[email]] = {:email} COLLATE NOCASE", dbx.Params{"email": email})).Limit(1).One(r)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find an address in %s: %w", collection, err)
	}
	return r, nil
}

// actor is who did it, for the audit log.
func actor(by *core.Record) string {
	if by == nil {
		return audit.System
	}
	return by.Id
}

// ErrLink (410) is what everybody is told whose link lets nobody in: a wrong
// one, a used one, one that was taken back, one that is too old.
var ErrLink = problem.New(410, "error.colleague_link")
