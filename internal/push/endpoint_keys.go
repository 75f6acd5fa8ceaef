package push

import (
	"crypto/ecdh"
	"encoding/base64"
	"errors"
	"strings"
)

// authLength is the length of a subscription's secret in bytes (RFC 8291,
// section 3.2).
const authLength = 16

var errBase64 = errors.New("not base64url")

// decode reads base64url, padded or not, and nothing else: Go's decoder would
// skip line breaks.
func decode(text string) ([]byte, error) {
	if strings.ContainsAny(text, "\r\n") {
		return nil, errBase64
	}
	encoding := base64.RawURLEncoding
	if strings.HasSuffix(text, "=") {
		encoding = base64.URLEncoding
	}
	raw, err := encoding.Strict().DecodeString(text)
	if err != nil {
		return nil, errBase64
	}
	return raw, nil
}

// readP256dh reads a phone's public key: an uncompressed point on P-256.
func readP256dh(text string) ([]byte, error) {
	raw, err := decode(text)
	if err != nil {
		return nil, err
	}
	if _, err := ecdh.P256().NewPublicKey(raw); err != nil {
		return nil, errors.New("no point of P-256")
	}
	return raw, nil
}

// readAuth reads a subscription's secret.
func readAuth(text string) ([]byte, error) {
	raw, err := decode(text)
	if err != nil {
		return nil, err
	}
	if len(raw) != authLength {
		return nil, errors.New("not 16 bytes")
	}
	return raw, nil
}
