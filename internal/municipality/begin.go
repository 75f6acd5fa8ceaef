package municipality

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"time"

	"folje/internal/access"
	"folje/internal/audit"
	"folje/internal/database"

	"github.com/pocketbase/pocketbase/core"
)

// ErrClaimed says that the installation has staff already: only they let
// others in.
var ErrClaimed = errors.New("the data folder has its administrator already")

// First is who and what an installation begins with.
type First struct {
	Municipality string
	Unit, Kind   string // Kind is one of Kinds
	Authority    string // the board that owns the unit's records; may be ""
	Name, Email  string // the first administrator's
}

// Kinds are what a unit may be.
func Kinds() []string { return []string{"preschool", "school", "family_centre"} }

// Begin makes the first administrator, with a password that is shown once, and
// her unit. It fails with [ErrClaimed] where there is staff, and says in English
// what of first can't be used.
func Begin(app core.App, first First, now time.Time) (password string, err error) {
	first = first.trimmed()
	if err := first.check(); err != nil {
		return "", err
	}
	password = strings.ToLower(rand.Text()[:20])
	err = app.RunInTransaction(func(tx core.App) error {
		staff, err := tx.CountRecords("staff")
		if err != nil {
			return fmt.Errorf("count staff: %w", err)
		}
		if staff > 0 {
			return ErrClaimed
		}
		return first.save(tx, password, now)
	})
	return password, err
}

func (f First) trimmed() First {
	for _, text := range []*string{&f.Municipality, &f.Unit, &f.Kind, &f.Authority, &f.Name, &f.Email} {
		*text = strings.TrimSpace(*text)
	}
	return f
}

func (f First) check() error {
	for what, text := range map[string]string{"the municipality": f.Municipality, "the unit": f.Unit, "the administrator": f.Name} {
		if text == "" {
			return fmt.Errorf("%s has no name", what)
		}
		if len([]rune(text)) > maxName {
			return fmt.Errorf("the name of %s is longer than %d characters", what, maxName)
		}
	}
	if !isMail(f.Email) {
		return fmt.Errorf("%q is no e-mail address", f.Email)
	}
	return nil
}

func (f First) save(tx core.App, password string, now time.Time) error {
	town, err := tx.FindFirstRecordByData("settings", "name", "municipality")
	if err != nil {
		return fmt.Errorf("find the municipality's settings: %w", err)
	}
	says := map[string]any{}
	if err := town.UnmarshalJSONField("value", &says); err != nil {
		return fmt.Errorf("read the municipality's settings: %w", err)
	}
	says["name"] = f.Municipality
	town.Set("value", says)
	if err := tx.Save(town); err != nil {
		return fmt.Errorf("save the municipality's settings: %w", err)
	}
	unit, err := save(tx, "units", map[string]any{"name": f.Unit, "kind": f.Kind, "authority": f.Authority})
	if err != nil {
		return err
	}
	person, err := save(tx, "staff", map[string]any{
		"name": f.Name, "email": f.Email, "password": password, "verified": true,
		"roles": []string{access.RoleAdmin}, "units": []string{unit.Id},
	})
	if err != nil {
		return err
	}
	return audit.Write(tx, audit.System, "begin", person.Id, now)
}

// maxName is how long a name may be, in characters, as the collections have it.
const maxName = 120

// isMail reports whether s is one bare e-mail address.
func isMail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && len(s) <= 255
}

func save(tx core.App, collection string, values map[string]any) (*core.Record, error) {
	r, err := database.NewRecord(tx, collection)
	if err != nil {
		return nil, err
	}
	r.Load(values)
	if err := tx.Save(r); err != nil {
		return nil, fmt.Errorf("save %s: %w", collection, err)
	}
	return r, nil
}
