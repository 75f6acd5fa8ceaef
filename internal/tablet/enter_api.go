package tablet

import (
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"folje/internal/access"
	"folje/internal/audit"
	"folje/internal/database"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// ErrPIN (403): whoever it was, she isn't let in.
var ErrPIN = problem.New(http.StatusForbidden, "error.pin_wrong")

// attempt is one PIN on its way: what it is tried on, and whether it was the
// last one that may be tried there.
type attempt struct {
	tablet, person, pin    *core.Record // person and pin are nil for nobody
	lastTablet, lastPerson bool
}

// enter answers POST tablet/enter {person, pin} → {token, life, record}: a session
// for the tablet's unit, of so many seconds at most. Whatever is wrong has the
// same answer; so has whatever is locked.
func (f *feature) enter(e *core.RequestEvent) error {
	t, err := f.tablet(e)
	if err != nil {
		return err
	}
	var in struct {
		Person string `json:"person"`
		PIN    string `json:"pin"`
	}
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	a, err := f.begin(e.App, t.Id, in.Person)
	if err != nil {
		return err
	}
	hashed := ""
	if a.pin != nil {
		hashed = a.pin.GetString("hash")
	}
	ok, err := f.matches(hashed, in.Person, westernDigits.Replace(in.PIN))
	if err != nil {
		return err
	}
	if !ok {
		return f.refuse(e.App, a)
	}
	token, err := f.letIn(e.App, a)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"token": token, "life": int(longest / time.Second), "record": map[string]any{
		"id": a.person.Id, "name": a.person.GetString("name"), "email": "",
		"roles": []string{access.RoleEditor}, "units": []string{t.GetString("unit")}, "locales": []string{},
	}})
}

// begin takes a try of the tablet's, and of the person's if she may be in there.
func (f *feature) begin(app core.App, tablet, id string) (a attempt, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		a = attempt{}
		if a.tablet, err = tx.FindRecordById(tablets, tablet); errors.Is(err, sql.ErrNoRows) {
			return ErrTablet
		} else if err != nil {
			return fmt.Errorf("find a tablet: %w", err)
		}
		if a.lastTablet, err = f.spend(tx, a.tablet, mostOfTablet); err != nil {
			return err
		}
		if a.person, a.pin, err = candidate(tx, id, a.tablet.GetString("unit")); err != nil || a.pin == nil {
			return err
		}
		a.lastPerson, err = f.spend(tx, a.pin, mostOfPerson)
		return err
	})
	return a, err
}

func (f *feature) spend(tx core.App, r *core.Record, most int) (last bool, err error) {
	wait, last := spend(r, most, f.Now())
	if wait > 0 {
		return false, problem.TooMany("error.pin_locked", wait)
	}
	if err := tx.Save(r); err != nil {
		return false, fmt.Errorf("count a try: %w", err)
	}
	return last, nil
}

// candidate gives who may be in on a tablet of the unit, with her PIN; nil for
// everybody else.
func candidate(app core.App, id, unit string) (who, pin *core.Record, err error) {
	who, err = app.FindRecordById(staff, id)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !may(who, unit) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("find a colleague: %w", err)
	}
	pin, err = findPIN(app, id)
	return who, pin, err
}

// refuse notes what the wrong PIN has locked.
func (f *feature) refuse(app core.App, a attempt) error {
	err := app.RunInTransaction(func(tx core.App) error {
		if a.lastTablet {
			if err := audit.Write(tx, audit.System, "lock tablet", a.tablet.Id, f.Now()); err != nil {
				return err
			}
		}
		if !a.lastPerson {
			return nil
		}
		return audit.Write(tx, audit.System, "lock PIN", a.person.Id, f.Now())
	})
	if err != nil {
		return err
	}
	return ErrPIN
}

// letIn makes the session. Somebody is in on one tablet at a time.
func (f *feature) letIn(app core.App, a attempt) (token string, err error) {
	raw := make([]byte, 32)
	rand.Read(raw) // never fails
	token = tokenPrefix + base64.RawURLEncoding.EncodeToString(raw)
	err = app.RunInTransaction(func(tx core.App) error {
		if err := f.settle(tx, a); err != nil {
			return err
		}
		if err := endSession(tx, a.person.Id); err != nil {
			return err
		}
		s, err := database.NewRecord(tx, sessions)
		if err != nil {
			return err
		}
		s.Id = a.person.Id
		s.Load(map[string]any{
			"tablet": a.tablet.Id, "units": a.tablet.GetString("unit"), "roles": access.RoleEditor,
			"mark": markOf(token), "began": f.Now().UTC(), "used": f.Now().UTC(),
		})
		if err := tx.Save(s); err != nil {
			return fmt.Errorf("save a session: %w", err)
		}
		return nil
	})
	return token, err
}

// settle gives back what the right PIN has taken, and looks once more whether she
// may be in: a password may have changed while the PIN was compared.
func (f *feature) settle(tx core.App, a attempt) error {
	t, err := tx.FindRecordById(tablets, a.tablet.Id)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrTablet
	}
	if err != nil {
		return fmt.Errorf("find a tablet: %w", err)
	}
	_, pin, err := candidate(tx, a.person.Id, t.GetString("unit"))
	if err != nil {
		return err
	}
	if pin == nil || pin.GetString("hash") != a.pin.GetString("hash") {
		return ErrPIN
	}
	giveBack(t, mostOfTablet)
	forget(pin)
	for _, r := range []*core.Record{t, pin} {
		if err := tx.Save(r); err != nil {
			return fmt.Errorf("give a try back: %w", err)
		}
	}
	return f.seen(tx, t)
}

// tokenPrefix is what the session's tokens begin with. PocketBase takes them for
// none of its own: they are no JWT.
const tokenPrefix = "folje-tablet-"

// markOf is what a session is found by.
func markOf(token string) string {
	sum := sha256.Sum256([]byte(strings.TrimPrefix(token, tokenPrefix)))
	return hex.EncodeToString(sum[:])
}
