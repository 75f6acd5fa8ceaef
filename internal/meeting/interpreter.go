package meeting

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"folje/internal/problem"
	"folje/internal/text"

	"github.com/pocketbase/pocketbase/core"
	"golang.org/x/text/cases"
)

// maxLanguage bounds the name of a language, in runes.
const maxLanguage = 60

// interpreter is what a family asks for: Language is a BCP 47 tag or what they
// call it.
type interpreter struct {
	Language string `json:"language"`
	Mode     string `json:"mode"`
}

// need is what interpreters are booked by: the families that ask for the same
// language, however they write it, in the same way to take part.
type need struct{ language, mode string }

func (i interpreter) need() need {
	if tag := tagOf(i.Language); tag != "" {
		return need{foldLanguage(tag), i.Mode}
	}
	return need{foldLanguage(i.Language), i.Mode}
}

func (i interpreter) fault() error {
	switch {
	case !validLanguage(i.Language):
		return errors.New("the language is missing or too long")
	case !slices.Contains(modes, i.Mode):
		return errors.New("no such mode")
	}
	return nil
}

// Interpreter is what families ask for together and how far its booking has
// come. One that no family asks for any more stays while it has a booking, so
// that staff can cancel it.
type Interpreter struct {
	Language string `json:"language"` // its tag where it is known, otherwise as a family wrote it
	Mode     string `json:"mode"`
	Families int    `json:"families"`
	Late     int    `json:"late"`
	State    string `json:"state"`
	Contact  string `json:"contact"`
}

// foldLanguage is a language's name as it is compared, without regard to case.
func foldLanguage(name string) string { return cases.Fold().String(text.Fold(name)) }

// validLanguage says whether a language has a name, and one that can be stored
// as it was written and as it is compared.
func validLanguage(name string) bool {
	n := max(utf8.RuneCountInString(name), utf8.RuneCountInString(foldLanguage(name)))
	return strings.IndexFunc(name, unicode.IsLetter) >= 0 && n <= maxLanguage
}

// interpreters joins what families ask for with what was booked, by language
// and mode. Of several ways to write a language the first by the alphabet is
// shown.
func interpreters(app core.App, meeting string, rows []*core.Record) ([]Interpreter, error) {
	booked, err := bookingsOf(app, meeting)
	if err != nil {
		return nil, err
	}
	all := map[need]*Interpreter{}
	for n, booking := range booked {
		state, contact := stateOf(booking)
		all[n] = &Interpreter{Language: cmp.Or(tagOf(n.language), n.language), Mode: n.mode, State: state, Contact: contact}
	}
	for _, r := range rows {
		asked := wanted(r)
		if asked == nil {
			continue
		}
		n := asked.need()
		i := all[n]
		if i == nil {
			i = &Interpreter{Mode: n.mode, State: Requested}
			all[n] = i
		}
		written := cmp.Or(tagOf(asked.Language), asked.Language)
		if i.Families == 0 || written < i.Language {
			i.Language = written
		}
		i.Families++
		if r.GetBool("late") {
			i.Late++
		}
	}
	return sorted(all), nil
}

func sorted(all map[need]*Interpreter) []Interpreter {
	list := make([]Interpreter, 0, len(all))
	for _, i := range all {
		list = append(list, *i)
	}
	slices.SortFunc(list, func(a, b Interpreter) int {
		return cmp.Or(cmp.Compare(a.Language, b.Language), cmp.Compare(a.Mode, b.Mode))
	})
	return list
}

// interpreterOf gives one row of the meeting's interpreters.
func interpreterOf(app core.App, meeting string, n need) (Interpreter, error) {
	rows, err := given(app, meeting)
	if err != nil {
		return Interpreter{}, err
	}
	all, err := interpreters(app, meeting, rows)
	if err != nil {
		return Interpreter{}, err
	}
	at := slices.IndexFunc(all, func(i Interpreter) bool { return interpreter{i.Language, i.Mode}.need() == n })
	if at < 0 {
		return Interpreter{}, problem.NotFound()
	}
	return all[at], nil
}
