package push

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// ErrContact says that push services could not reach anybody there.
var ErrContact = errors.New("the contact for push services must be https://… or mailto:… with a host of the public internet")

// What names on the internet are made of.
const (
	letters = "abcdefghijklmnopqrstuvwxyz"
	digits  = "0123456789"
)

// CheckContact fails with [ErrContact] for what no push service could reach
// (RFC 8292, section 2.1). Apple refuses every message that names such a one as
// mailto:x@localhost, and some libraries write mailto: twice.
func CheckContact(contact string) error {
	host, err := contactHost(contact)
	if err == nil {
		err = publicHost(host)
	}
	if err != nil {
		return fmt.Errorf("%w: %q: %w", ErrContact, contact, err)
	}
	return nil
}

func contactHost(contact string) (string, error) {
	if len(contact) > 500 || strings.ContainsFunc(contact, odd) {
		return "", errors.New("it is too long, or has spaces or other odd characters in it")
	}
	if address, ok := strings.CutPrefix(contact, "mailto:"); ok {
		name, host, _ := strings.Cut(address, "@")
		if !isMailbox(name) || host == "" || strings.Contains(host, "@") {
			return "", errors.New("what follows mailto: is no address")
		}
		return host, nil
	}
	u, err := url.Parse(contact)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Hostname() == "" {
		return "", errors.New("it is neither an address nor a page")
	}
	return u.Hostname(), nil
}

// odd reports what has no place in a URL.
func odd(c rune) bool { return c <= ' ' || c >= 0x7f || strings.ContainsRune("\\\"<>^`{|}", c) }

// isMailbox reports whether the name is what stands before an address's @, as
// far as anybody needs it to be reached.
func isMailbox(name string) bool {
	return name != "" && len(name) <= 64 && consists(strings.ToLower(name), letters+digits+"._%+-")
}

// isLabel reports whether the name is one of the parts of a host's, in lower case.
func isLabel(name string) bool {
	return name != "" && len(name) <= 63 && name == strings.Trim(name, "-") && consists(name, letters+digits+"-")
}

func consists(name, of string) bool { return strings.Trim(name, of) == "" }

// notPublic are top-level names that no public name ends in (RFC 6761, 6762,
// 7686, 8375, 9476; ICANN reserved .internal). .example is left in: it is what
// invented servers are called.
var notPublic = []string{"localhost", "local", "internal", "lan", "home", "corp", "arpa", "test", "invalid", "onion", "alt", "localdomain"}

// publicHost fails for what is not shaped like a host's name of the public
// internet: an IP address, one label, a reserved top-level name.
func publicHost(host string) error {
	if _, err := netip.ParseAddr(host); err == nil {
		return errors.New("the host is an address")
	}
	labels := strings.Split(strings.ToLower(host), ".")
	if len(host) > 253 || len(labels) < 2 {
		return errors.New("the host is no public name")
	}
	for _, l := range labels {
		if !isLabel(l) {
			return errors.New("the host is no name")
		}
	}
	top := labels[len(labels)-1]
	if consists(top, digits) || slices.Contains(notPublic, top) {
		return errors.New("the host is no public name")
	}
	return nil
}
