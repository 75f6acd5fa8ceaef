package municipality

import (
	"fmt"
	"slices"
	"strings"

	"folje/internal/access"

	"github.com/pocketbase/dbx"
)

// roles are what a sheet may call what somebody does, in lower case. Whoever
// reads confidential requests is invited by herself, since more has to be said
// of her than a sheet can.
var roles = map[string]string{
	"": access.RoleEditor, "skriver": access.RoleEditor, "skriver brev": access.RoleEditor, "pedagog": access.RoleEditor,
	"lärare": access.RoleEditor, "förskollärare": access.RoleEditor, "redaktör": access.RoleEditor, "editor": access.RoleEditor,
	"samordnare": access.RoleCoordinator, "coordinator": access.RoleCoordinator,
	"översättare": access.RoleTranslator, "översätter": access.RoleTranslator, "translator": access.RoleTranslator,
	"administratör": access.RoleAdmin, "admin": access.RoleAdmin,
}

func (p *planner) person(l line, u *PlannedUnit) error {
	name, email := l.cells[colName], strings.ToLower(l.cells[colEmail])
	if name == "" && email == "" {
		if l.cells[colRole] != "" || l.cells[colLanguages] != "" {
			p.fault(l, colEmail, "error.import_email_missing", nil)
		}
		return nil
	}
	role, to, ok := p.someone(l, name, email)
	if !ok {
		return nil
	}
	for _, other := range p.plan.People {
		if other.Email == email {
			if !same(other.Name, name) {
				p.fault(l, colEmail, "error.import_email_twice", map[string]any{"Name": other.Name})
				return nil
			}
			other.join(role, to, u)
			return nil
		}
	}
	return p.add(name, email, role, to, u)
}

// someone checks what the row says of a person.
func (p *planner) someone(l line, name, email string) (role string, to []string, ok bool) {
	before := len(p.faults)
	if name == "" {
		p.fault(l, colName, "error.import_name_missing", nil)
	}
	switch {
	case email == "":
		p.fault(l, colEmail, "error.import_email_missing", nil)
	case !isMail(email):
		p.fault(l, colEmail, "error.import_email", map[string]any{"Value": l.cells[colEmail]})
	}
	role, known := roles[strings.ToLower(l.cells[colRole])]
	if !known {
		p.fault(l, colRole, "error.import_role", map[string]any{"Value": l.cells[colRole]})
	} else {
		to = p.translates(l, role)
	}
	return role, to, len(p.faults) == before
}

// translates are the locales that the row's person translates to; nobody but a
// translator has any.
func (p *planner) translates(l line, role string) []string {
	switch said := l.cells[colLanguages]; {
	case role != access.RoleTranslator && said != "":
		p.fault(l, colLanguages, "error.import_languages_role", nil)
		return nil
	case role != access.RoleTranslator:
		return nil
	}
	tags, unknown := p.languages.read(l.cells[colLanguages])
	if len(tags)+len(unknown) == 0 {
		p.fault(l, colLanguages, "error.import_languages_missing", nil)
	}
	for _, word := range unknown {
		p.fault(l, colLanguages, "error.import_language", map[string]any{"Value": word})
	}
	return tags
}

func (person *PlannedPerson) join(role string, to []string, u *PlannedUnit) {
	for _, tag := range to {
		if !slices.Contains(person.Locales, tag) {
			person.Locales = append(person.Locales, tag)
		}
	}
	if !slices.Contains(person.Roles, role) {
		person.Roles = append(person.Roles, role)
	}
	if !slices.Contains(person.in, u) {
		person.in, person.Units = append(person.in, u), append(person.Units, u.Name)
	}
}

func (p *planner) add(name, email, role string, to []string, u *PlannedUnit) error {
	person := &PlannedPerson{Name: name, Email: email, State: fresh, Locales: []string{}}
	person.join(role, to, u)
	has, err := p.app.CountRecords("staff", dbx.NewExp("LOWER(email) = {:email}", dbx.Params{"email": email}))
	if err != nil {
		return fmt.Errorf("look for an account: %w", err)
	}
	if has > 0 {
		person.State = known
	}
	p.plan.People = append(p.plan.People, person)
	return nil
}
