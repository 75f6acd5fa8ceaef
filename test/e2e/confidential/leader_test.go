package confidential_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"testing"

	"filippo.io/age"

	"folje/test/demo"
	"folje/test/town"
)

// leader is a holder without a screen: she opens her channel and reads with
// filippo.io/age.
type leader struct {
	t       *testing.T
	town    *town.Town
	token   string
	channel string
	key     *age.X25519Identity
}

// opens has the administrator set a channel up, and one of those who may hold
// it open it.
func opens(t *testing.T, w *town.Town, channel, role string) *leader {
	t.Helper()
	head := &leader{t: t, town: w, token: signsIn(t, w, w.Staff("admin", ""))}
	l := &leader{t: t, town: w, channel: channel, token: signsIn(t, w, w.Staff(role, "")), key: identity(t)}
	var me struct {
		Records []struct{ ID string } `json:"items"`
	}
	l.ask("GET", "/api/collections/staff/records", nil, &me)
	head.ask("POST", "/api/folje/v1/staff/channels/"+channel, map[string]any{"head": me.Records[0].ID, "answersDays": 3, "keepDays": 30}, nil)
	own, recovery := identity(t), identity(t)
	var holder struct{ ID string }
	l.ask("PUT", l.path("/holder"), map[string]string{"recipient": own.Recipient().String(), "identity": locked(t, own.String())}, &holder)
	proof := sha256.Sum256([]byte("folje recovery v1\n" + recovery.String()))
	check := sha256.Sum256(proof[:])
	l.ask("POST", l.path("/keys"), map[string]any{
		"base": 0, "recipient": l.key.Recipient().String(), "recovery": sealed(t, recovery, l.key.String()), "recoveryRecipient": recovery.Recipient().String(),
		"check": hex.EncodeToString(check[:]), "wraps": []any{map[string]string{"holder": holder.ID, "wrapped": sealed(t, own, l.key.String())}},
	}, nil)
	return l
}

func (l *leader) path(rest string) string { return "/api/folje/v1/staff/channels/" + l.channel + rest }

// request is what a parent has written.
type request struct {
	V           int
	Kind, Text  string
	Language    string
	Interpreter bool
	Reach       struct {
		How, Value, When string
		Voicemail        bool
	}
}

// reads opens everything that has come.
func (l *leader) reads() (all []request) {
	l.t.Helper()
	var list struct{ Requests []struct{ ID string } }
	l.ask("GET", l.path("/requests"), nil, &list)
	for _, r := range list.Requests {
		var opened struct{ Ciphertext string }
		l.ask("POST", "/api/folje/v1/staff/requests/"+r.ID+"/open", nil, &opened)
		raw, err := base64.StdEncoding.DecodeString(opened.Ciphertext)
		if err != nil {
			l.t.Fatal(err)
		}
		plain, err := age.Decrypt(bytes.NewReader(raw), l.key)
		if err != nil {
			l.t.Fatalf("open what the phone sealed: %v", err)
		}
		text, err := io.ReadAll(plain)
		if err != nil || len(text) != 6000 {
			l.t.Fatalf("%d bytes came: %v", len(text), err)
		}
		var said request
		if err := json.Unmarshal(text, &said); err != nil {
			l.t.Fatal(err)
		}
		all = append(all, said)
	}
	return all
}

func signsIn(t *testing.T, w *town.Town, who demo.Staff) string {
	t.Helper()
	var session struct{ Token string }
	(&leader{t: t, town: w}).ask("POST", "/api/collections/staff/auth-with-password", map[string]string{"identity": who.Email, "password": who.Password}, &session)
	return session.Token
}

func (l *leader) ask(method, path string, body, answer any) {
	l.t.Helper()
	sent, err := json.Marshal(body)
	if err != nil {
		l.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(l.t.Context(), method, l.town.URL(path), bytes.NewReader(sent))
	if err != nil {
		l.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", l.token)
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		l.t.Fatal(err)
	}
	defer got.Body.Close()
	raw, err := io.ReadAll(got.Body)
	if err != nil || got.StatusCode >= http.StatusBadRequest {
		l.t.Fatalf("%s %s: %s: %s, %v", method, path, got.Status, raw, err)
	}
	if answer != nil {
		if err := json.Unmarshal(raw, answer); err != nil {
			l.t.Fatalf("%s %s: %s: %v", method, path, raw, err)
		}
	}
}

func identity(t *testing.T) *age.X25519Identity {
	t.Helper()
	i, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func sealed(t *testing.T, to *age.X25519Identity, text string) string {
	t.Helper()
	return encrypted(t, to.Recipient(), text)
}

// locked is an identity under a passphrase that nobody needs.
func locked(t *testing.T, text string) string {
	t.Helper()
	r, err := age.NewScryptRecipient("fem ord som ingen behöver")
	if err != nil {
		t.Fatal(err)
	}
	r.SetWorkFactor(15)
	return encrypted(t, r, text)
}

func encrypted(t *testing.T, to age.Recipient, text string) string {
	t.Helper()
	var buf bytes.Buffer
	w, err := age.Encrypt(&buf, to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprint(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(buf.Bytes())
}
