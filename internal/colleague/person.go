package colleague

import (
	"net/mail"
	"slices"
	"strings"
	"unicode/utf8"

	"folje/internal/access"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// person is what an administrator says of a colleague.
type person struct {
	Name    string   `json:"name"`
	Email   string   `json:"email"`
	Roles   []string `json:"roles"`
	Units   []string `json:"units"`
	Locales []string `json:"locales"`
}

const (
	mostName  = 120
	mostEmail = 255
)

// roles are what a colleague may be, those with a unit and those without.
var roles = []string{access.RoleEditor, access.RoleTranslator, access.RoleCoordinator, access.RoleSteget, access.RoleAdmin}

type fields map[string]problem.Field

func (f fields) wrong(name, code string, wrong bool) {
	if _, told := f[name]; wrong && !told {
		f[name] = problem.Field{Code: code}
	}
}

func (f fields) err() error {
	if len(f) == 0 {
		return nil
	}
	return problem.Invalid(f)
}

// tidy takes away spaces round what was typed, and doubles.
func (p *person) tidy() {
	p.Name, p.Email = strings.Join(strings.Fields(p.Name), " "), strings.TrimSpace(p.Email)
	for _, list := range []*[]string{&p.Roles, &p.Units, &p.Locales} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
}

// check says what is wrong, field by field.
func (p *person) check(app core.App) (fields, error) {
	wrong := fields{}
	wrong.wrong("name", "error.field_required", p.Name == "")
	wrong.wrong("name", "error.field_invalid", utf8.RuneCountInString(p.Name) > mostName)
	wrong.wrong("roles", "error.colleague_no_role", len(p.Roles) == 0)
	for _, role := range p.Roles {
		wrong.wrong("roles", "error.field_invalid", !slices.Contains(roles, role))
	}
	writes := slices.Contains(p.Roles, access.RoleEditor) || slices.Contains(p.Roles, access.RoleTranslator)
	wrong.wrong("units", "error.colleague_no_unit", writes && len(p.Units) == 0)
	wrong.wrong("locales", "error.colleague_no_locale", slices.Contains(p.Roles, access.RoleTranslator) && len(p.Locales) == 0)
	found, err := app.FindRecordsByIds("units", p.Units)
	wrong.wrong("units", "error.field_invalid", len(found) != len(p.Units))
	return wrong, err
}

// checkEmail says whether the address is one: a bare one, without a name.
func (p *person) checkEmail(wrong fields) {
	wrong.wrong("email", "error.field_required", p.Email == "")
	a, err := mail.ParseAddress(p.Email)
	wrong.wrong("email", "error.colleague_email", err != nil || a.Address != p.Email || len(p.Email) > mostEmail)
}

// values are what is stored of her besides her address.
func (p *person) values() map[string]any {
	return map[string]any{"name": p.Name, "roles": p.Roles, "units": p.Units, "locales": p.Locales}
}
