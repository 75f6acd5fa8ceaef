package service

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Bounds that push services set: RFC 8030 and 8291 for the body, RFC 8292 for
// the token, four weeks by custom.
const (
	maxBody  = 4096
	maxToken = 24 * time.Hour
	maxTTL   = 28 * 24 * time.Hour
)

var topic = regexp.MustCompile(`^[A-Za-z0-9_-]{1,32}$`)

// parse reads a request as a push service does, before it looks the endpoint up.
func parse(r *http.Request, now time.Time) (*Message, error) {
	if r.Method != http.MethodPost {
		return nil, refuse(http.StatusMethodNotAllowed, "method %s", r.Method)
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		return nil, refuse(http.StatusBadRequest, "read the body: %v", err)
	}
	m := &Message{
		Endpoint: "https://" + r.Host + r.URL.RequestURI(), Topic: r.Header.Get("Topic"),
		Urgency: r.Header.Get("Urgency"), HTTP: r.Proto, Body: body,
	}
	if err := m.checkForm(r.Header); err != nil {
		return nil, err
	}
	return m, m.checkSender(r.Header.Get("Authorization"), "https://"+r.Host, now)
}

func (m *Message) checkForm(h http.Header) error {
	seconds, err := strconv.Atoi(h.Get("TTL"))
	m.TTL = time.Duration(seconds) * time.Second
	switch {
	case err != nil || seconds < 0 || m.TTL > maxTTL:
		return refuse(http.StatusBadRequest, "TTL %q", h.Get("TTL"))
	case h.Values("Topic") != nil && !topic.MatchString(m.Topic):
		return refuse(http.StatusBadRequest, "Topic %q", m.Topic)
	case m.Urgency != "" && !slices.Contains([]string{"very-low", "low", "normal", "high"}, m.Urgency):
		return refuse(http.StatusBadRequest, "Urgency %q", m.Urgency)
	case h.Get("Content-Encoding") != "aes128gcm":
		return refuse(http.StatusBadRequest, "Content-Encoding %q", h.Get("Content-Encoding"))
	case len(m.Body) > maxBody:
		return refuse(http.StatusRequestEntityTooLarge, "more than %d bytes", maxBody)
	case len(m.Body) < 86+1+16:
		return refuse(http.StatusBadRequest, "%d bytes", len(m.Body))
	}
	return nil
}

// checkSender checks the sender's VAPID header.
func (m *Message) checkSender(header, audience string, now time.Time) error {
	fields, ok := strings.CutPrefix(header, "vapid ")
	if !ok {
		return refuse(http.StatusUnauthorized, "Authorization has no scheme vapid")
	}
	for field := range strings.SplitSeq(fields, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(field), "=")
		switch name {
		case "t":
			m.Token = value
		case "k":
			m.Key = value
		default:
			return refuse(http.StatusUnauthorized, "the field %q in Authorization", name)
		}
	}
	key, err := publicKey(m.Key)
	if err != nil {
		return refuse(http.StatusUnauthorized, "k: %v", err)
	}
	var claims jwt.RegisteredClaims
	_, err = jwt.ParseWithClaims(m.Token, &claims, func(*jwt.Token) (any, error) { return key, nil },
		jwt.WithValidMethods([]string{"ES256"}), jwt.WithAudience(audience), jwt.WithExpirationRequired(),
		jwt.WithTimeFunc(func() time.Time { return now }))
	if err != nil {
		return refuse(http.StatusUnauthorized, "t: %v", err)
	}
	if claims.ExpiresAt.After(now.Add(maxToken)) {
		return refuse(http.StatusUnauthorized, "the token holds until %v", claims.ExpiresAt)
	}
	m.Contact = claims.Subject
	return checkContact(claims.Subject)
}

func publicKey(text string) (*ecdsa.PublicKey, error) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("not base64url without padding: %w", err)
	}
	return ecdsa.ParseUncompressedPublicKey(elliptic.P256(), raw)
}

// checkContact is as strict as Apple's: a sender that can be reached.
func checkContact(subject string) error {
	u, err := url.Parse(subject)
	if err == nil && u.Scheme == "mailto" {
		name, host, found := strings.Cut(u.Opaque, "@")
		if !found || name == "" || strings.ContainsAny(u.Opaque, ":") {
			err = errors.New("no address")
		}
		u.Host = host
	}
	if err != nil || (u.Scheme != "https" && u.Scheme != "mailto") || !strings.Contains(u.Hostname(), ".") {
		return refuse(http.StatusForbidden, "sub %q", subject)
	}
	return nil
}
