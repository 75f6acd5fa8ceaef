package push

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
)

// Shapes of RFC 8188 and RFC 8291. The record size is what the header says and
// only has to be more than the one record there is.
const (
	saltSize   = 16
	pointSize  = 65
	secretSize = 16
	recordSize = 4096
	headerSize = saltSize + 4 + 1 + pointSize
	lastRecord = 2 // the mark between the text and the padding of the last record
)

// Errors of what a message is made of.
var (
	errPayload = errors.New("the payload is longer than a message has room for")
	errPhone   = errors.New("the phone's keys are no keys")
)

// Encrypt makes the body that only the phone can read (RFC 8291, aes128gcm),
// always [Size] bytes, with a key that is used for no other message.
func Encrypt(to Subscription, payload []byte) ([]byte, error) {
	return appendEncrypted(make([]byte, 0, Size), to, payload)
}

// appendEncrypted is [Encrypt] into the caller's buffer.
func appendEncrypted(dst []byte, to Subscription, payload []byte) ([]byte, error) {
	own, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make a message's key: %w", err)
	}
	var salt [saltSize]byte
	if _, err := rand.Read(salt[:]); err != nil {
		return nil, fmt.Errorf("make a message's salt: %w", err)
	}
	return seal(dst, to, payload, MaxPayload-len(payload), own, salt)
}

// seal appends header and record: payload, mark and padding of so many zeros.
func seal(dst []byte, to Subscription, payload []byte, padding int, own *ecdh.PrivateKey, salt [saltSize]byte) ([]byte, error) {
	if padding < 0 {
		return nil, errPayload
	}
	public := own.PublicKey().Bytes()
	gcm, nonce, err := derive(to, own, public, salt)
	if err != nil {
		return nil, err
	}
	dst = append(dst, salt[:]...)
	dst = binary.BigEndian.AppendUint32(dst, recordSize)
	dst = append(dst, pointSize)
	dst = append(dst, public...)
	head := len(dst)
	dst = append(dst, payload...)
	dst = append(dst, lastRecord)
	dst = append(dst, zeros[:padding]...)
	return gcm.Seal(dst[:head], nonce, dst[head:], nil), nil
}

var zeros [MaxPayload]byte // never written to

// derive is RFC 8291, section 3.4: the message's cipher and nonce.
func derive(to Subscription, own *ecdh.PrivateKey, public []byte, salt [saltSize]byte) (cipher.AEAD, []byte, error) {
	phone, err := ecdh.P256().NewPublicKey(to.P256dh)
	if err != nil || len(to.Auth) != secretSize {
		return nil, nil, errPhone
	}
	shared, err := own.ECDH(phone)
	if err != nil {
		return nil, nil, errPhone
	}
	info := make([]byte, 0, len("WebPush: info\x00")+2*pointSize)
	info = append(info, "WebPush: info\x00"...)
	info = append(info, to.P256dh...)
	info = append(info, public...)
	secret, err := hkdf.Key(sha256.New, shared, to.Auth, string(info), sha256.Size)
	if err != nil {
		return nil, nil, fmt.Errorf("derive a message's secret: %w", err)
	}
	extract, err := hkdf.Extract(sha256.New, secret, salt[:])
	if err != nil {
		return nil, nil, fmt.Errorf("derive a message's keys: %w", err)
	}
	key, err := hkdf.Expand(sha256.New, extract, "Content-Encoding: aes128gcm\x00", 16)
	if err != nil {
		return nil, nil, fmt.Errorf("derive a message's key: %w", err)
	}
	nonce, err := hkdf.Expand(sha256.New, extract, "Content-Encoding: nonce\x00", 12)
	if err != nil {
		return nil, nil, fmt.Errorf("derive a message's nonce: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, nil, fmt.Errorf("make a message's cipher: %w", err)
	}
	gcm, err := cipher.NewGCM(block)
	return gcm, nonce, err
}
