package push

import (
	"bytes"
	"crypto/ecdh"
	"errors"
	"slices"
	"testing"
)

// RFC 8291, appendix A.
func TestVector(t *testing.T) {
	own, err := ecdh.P256().NewPrivateKey(decoded(t, "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
	if err != nil {
		t.Fatal(err)
	}
	to := Subscription{
		P256dh: decoded(t, "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
		Auth:   decoded(t, "BTBZMqHH6r4Tts7J_aSIgg"),
	}
	salt := [saltSize]byte(decoded(t, "DGv6ra1nlYgDCS1FRnbzlw"))
	got, err := seal(nil, to, []byte("When I grow up, I want to be a watermelon"), 0, own, salt)
	if err != nil {
		t.Fatal(err)
	}
	want := decoded(t, "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"+
		"mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"+
		"pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN")
	if !bytes.Equal(got, want) {
		t.Errorf("%x, want %x", got, want)
	}
}

// One size, whatever it says, and only that phone reads it.
func TestEncrypt(t *testing.T) {
	own, other := newReceiver(t), newReceiver(t)
	to := own.subscription("1", "")
	for _, length := range []int{0, 1, 41, MaxPayload - 1, MaxPayload} {
		payload := bytes.Repeat([]byte("å"), length)[:length]
		body, err := Encrypt(to, payload)
		if err != nil || len(body) != Size {
			t.Fatalf("%d bytes became %d: %v", length, len(body), err)
		}
		if got, err := own.open(body); err != nil || !bytes.Equal(got, payload) {
			t.Errorf("of %d bytes the phone read %d: %v", length, len(got), err)
		}
		if _, err := other.open(body); err == nil {
			t.Error("another phone reads it")
		}
	}
	if _, err := Encrypt(to, make([]byte, MaxPayload+1)); !errors.Is(err, errPayload) {
		t.Errorf("a payload that is too long: %v", err)
	}
}

// Neither key nor salt is used twice, not even for the same message.
func TestFreshKeys(t *testing.T) {
	to := newReceiver(t).subscription("1", "")
	seen := map[string]bool{}
	for range 50 {
		body, err := Encrypt(to, []byte("the same"))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range [][]byte{body[:saltSize], body[saltSize+5 : headerSize], body[headerSize:]} {
			if seen[string(part)] {
				t.Fatal("a part of the message was there before")
			}
			seen[string(part)] = true
		}
	}
}

func TestKeysOfNobody(t *testing.T) {
	good := newReceiver(t).subscription("1", "")
	off := slices.Clone(good.P256dh)
	off[40] ^= 1 // not on the curve
	for name, to := range map[string]Subscription{
		"no key":         {Auth: good.Auth},
		"off the curve":  {P256dh: off, Auth: good.Auth},
		"compressed":     {P256dh: good.P256dh[:33], Auth: good.Auth},
		"infinity":       {P256dh: []byte{0}, Auth: good.Auth},
		"no secret":      {P256dh: good.P256dh},
		"a short secret": {P256dh: good.P256dh, Auth: good.Auth[:15]},
		"a long secret":  {P256dh: good.P256dh, Auth: append(slices.Clone(good.Auth), 0)},
	} {
		if _, err := Encrypt(to, []byte("x")); !errors.Is(err, errPhone) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What a message is made of stays as it was.
func TestEncryptLeavesItsInput(t *testing.T) {
	payload := append(make([]byte, 0, 100), "letter"...)
	spare := payload[:cap(payload)]
	to := newReceiver(t).subscription("1", "")
	key, auth := slices.Clone(to.P256dh), slices.Clone(to.Auth)
	if _, err := Encrypt(to, payload); err != nil {
		t.Fatal(err)
	}
	if string(spare) != "letter"+string(make([]byte, 94)) || !bytes.Equal(key, to.P256dh) || !bytes.Equal(auth, to.Auth) {
		t.Errorf("%q", spare)
	}
}

func TestTopic(t *testing.T) {
	secret := []byte("secret")
	topic := Topic(secret, "s1", "letter-1")
	if len(topic) != 32 || len(decoded(t, topic)) != 24 {
		t.Errorf("%q is not 32 characters of base64url", topic)
	}
	if topic != Topic(secret, "s1", "letter-1") {
		t.Error("the same differs")
	}
	for _, other := range []string{Topic(secret, "s2", "letter-1"), Topic(secret, "s1", "letter-2"),
		Topic([]byte("other"), "s1", "letter-1"), Topic(secret, "s1\x00letter", "-1")} {
		if other == topic {
			t.Error("another is the same")
		}
	}
}

func BenchmarkEncrypt(b *testing.B) {
	to := newReceiver(b).subscription("1", "")
	payload := make([]byte, 300)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Encrypt(to, payload); err != nil {
			b.Fatal(err)
		}
	}
}
