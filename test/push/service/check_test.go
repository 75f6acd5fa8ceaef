package service_test

import (
	"bytes"
	"cmp"
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

// spoilt is how a request differs from a good one; a header of "" is left out.
type spoilt struct {
	header map[string]string
	claims jwt.MapClaims
	to     string
	size   int
}

// The services refuse what the real ones do, and say nothing to phones then.
func TestRefusals(t *testing.T) {
	services := service.Start(t)
	sender := newSender(t, services)
	phone := services.Subscribe(service.Google, sender.public)
	for name, c := range map[string]struct {
		spoilt
		want int
	}{
		"as it should be":      {want: http.StatusCreated},
		"without TTL":          {spoilt{header: map[string]string{"TTL": ""}}, http.StatusBadRequest},
		"a TTL of years":       {spoilt{header: map[string]string{"TTL": "99999999"}}, http.StatusBadRequest},
		"a long topic":         {spoilt{header: map[string]string{"Topic": strings.Repeat("a", 33)}}, http.StatusBadRequest},
		"a topic with a dot":   {spoilt{header: map[string]string{"Topic": "a.b"}}, http.StatusBadRequest},
		"an unknown urgency":   {spoilt{header: map[string]string{"Urgency": "now"}}, http.StatusBadRequest},
		"another encoding":     {spoilt{header: map[string]string{"Content-Encoding": "aesgcm"}}, http.StatusBadRequest},
		"4,097 bytes":          {spoilt{size: 4097}, http.StatusRequestEntityTooLarge},
		"no token":             {spoilt{header: map[string]string{"Authorization": ""}}, http.StatusUnauthorized},
		"another's token":      {spoilt{claims: jwt.MapClaims{"aud": "https://web.push.apple.com"}}, http.StatusUnauthorized},
		"a token that ended":   {spoilt{claims: jwt.MapClaims{"exp": time.Now().Add(-time.Minute).Unix()}}, http.StatusUnauthorized},
		"a token of two days":  {spoilt{claims: jwt.MapClaims{"exp": time.Now().Add(48 * time.Hour).Unix()}}, http.StatusUnauthorized},
		"a sender at home":     {spoilt{claims: jwt.MapClaims{"sub": "mailto:admin@localhost"}}, http.StatusForbidden},
		"mailto twice":         {spoilt{claims: jwt.MapClaims{"sub": "mailto:mailto:help@folje.example"}}, http.StatusForbidden},
		"nobody as the sender": {spoilt{claims: jwt.MapClaims{"sub": ""}}, http.StatusForbidden},
		"an unknown endpoint":  {spoilt{to: string(service.Google) + "nobody"}, http.StatusGone},
	} {
		t.Run(name, func(t *testing.T) {
			before := len(phone.Messages())
			answer, err := sender.client.Do(sender.request(t, phone, c.spoilt))
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

// request is one to a phone's service that would be good if it were not spoilt.
func (s *sender) request(t *testing.T, phone *service.Phone, how spoilt) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, cmp.Or(how.to, phone.Endpoint), bytes.NewReader(make([]byte, max(how.size, 2560))))
	if err != nil {
		t.Fatal(err)
	}
	said := claims()
	maps.Copy(said, how.claims)
	r.Header = http.Header{"Ttl": {"60"}, "Topic": {"abc_-9"}, "Urgency": {"high"}, "Content-Encoding": {"aes128gcm"}}
	r.Header.Set("Authorization", "vapid t="+s.token(said)+", k="+s.public)
	for name, value := range how.header {
		r.Header.Set(name, value)
		if value == "" {
			r.Header.Del(name)
		}
	}
	return r
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
