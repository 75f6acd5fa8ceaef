package access

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"time"

	"folje/internal/problem"

	"folje/internal/pattern"
)

// Device is a parent's phone as the server knows it. Groups holds when each
// membership ends, also past ones; it is shared, so don't change it.
type Device struct {
	ID      string
	Locale  string
	Groups  map[string]time.Time
	Revoked bool
}

// In reports whether the device follows the group at the time now.
func (d Device) In(group string, now time.Time) bool {
	return d.Groups[group].After(now)
}

// What a phone is refused with.
var (
	// ErrDeviceUnknown (401): no device has this secret. The phone registers
	// again with the id and the secret it has.
	ErrDeviceUnknown = problem.New(http.StatusUnauthorized, "error.device_unknown")
	// ErrDeviceRevoked (401): the device was shut out. The phone keeps what it
	// has and says so.
	ErrDeviceRevoked = problem.New(http.StatusUnauthorized, "error.device_revoked")
	// ErrDeviceTaken (409): the id or the secret belongs to another device. The
	// phone makes both anew.
	ErrDeviceTaken = problem.New(http.StatusConflict, "error.device_taken")
	// ErrNotMember (403): the device does not follow the group (any more).
	ErrNotMember = problem.New(http.StatusForbidden, "error.not_member")
)

var (
	uuid4 = pattern.Of(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

	errSecret = errors.New("a secret is 32 bytes in unpadded base64url")
)

// secretLength is a secret's length in characters: 32 bytes in base64url.
const secretLength = 43

// ValidDeviceID reports whether id is a UUID of version 4 in lower case.
func ValidDeviceID(id string) bool { return uuid4.MatchString(id) }

// HashSecret is how a device's secret is stored: 64 hexadecimal characters of
// SHA-256 over its 32 bytes. The secret is random, so a fast hash is enough.
// It fails where the secret has another shape.
func HashSecret(secret string) (string, error) {
	if len(secret) != secretLength {
		return "", errSecret
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(secret)
	if err != nil || len(raw) != 32 {
		return "", errSecret
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}

// SecretHash is [HashSecret] of the secret that the request carries.
func SecretHash(r *http.Request) (string, error) { return HashSecret(bearer(r)) }

// bearer is the secret of the header Authorization: Bearer, or "".
func bearer(r *http.Request) string {
	scheme, secret, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return secret
}
