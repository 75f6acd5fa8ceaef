package contract

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"filippo.io/age"
)

// SignIn is how somebody of staff gets in.
type SignIn struct{ Email, Password string }

// plain is how many bytes a confidential request has before it is encrypted.
const plain = 6000

// OpenChannel opens the channel Steget on the server, as an administrator and
// one of its leaders do, and keeps as {ciphertext} what a phone encrypts to its
// key. Phones ask nothing of that; without it they would be told of no key.
func (s *Session) OpenChannel(admin, leader SignIn) error {
	first, own, recovery, err := identities()
	if err != nil {
		return err
	}
	o, err := s.office(admin, leader)
	if err != nil {
		return err
	}
	if err := o.opens(first, own, recovery); err != nil {
		return err
	}
	s.Values["ciphertext"], err = sealed(first.Recipient(), string(bytes.Repeat([]byte(" "), plain)))
	return err
}

func identities() (key, own, recovery *age.X25519Identity, err error) {
	for _, i := range []**age.X25519Identity{&key, &own, &recovery} {
		if *i, err = age.GenerateX25519Identity(); err != nil {
			return nil, nil, nil, fmt.Errorf("make a key: %w", err)
		}
	}
	return key, own, recovery, nil
}

// office is both of them at their screens.
type office struct {
	url           string
	admin, leader string // tokens
	id            string // the leader's
}

func (s *Session) office(admin, leader SignIn) (*office, error) {
	o := &office{url: s.URL}
	var session struct {
		Token  string
		Record struct{ ID string }
	}
	for token, who := range map[*string]SignIn{&o.admin: admin, &o.leader: leader} {
		in := map[string]string{"identity": who.Email, "password": who.Password}
		if err := o.ask("", http.MethodPost, "/api/collections/staff/auth-with-password", in, &session); err != nil {
			return nil, err
		}
		*token = session.Token
		if token == &o.leader {
			o.id = session.Record.ID
		}
	}
	return o, nil
}

func (o *office) opens(key, own, recovery *age.X25519Identity) error {
	const channel = "/api/folje/v1/staff/channels/steget"
	if err := o.ask(o.admin, http.MethodPost, channel, map[string]any{"head": o.id, "answersDays": 3, "keepDays": 30}, nil); err != nil {
		return err
	}
	phrase, err := age.NewScryptRecipient("fem ord som ingen behöver")
	if err != nil {
		return fmt.Errorf("choose a passphrase: %w", err)
	}
	phrase.SetWorkFactor(15)
	locked, err := sealed(phrase, own.String())
	if err != nil {
		return err
	}
	var holder struct{ ID string }
	if err := o.ask(o.leader, http.MethodPut, channel+"/holder", map[string]string{"recipient": own.Recipient().String(), "identity": locked}, &holder); err != nil {
		return err
	}
	forRecovery, err := sealed(recovery.Recipient(), key.String())
	if err != nil {
		return err
	}
	wrapped, err := sealed(own.Recipient(), key.String())
	if err != nil {
		return err
	}
	proof := sha256.Sum256([]byte("folje recovery v1\n" + recovery.String()))
	check := sha256.Sum256(proof[:])
	return o.ask(o.leader, http.MethodPost, channel+"/keys", map[string]any{
		"base": 0, "recipient": key.Recipient().String(), "recovery": forRecovery, "recoveryRecipient": recovery.Recipient().String(),
		"check": hex.EncodeToString(check[:]), "wraps": []any{map[string]string{"holder": holder.ID, "wrapped": wrapped}},
	}, nil)
}

// ask asks the server as somebody of staff, or nobody yet.
func (o *office) ask(token, method, path string, body, into any) error {
	sent, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	r, err := http.NewRequest(method, o.url+path, bytes.NewReader(sent))
	if err != nil {
		return fmt.Errorf("ask %s: %w", path, err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return fmt.Errorf("ask %s: %w", path, err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		return fmt.Errorf("read the answer of %s: %w", path, err)
	}
	if answer.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("%s %s: %s: %s", method, path, answer.Status, raw)
	}
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("decode the answer of %s: %w", path, err)
	}
	return nil
}

// sealed encrypts in the age format, and gives base64.
func sealed(to age.Recipient, text string) (string, error) {
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err != nil {
		return "", fmt.Errorf("encrypt: %w", err)
	}
	if _, err := io.WriteString(w, text); err != nil {
		return "", fmt.Errorf("encrypt: %w", err)
	}
	if err := w.Close(); err != nil {
		return "", fmt.Errorf("encrypt: %w", err)
	}
	return base64.StdEncoding.EncodeToString(out.Bytes()), nil
}
