package sync

import (
	"encoding/json"
	"errors"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"folje/internal/colour"
)

// maxNumbers is how many numbers of its own a municipality shows to whoever
// needs help at once: more would have to be read.
const maxNumbers = 6

// townValue is what the municipality says of itself to every phone: name, the
// short address that posters print, where to turn to by mail and by phone, its
// data protection officer's mail, the day on which somebody assessed the app's
// accessibility, the colour the app is drawn in, and its own numbers for urgent
// help.
type townValue struct {
	Name, Address, Mail, Phone, Officer, Assessed, Colour string

	Numbers []townNumber
}

// townNumber is one to call. Kind says in every language whose it is; Name is
// what it is called in the municipality.
type townNumber struct{ Kind, Name, Number string }

// numberKinds are whose a number may be: the social services', the health
// centre's, the women's shelter's, or somebody's whom only its name tells.
var numberKinds = []string{"social", "care", "shelter", "other"}

// fault is what is wrong with one part of a setting.
type fault struct{ part, why string }

func (f *fault) Error() string { return f.part + ": " + f.why }

// faultyIn is the field that is told what is wrong: the part's own, or all of
// the value.
func faultyIn(err error) string {
	var f *fault
	if errors.As(err, &f) {
		return f.part
	}
	return "value"
}

// dialled is a number as it is printed in Sweden.
var dialled = regexp.MustCompile(`^\+?[0-9](?:[ /()-]{0,2}[0-9])*$`)

// checkMunicipality takes a townValue, and fails with a *fault for a part of it.
func checkMunicipality(value string) error {
	var says *townValue
	in := json.NewDecoder(strings.NewReader(value))
	in.DisallowUnknownFields()
	if err := in.Decode(&says); err != nil {
		return err
	}
	if says == nil {
		return errors.New("nothing")
	}
	for part, text := range map[string]string{"name": says.Name, "address": says.Address, "mail": says.Mail, "phone": says.Phone, "officer": says.Officer} {
		if utf8.RuneCountInString(text) > 200 {
			return &fault{part, "too long"}
		}
	}
	for part, text := range map[string]string{"mail": says.Mail, "officer": says.Officer} {
		if a, err := mail.ParseAddress(text); text != "" && (err != nil || a.Address != text) {
			return &fault{part, "not a mail address"}
		}
	}
	if _, err := time.Parse(time.DateOnly, says.Assessed); says.Assessed != "" && err != nil {
		return &fault{"assessed", "not a day"}
	}
	if c, err := colour.Parse(says.Colour); says.Colour != "" && (err != nil || !c.Passes()) {
		return &fault{"colour", "not one that can be read"}
	}
	return checkNumbers(says.Numbers)
}

func checkNumbers(numbers []townNumber) error {
	if len(numbers) > maxNumbers {
		return &fault{"numbers", "too many"}
	}
	for _, n := range numbers {
		switch digits := digitsOf(n.Number); {
		case !slices.Contains(numberKinds, n.Kind):
			return &fault{"numbers", "of no known kind"}
		case utf8.RuneCountInString(n.Name) > 80 || n.Kind == "other" && n.Name == "":
			return &fault{"numbers", "no name, or too long a one"}
		case !dialled.MatchString(n.Number) || len(digits) < 3 || len(digits) > 15:
			return &fault{"numbers", "not a phone number"}
		}
	}
	return nil
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
