package municipality

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// What becomes of a row's part.
const (
	fresh   = "new"
	known   = "known"
	changed = "changed"
)

// Planned is what a sheet makes of an installation.
type Planned struct {
	Units  []*PlannedUnit   `json:"units"`
	People []*PlannedPerson `json:"people"`
}

// PlannedUnit is a unit with what the sheet says of it; its ID is "" while it
// is new.
type PlannedUnit struct {
	ID        string          `json:"id"`
	Name      string          `json:"name"`
	Kind      string          `json:"kind"`
	Authority string          `json:"authority"`
	Address   string          `json:"address"`
	State     string          `json:"state"`
	Groups    []*PlannedGroup `json:"groups"`

	record *core.Record
}

// PlannedGroup is a group of a unit.
type PlannedGroup struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Children int    `json:"children"`
	From     string `json:"yearFrom"`
	To       string `json:"yearTo"`
	State    string `json:"state"`

	record *core.Record
}

// PlannedPerson is somebody who gets an account, or one unit more.
type PlannedPerson struct {
	Name    string   `json:"name"`
	Email   string   `json:"email"`
	Roles   []string `json:"roles"`
	Units   []string `json:"units"`   // names
	Locales []string `json:"locales"` // that a translator translates to
	State   string   `json:"state"`

	in []*PlannedUnit
}

// Fault is what is wrong with a cell: Row counts as a spreadsheet does.
type Fault struct {
	Row    int
	Column string
	Code   string
	Params map[string]any
}

// planner makes a plan out of a sheet's lines, one after the other.
type planner struct {
	app       core.App
	known     names
	languages languages
	units     map[string]*PlannedUnit // by what their names say
	plan      Planned
	faults    []Fault
}

// planOf gives what the sheet makes of the app, and what is wrong with it row
// by row. It changes nothing.
func planOf(app core.App, to languages, s sheet) (Planned, []Fault, error) {
	names, err := readNames(app)
	if err != nil {
		return Planned{}, nil, err
	}
	p := &planner{app: app, known: names, languages: to, units: map[string]*PlannedUnit{}, plan: Planned{Units: []*PlannedUnit{}, People: []*PlannedPerson{}}}
	for _, l := range s.lines {
		if err := p.line(l); err != nil {
			return Planned{}, nil, err
		}
	}
	return p.plan, p.faults, nil
}

func (p *planner) fault(l line, column, code string, params map[string]any) {
	p.faults = append(p.faults, Fault{l.number, column, code, params})
}

func (p *planner) line(l line) error {
	if !p.fits(l) {
		return nil
	}
	if l.cells[colUnit] == "" {
		p.fault(l, colUnit, "error.import_unit_missing", nil)
		return nil
	}
	u := p.unit(l)
	p.group(l, u)
	return p.person(l, u)
}

// longest are the characters that a cell may have.
var longest = map[string]int{colUnit: maxName, colGroup: maxName, colName: maxName, colAuthority: 200, colAddress: 200, colEmail: 255}

func (p *planner) fits(l line) bool {
	fits := true
	for column, most := range longest {
		if len([]rune(l.cells[column])) > most {
			p.fault(l, column, "error.import_cell_long", map[string]any{"Max": most})
			fits = false
		}
	}
	return fits
}

// kinds are what a sheet may call a unit's kind, in lower case.
var kinds = map[string]string{
	"": "", "förskola": "preschool", "preschool": "preschool", "skola": "school", "grundskola": "school", "school": "school",
	"familjecentral": "family_centre", "familjecentralen": "family_centre", "family centre": "family_centre",
}

// unit is the one the row names: of an earlier row, of the app, or new. What a
// row leaves empty another row or the app says.
func (p *planner) unit(l line) *PlannedUnit {
	u := p.findUnit(l.cells[colUnit])
	kind, ok := kinds[strings.ToLower(l.cells[colKind])]
	if !ok {
		p.fault(l, colKind, "error.import_kind", map[string]any{"Value": l.cells[colKind]})
	}
	for _, of := range []struct {
		column, says string
		into         *string
	}{{colKind, kind, &u.Kind}, {colAuthority, l.cells[colAuthority], &u.Authority}, {colAddress, l.cells[colAddress], &u.Address}} {
		switch {
		case of.says == "" || of.says == *of.into:
		case *of.into == "":
			*of.into = of.says
			if u.State == known {
				u.State = changed
			}
		default:
			p.fault(l, of.column, "error.import_differs", map[string]any{"Name": u.Name, "Value": l.cells[of.column]})
		}
	}
	return u
}

func (p *planner) findUnit(name string) *PlannedUnit {
	key := said(name)
	if u, ok := p.units[key]; ok {
		return u
	}
	u := &PlannedUnit{Name: name, State: fresh, Groups: []*PlannedGroup{}}
	if r := p.known.units[key]; r != nil {
		u = &PlannedUnit{ID: r.Id, Name: r.GetString("name"), Kind: r.GetString("kind"), Authority: r.GetString("authority"),
			Address: r.GetString("address"), State: known, Groups: []*PlannedGroup{}, record: r}
	}
	p.units[key], p.plan.Units = u, append(p.plan.Units, u)
	return u
}

// group takes the row's group into its unit. What an import says of a group that
// there is already holds from then on.
func (p *planner) group(l line, u *PlannedUnit) {
	children, from, to, ok := p.numbers(l)
	name := l.cells[colGroup]
	if name == "" {
		if l.cells[colChildren] != "" || l.cells[colYears] != "" {
			p.fault(l, colGroup, "error.import_group_missing", nil)
		}
		return
	}
	if i := slices.IndexFunc(u.Groups, func(g *PlannedGroup) bool { return same(g.Name, name) }); i >= 0 {
		g := u.Groups[i]
		if l.cells[colChildren] != "" && children != g.Children || l.cells[colYears] != "" && (from != g.From || to != g.To) {
			p.fault(l, colGroup, "error.import_differs", map[string]any{"Name": g.Name, "Value": name})
		}
		return
	}
	g := &PlannedGroup{Name: name, Children: children, From: from, To: to, State: fresh}
	if r := p.known.groups[u.ID][said(name)]; r != nil && ok {
		g.meet(r, l)
	}
	u.Groups = append(u.Groups, g)
}

// meet is a group that there is already.
func (g *PlannedGroup) meet(r *core.Record, l line) {
	g.record, g.ID, g.Name, g.State = r, r.Id, r.GetString("name"), known
	if l.cells[colChildren] == "" {
		g.Children = r.GetInt("children")
	}
	if l.cells[colYears] == "" {
		g.From, g.To = r.GetString("yearFrom"), r.GetString("yearTo")
	}
	if g.Children != r.GetInt("children") || g.From != r.GetString("yearFrom") || g.To != r.GetString("yearTo") {
		g.State = changed
	}
}

// years are one year of school or a span of them: F, 3, F–3, 4-6.
var years = regexp.MustCompile(`^(?:åk\s*)?([fF0-9])(?:\s*[-–—]\s*([0-9]))?$`)

const maxChildren = 999

func (p *planner) numbers(l line) (children int, from, to string, ok bool) {
	ok = true
	if s := l.cells[colChildren]; s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 || n > maxChildren {
			p.fault(l, colChildren, "error.import_children", map[string]any{"Value": s, "Max": maxChildren})
			ok = false
		}
		children = n
	}
	if s := l.cells[colYears]; s != "" {
		m := years.FindStringSubmatch(s)
		if m == nil {
			p.fault(l, colYears, "error.import_years", map[string]any{"Value": s})
			return children, "", "", false
		}
		from = strings.Replace(strings.ToLower(m[1]), "f", "0", 1)
		to = m[2]
		if to == "" {
			to = from
		}
		if to < from {
			p.fault(l, colYears, "error.import_years", map[string]any{"Value": s})
			ok = false
		}
	}
	return children, from, to, ok
}
