package push

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
)

// Topic is the name under which a push service lets a later message of the tag
// replace one that still waits for the phone: 32 characters of base64url (RFC
// 8030, section 5.4). It differs for each subscription, so that services can't
// tell who was sent the same letter, and says nothing without the secret key.
func Topic(secretKey []byte, subscription, tag string) string {
	mac := hmac.New(sha256.New, secretKey)
	mac.Write([]byte("push topic\x00" + subscription + "\x00" + tag))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:24])
}
