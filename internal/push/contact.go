package push

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// ErrContact says that push services could not reach anybody there.
var ErrContact = errors.New("the contact for push services must be https://… or mailto:… with a host of the public internet")

// mailbox is as much of an address as anybody needs to be reached.
var mailbox = regexp.MustCompile(`^[A-Za-z0-9._%+-]{1,64}@([^@]+)$`)

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
		parts := mailbox.FindStringSubmatch(address)
		if parts == nil {
			return "", errors.New("what follows mailto: is no address")
		}
		return parts[1], nil
	}
	u, err := url.Parse(contact)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Hostname() == "" {
		return "", errors.New("it is neither an address nor a page")
	}
	return u.Hostname(), nil
}

// odd reports what has no place in a URL.
func odd(c rune) bool { return c <= ' ' || c >= 0x7f || strings.ContainsRune("\\\"<>^`{|}", c) }

// label is one of the parts of a host's name, in lower case.
var label = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

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
		if !label.MatchString(l) {
			return errors.New("the host is no name")
		}
	}
	top := labels[len(labels)-1]
	if strings.Trim(top, "0123456789") == "" || slices.Contains(notPublic, top) {
		return errors.New("the host is no public name")
	}
	return nil
}
