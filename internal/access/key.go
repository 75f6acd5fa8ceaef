package access

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
)

// Keys finds codes, operations, calendars and erasures by keyed hashes, and
// seals codes, with keys derived from one secret that lies outside the
// database: who has only the database can neither guess against it nor read
// codes. Its methods may be used from several goroutines.
type Keys struct {
	lookup     []byte
	operations []byte
	calendars  []byte
	erasures   []byte
	pins       []byte
	seal       cipher.AEAD
}

// KeyLength is how many bytes the secret has.
const KeyLength = 32

// NewKeys derives the keys from a secret of [KeyLength] bytes.
func NewKeys(secret []byte) (*Keys, error) {
	if len(secret) != KeyLength {
		return nil, fmt.Errorf("the secret has %d bytes, not %d", len(secret), KeyLength)
	}
	k := &Keys{}
	for label, key := range map[string]*[]byte{
		"folje invites lookup v1": &k.lookup, "folje operations v1": &k.operations,
		"folje calendars v1": &k.calendars, "folje erasures v1": &k.erasures,
		"folje pins v1": &k.pins,
	} {
		derived, err := hkdf.Key(sha256.New, secret, nil, label, sha256.Size)
		if err != nil {
			return nil, fmt.Errorf("derive a key: %w", err)
		}
		*key = derived
	}
	sealing, err := hkdf.Key(sha256.New, secret, nil, "folje invites sealing v1", 32)
	if err != nil {
		return nil, fmt.Errorf("derive the sealing key: %w", err)
	}
	block, err := aes.NewCipher(sealing)
	if err != nil {
		return nil, fmt.Errorf("make the cipher: %w", err)
	}
	if k.seal, err = cipher.NewGCMWithRandomNonce(block); err != nil {
		return nil, fmt.Errorf("make the seal: %w", err)
	}
	return k, nil
}

// Lookup is what a code is found by: 64 hexadecimal characters of HMAC-SHA-256.
func (k *Keys) Lookup(c Code) string { return sign(k.lookup, string(c)) }

// OperationMark is what the ledger of operations knows an operation of a device
// by: 64 hexadecimal characters that tell neither.
func (k *Keys) OperationMark(device, op string) string { return sign(k.operations, device+" "+op) }

// CalendarMark is what a calendar's address is found by.
func (k *Keys) CalendarMark(capability string) string { return sign(k.calendars, capability) }

// ErasureMark is what the journal of erasures knows an erased device by: by its
// id, or where only its secret was known, by that one's [HashSecret].
func (k *Keys) ErasureMark(idOrHash string) string { return sign(k.erasures, idOrHash) }

// PIN is what is hashed of a colleague's PIN for shared tablets: who has only
// the database can't try a million of them against its slow hash.
func (k *Keys) PIN(person, pin string) string { return sign(k.pins, person+" "+pin) }

// sign is HMAC-SHA-256 in hexadecimal.
func sign(key []byte, message string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(message))
	return hex.EncodeToString(mac.Sum(nil))
}

// Seal encrypts a code (AES-256-GCM), bound to its own lookup value so that
// sealed codes can't be exchanged between rows.
func (k *Keys) Seal(c Code) string {
	sealed := k.seal.Seal(nil, nil, []byte(c), []byte(k.Lookup(c)))
	return base64.RawStdEncoding.EncodeToString(sealed)
}

// Open decrypts what [Keys.Seal] made for the lookup value. It fails where the
// row was altered or sealed with another key.
func (k *Keys) Open(sealed, lookup string) (Code, error) {
	raw, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil {
		return "", fmt.Errorf("decode sealed code: %w", err)
	}
	plain, err := k.seal.Open(nil, nil, raw, []byte(lookup))
	if err != nil {
		return "", fmt.Errorf("open sealed code: %w", err)
	}
	return Code(plain), nil
}
