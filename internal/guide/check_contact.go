package guide

import (
	"net/mail"
	"net/url"
	"strings"

	"folje/internal/pattern"
	"folje/internal/text"
)

// The kinds of contact.
const (
	byPhone = "phone"
	bySMS   = "sms"
	byMail  = "mail"
	onWeb   = "web"
	byVisit = "visit"
)

// dialled is a number as it is printed in Sweden: with spaces, hyphens or a
// slash between its digits.
var dialled = pattern.Of(`^\+?\(?[0-9](?:[ \x{00a0}/()-]{0,2}[0-9])*$`)

// contacts folds the ways to reach a service, and checks each for what a phone
// would do with it.
func (c *checker) contacts() error {
	all := decode[Contact](c, "contacts", maxContacts)
	if all == nil {
		return nil
	}
	for i, contact := range all {
		contact.Value, contact.Label = text.Fold(contact.Value), text.Fold(contact.Label)
		all[i] = contact
		c.length("contacts", contact.Label, maxName)
		c.length("contacts", contact.Value, maxAddress)
		c.markup("contacts", contact.Value+" "+contact.Label)
		if code := contactFault(contact); code != "" {
			c.faults.add("contacts", code, map[string]any{"Value": contact.Value})
		}
		if err := c.names("contacts", contact.Label); err != nil {
			return err
		}
	}
	c.r.Set("contacts", all)
	return nil
}

func contactFault(c Contact) string {
	switch c.Kind {
	case byPhone, bySMS:
		if !isNumber(c.Value) {
			return "error.guide_phone"
		}
	case byMail:
		if !isAddress(c.Value) {
			return "error.guide_mail"
		}
	case onWeb:
		if !isPage(c.Value) {
			return "error.guide_web"
		}
	case byVisit:
		if c.Value == "" {
			return "error.field_required"
		}
	default:
		return "error.field_invalid"
	}
	return ""
}

// isNumber reports whether a phone in Sweden can call it: a number with its area
// code, an international one, or a short one such as 112, 1177, 114 14 and
// 116 111.
func isNumber(s string) bool {
	if !dialled.MatchString(s) {
		return false
	}
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
	switch {
	case strings.HasPrefix(s, "+"):
		return len(digits) >= 8 && len(digits) <= 15 && digits[0] != '0'
	case digits[0] == '0':
		return len(digits) >= 7 && len(digits) <= 13
	}
	return digits[0] == '1' && len(digits) >= 3 && len(digits) <= 6 || digits[0] == '9' && len(digits) >= 5 && len(digits) <= 6
}

// isAddress reports whether s is an address and nothing else: in a link, what ?
// and & begin would send a copy to somebody.
func isAddress(s string) bool {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || strings.ContainsAny(s, "?&%#") {
		return false
	}
	_, host, _ := strings.Cut(s, "@")
	return isHost(host)
}

func isPage(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "https" && u.User == nil && u.Port() == "" && isHost(u.Hostname()) && !strings.Contains(s, " ")
}

var hostForm = pattern.Of(`^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}{2,}$`)

func isHost(host string) bool { return len(host) <= 253 && hostForm.MatchString(host) }
