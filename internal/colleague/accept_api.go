package colleague

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"folje/internal/audit"
	"folje/internal/database"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// What a password must be: long, and not what everybody would try first.
const (
	leastPassword = 12 // characters
	mostPassword  = 71 // bytes; bcrypt looks at no more
)

// look answers POST welcome/look {secret} → {name, email, roles, units, known}:
// units by name; known says that she has an account. It fails with [ErrLink].
func (f *Feature) look(e *core.RequestEvent) error {
	var in struct {
		Secret string `json:"secret"`
	}
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	r, err := f.find(e.App, in.Secret)
	if err != nil {
		return err
	}
	units, err := e.App.FindRecordsByIds("units", r.GetStringSlice("units"))
	if err != nil {
		return fmt.Errorf("find an invite's units: %w", err)
	}
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = u.GetString("name")
	}
	return e.JSON(http.StatusOK, map[string]any{
		"name": r.GetString("name"), "email": r.GetString("email"), "roles": r.GetStringSlice("roles"), "units": names,
		"known": r.GetString("account") != "",
	})
}

// accept answers POST welcome/accept {secret, password} → {email}: the account is
// made, or has that password, and the link is no good any more. It fails with [ErrLink], or says what
// is wrong with the password.
func (f *Feature) accept(e *core.RequestEvent) error {
	var in struct {
		Secret   string `json:"secret"`
		Password string `json:"password"`
	}
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	var email string
	err := e.App.RunInTransaction(func(tx core.App) error {
		r, err := f.find(tx, in.Secret)
		if err != nil {
			return err
		}
		email = r.GetString("email")
		if code := unfit(in.Password, email); code != "" {
			return problem.Invalid(map[string]problem.Field{"password": {Code: code, Params: map[string]any{"Count": leastPassword}}})
		}
		if id := r.GetString("account"); id != "" {
			return f.setPassword(tx, r, id, in.Password)
		}
		return f.join(tx, r, in.Password)
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]string{"email": email})
}

// find finds the invite that a link is of.
func (f *Feature) find(app core.App, secret string) (*core.Record, error) {
	r, err := app.FindFirstRecordByFilter(invites, "mark = {:mark}", dbx.Params{"mark": f.mark(secret)})
	if errors.Is(err, sql.ErrNoRows) || err == nil && !f.Now().Before(r.GetDateTime("expires").Time()) {
		return nil, ErrLink
	}
	if err != nil {
		return nil, fmt.Errorf("find an invite: %w", err)
	}
	if id := r.GetString("account"); id != "" {
		if _, err := present(app, id); errors.Is(err, problem.NotFound()) { // she left
			return nil, ErrLink
		} else if err != nil {
			return nil, err
		}
	}
	return r, nil
}

// unfit says what is wrong with a password, "" for nothing.
func unfit(password, email string) string {
	name, _, _ := strings.Cut(strings.ToLower(email), "@")
	hers := len(name) > 3 && strings.Contains(strings.ToLower(password), name)
	switch {
	case utf8.RuneCountInString(password) < leastPassword:
		return "error.password_short"
	case len(password) > mostPassword:
		return "error.password_long"
	case hers, strings.Trim(password, string([]rune(password)[:1])) == "":
		return "error.password_easy"
	}
	return ""
}

// setPassword gives the account another password, which ends its sessions, and
// ends the invite.
func (f *Feature) setPassword(tx core.App, r *core.Record, id, password string) error {
	account, err := present(tx, id)
	if err != nil {
		return err
	}
	account.SetPassword(password)
	if !r.GetDateTime("sent").IsZero() {
		account.SetVerified(true)
	}
	if err := tx.Save(account); err != nil {
		return fmt.Errorf("save a password: %w", err)
	}
	if err := tx.Delete(r); err != nil {
		return fmt.Errorf("end an invite: %w", err)
	}
	return audit.Write(tx, id, "choose another password", id, f.Now())
}

// join makes the account that the invite is for, and ends the invite. That an
// address is hers is known only where the link came there.
func (f *Feature) join(tx core.App, r *core.Record, password string) error {
	known, err := findByEmail(tx, staff, r.GetString("email"))
	if err != nil {
		return err
	}
	if known != nil {
		return ErrLink
	}
	account, err := database.NewRecord(tx, staff)
	if err != nil {
		return err
	}
	account.Load(map[string]any{
		"name": r.GetString("name"), "email": r.GetString("email"), "verified": !r.GetDateTime("sent").IsZero(),
		"roles": r.GetStringSlice("roles"), "units": r.GetStringSlice("units"), "locales": r.GetStringSlice("locales"),
	})
	account.SetPassword(password)
	if err := tx.Save(account); err != nil {
		return fmt.Errorf("save an account: %w", err)
	}
	if err := tx.Delete(r); err != nil {
		return fmt.Errorf("end an invite: %w", err)
	}
	return audit.Write(tx, account.Id, "join as colleague", r.Id, f.Now())
}
