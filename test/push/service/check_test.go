package service_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/base64"
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"folje/test/push/service"
)

// claims are those of a good token.
func claims() jwt.MapClaims {
	return jwt.MapClaims{"aud": "https://fcm.googleapis.com", "exp": time.Now().Add(12 * time.Hour).Unix(), "sub": "mailto:help@folje.example"}
}

// The services refuse what the real ones do, and say nothing to phones then.
func TestRefusals(t *testing.T) {
	services := service.Start(t)
	sender := newSender(t, services)
	phone := services.Subscribe(service.Google, sender.public)
	good := http.Header{"Ttl": {"60"}, "Topic": {"abc_-9"}, "Urgency": {"high"}, "Content-Encoding": {"aes128gcm"}}
	for name, c := range map[string]struct {
		header map[string]string
		claims jwt.MapClaims
		to     string
		size   int
		want   int
	}{
		"as it should be":      {want: http.StatusCreated},
		"without TTL":          {header: map[string]string{"TTL": ""}, want: http.StatusBadRequest},
		"a TTL of years":       {header: map[string]string{"TTL": "99999999"}, want: http.StatusBadRequest},
		"a long topic":         {header: map[string]string{"Topic": strings.Repeat("a", 33)}, want: http.StatusBadRequest},
		"a topic with a dot":   {header: map[string]string{"Topic": "a.b"}, want: http.StatusBadRequest},
		"an unknown urgency":   {header: map[string]string{"Urgency": "now"}, want: http.StatusBadRequest},
		"another encoding":     {header: map[string]string{"Content-Encoding": "aesgcm"}, want: http.StatusBadRequest},
		"4,097 bytes":          {size: 4097, want: http.StatusRequestEntityTooLarge},
		"no token":             {header: map[string]string{"Authorization": ""}, want: http.StatusUnauthorized},
		"another's token":      {claims: jwt.MapClaims{"aud": "https://web.push.apple.com"}, want: http.StatusUnauthorized},
		"a token that ended":   {claims: jwt.MapClaims{"exp": time.Now().Add(-time.Minute).Unix()}, want: http.StatusUnauthorized},
		"a token of two days":  {claims: jwt.MapClaims{"exp": time.Now().Add(48 * time.Hour).Unix()}, want: http.StatusUnauthorized},
		"a sender at home":     {claims: jwt.MapClaims{"sub": "mailto:admin@localhost"}, want: http.StatusForbidden},
		"mailto twice":         {claims: jwt.MapClaims{"sub": "mailto:mailto:help@folje.example"}, want: http.StatusForbidden},
		"nobody as the sender": {claims: jwt.MapClaims{"sub": ""}, want: http.StatusForbidden},
		"an unknown endpoint":  {to: string(service.Google) + "nobody", want: http.StatusGone},
	} {
		t.Run(name, func(t *testing.T) {
			said := claims()
			maps.Copy(said, c.claims)
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, phone.Endpoint, bytes.NewReader(make([]byte, max(c.size, 2560))))
			if c.to != "" {
				r, err = http.NewRequestWithContext(t.Context(), http.MethodPost, c.to, bytes.NewReader(make([]byte, 2560)))
			}
			if err != nil {
				t.Fatal(err)
			}
			r.Header = good.Clone()
			r.Header.Set("Authorization", "vapid t="+sender.token(said)+", k="+sender.public)
			for name, value := range c.header {
				r.Header.Set(name, value)
				if value == "" {
					r.Header.Del(name)
				}
			}
			before := len(phone.Messages())
			answer, err := sender.client.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			why, _ := io.ReadAll(answer.Body)
			if answer.StatusCode != c.want {
				t.Errorf("answered with %s: %s, want %d", answer.Status, why, c.want)
			}
			if took := len(phone.Messages()) - before; (took == 1) != (c.want == http.StatusCreated) {
				t.Errorf("the service took %d messages", took)
			}
		})
	}
}

// What the reference library encrypts, a phone opens, under every maker's name
// and over HTTP/2.
func TestPhone(t *testing.T) {
	services := service.Start(t)
	sender := newSender(t, services)
	for _, maker := range []service.Maker{service.Google, service.Mozilla, service.Apple} {
		phone := services.Subscribe(maker, sender.public)
		sender.must(subscription(phone), "topic", "hello")
		got := phone.Messages()
		if len(got) != 1 || got[0].HTTP != "HTTP/2.0" || got[0].TTL != time.Minute || got[0].Topic != "topic" {
			t.Fatalf("%s has the messages %+v", maker, got)
		}
		if text, err := phone.Open(got[0].Body); err != nil || string(text) != "hello" {
			t.Errorf("the phone reads %q, %v", text, err)
		}
		phone.Unsubscribe()
		if status := sender.send(subscription(phone), "", "hello"); status != http.StatusGone {
			t.Errorf("after its end a subscription is answered with %d", status)
		}
	}
}

// token signs claims with the sender's key.
func (s *sender) token(c jwt.MapClaims) string {
	s.t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(s.private)
	if err != nil {
		s.t.Fatal(err)
	}
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), raw)
	if err != nil {
		s.t.Fatal(err)
	}
	signed, err := jwt.NewWithClaims(jwt.SigningMethodES256, c).SignedString(key)
	if err != nil {
		s.t.Fatal(err)
	}
	return signed
}
