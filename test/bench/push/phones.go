package main

import (
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net/url"
	"sync/atomic"

	"folje/internal/push"

	webpush "github.com/SherClockHolmes/webpush-go"
)

// contact is whom the sink would turn to.
const contact = "https://folje.example"

// keys are our one VAPID key. They count how often it is asked for, which is
// once for each signature.
type keys struct {
	private       *ecdsa.PrivateKey
	secret, shown string // as the library wants them
	asked         atomic.Int64
}

func newKeys() (*keys, error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	secret, err := private.Bytes()
	if err != nil {
		return nil, err
	}
	public, err := private.PublicKey.Bytes()
	if err != nil {
		return nil, err
	}
	encode := base64.RawURLEncoding.EncodeToString
	return &keys{private: private, secret: encode(secret), shown: encode(public)}, nil
}

// Find is what a sender asks.
func (k *keys) Find(string) (*ecdsa.PrivateKey, bool) {
	k.asked.Add(1)
	return k.private, true
}

// origins lets any endpoint through, and answers its origin.
type origins struct{}

// Check is what a sender asks.
func (origins) Check(endpoint string) (string, error) {
	u, err := url.Parse(endpoint)
	if err != nil {
		return "", err
	}
	return u.Scheme + "://" + u.Host, nil
}

// newPhones makes so many phones at the service, with endpoints as long as real ones.
func newPhones(service string, many int) ([]push.Subscription, error) {
	all := make([]push.Subscription, many)
	for i := range all {
		key, err := ecdh.P256().GenerateKey(rand.Reader)
		if err != nil {
			return nil, fmt.Errorf("make a phone's key: %w", err)
		}
		secret, path := make([]byte, 16), make([]byte, 114)
		_, _ = rand.Read(secret) // never fails
		_, _ = rand.Read(path)
		all[i] = push.Subscription{ID: fmt.Sprint(i), Service: service, Endpoint: service + "/fcm/send/" + base64.RawURLEncoding.EncodeToString(path),
			P256dh: key.PublicKey().Bytes(), Auth: secret, Key: "current"}
	}
	return all, nil
}

// ofLibrary are the same phones as the library takes them.
func ofLibrary(all []push.Subscription) []*webpush.Subscription {
	out := make([]*webpush.Subscription, len(all))
	encode := base64.RawURLEncoding.EncodeToString
	for i, s := range all {
		out[i] = &webpush.Subscription{Endpoint: s.Endpoint, Keys: webpush.Keys{Auth: encode(s.Auth), P256dh: encode(s.P256dh)}}
	}
	return out
}
