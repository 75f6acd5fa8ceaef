package push

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Why an endpoint is not sent to.
var (
	ErrEndpoint = errors.New("no endpoint of a push service")
	ErrService  = errors.New("no push service that is allowed")
)

// maxEndpoint is the longest endpoint, in bytes; Microsoft's have some 600.
const maxEndpoint = 1600

// Services are the push services that messages are sent to. The zero value
// allows none.
type Services struct {
	hosts    []string // exactly these
	suffixes []string // what ends in one of these, such as ".push.apple.com"
}

// DefaultServices allows the push services of the browsers there are: Google's
// (the second host is what Chromium asks where Google didn't build it),
// Mozilla's, Apple's and Microsoft's. docs/decisions/push-endpoints.md names the
// sources.
func DefaultServices() Services {
	return Services{
		hosts:    []string{"fcm.googleapis.com", "jmt17.google.com", "updates.push.services.mozilla.com"},
		suffixes: []string{".push.apple.com", ".notify.windows.com"},
	}
}

// ParseServices reads rules: a host (push.example.com), or a suffix of whole
// labels (*.push.example.com: every host below it, but not itself).
func ParseServices(rules []string) (Services, error) {
	var s Services
	for _, rule := range rules {
		host, below := strings.CutPrefix(strings.ToLower(rule), "*.")
		if err := publicHost(host); err != nil {
			return Services{}, fmt.Errorf("push service %q: %w; say it as push.example.com or *.push.example.com", rule, err)
		}
		if below {
			s.suffixes = append(s.suffixes, "."+host)
		} else {
			s.hosts = append(s.hosts, host)
		}
	}
	return s, nil
}

// Check gives the endpoint's origin, such as "https://fcm.googleapis.com". It
// fails with [ErrEndpoint] for what is no https URL of a named host at its
// usual port, or has anything odd about it, and with [ErrService] for a host
// that no rule allows. The errors don't quote the endpoint.
func (s Services) Check(endpoint string) (service string, err error) {
	host, _, err := parseEndpoint(endpoint)
	if err != nil {
		return "", err
	}
	if !s.allow(host) {
		return "", ErrService
	}
	return https + host, nil
}

// Rule gives the rule by which the service is sent to, such as
// "*.push.apple.com": unlike the service's own name, no phone can choose it. It
// is "" where none is.
func (s Services) Rule(service string) string {
	host := strings.TrimPrefix(service, https)
	if slices.Contains(s.hosts, host) {
		return host
	}
	if suffix := s.suffixOf(host); suffix != "" {
		return "*" + suffix
	}
	return ""
}

func (s Services) allow(host string) bool {
	return slices.Contains(s.hosts, host) || s.suffixOf(host) != ""
}

func (s Services) suffixOf(host string) string {
	for _, suffix := range s.suffixes {
		if strings.HasSuffix(host, suffix) && len(host) > len(suffix) {
			return suffix
		}
	}
	return ""
}

const https = "https://"

// parseEndpoint gives the host in lower case, and what follows it. It is read
// by hand, so that no two parsers' views of one URL can differ.
func parseEndpoint(endpoint string) (host, rest string, err error) {
	if len(endpoint) > maxEndpoint || strings.ContainsFunc(endpoint, odd) || strings.Contains(endpoint, "#") {
		return "", "", fmt.Errorf("%w: it is too long, or has odd characters", ErrEndpoint)
	}
	after, ok := strings.CutPrefix(endpoint, https)
	if !ok {
		return "", "", fmt.Errorf("%w: it is not https", ErrEndpoint)
	}
	slash := strings.IndexByte(after, '/')
	if slash < 0 {
		return "", "", fmt.Errorf("%w: it has no path", ErrEndpoint)
	}
	host, rest = strings.ToLower(after[:slash]), after[slash:]
	if err := publicHost(host); err != nil { // neither user info, nor a port, nor an escape is a label
		return "", "", fmt.Errorf("%w: %w", ErrEndpoint, err)
	}
	u, err := url.Parse(https + host + rest)
	if err != nil || u.Host != host {
		return "", "", fmt.Errorf("%w: its path can't be read", ErrEndpoint)
	}
	return host, rest, nil
}

// normal is the endpoint with its host in lower case.
func normal(endpoint string) (string, error) {
	host, rest, err := parseEndpoint(endpoint)
	return https + host + rest, err
}
