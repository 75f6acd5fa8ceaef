//go:build unix

package confidential_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"folje/internal/app"
	"folje/internal/apptest"
	"folje/internal/confidential"
	"folje/test/protocol"

	"filippo.io/age"
	"github.com/pocketbase/pocketbase/core"
)

const v1 = "/api/folje/v1/"

type body = map[string]any

// rig is the program over a data folder, with a channel that one leader opened.
type rig struct {
	*testing.T
	dir, address string
	variant      protocol.Variant
	program      *protocol.Program
	client       *http.Client
	tokens       map[string]string // "siv", a leader; "ior", of another service; "admin"
	ids          map[string]string
	own          map[string]*age.X25519Identity
	passphrase   string
	channel      *age.X25519Identity
	recovery     *age.X25519Identity
	key          string
}

// newRig makes the data folder, starts the program and opens the channel.
func newRig(t *testing.T, passphrase string, v protocol.Variant) *rig {
	t.Helper()
	r := &rig{
		T: t, dir: filepath.Join(t.TempDir(), "data"), address: protocol.FreeAddress(t), variant: v, passphrase: passphrase,
		client: &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 32}},
		tokens: map[string]string{}, ids: map[string]string{}, own: map[string]*age.X25519Identity{},
	}
	a, err := app.Open(r.dir)
	if err != nil {
		t.Fatal(err)
	}
	unit := apptest.MustUnit(t, a, "Skogsgläntan")
	for name, role := range map[string]string{"siv": "steget", "ior": "editor", "admin": "admin"} {
		s := apptest.MustStaff(t, a, name+"@example.org", []string{role}, unit)
		r.tokens[name], r.ids[name], r.own[name] = apptest.MustToken(t, s), s.Id, newIdentity(t)
	}
	if err := a.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}
	r.start()
	r.openChannel()
	return r
}

func (r *rig) start() {
	r.Helper()
	r.program = protocol.RunWith(r.T, r.variant, r.dir, r.address)
}

func newIdentity(t testing.TB) *age.X25519Identity {
	t.Helper()
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return identity
}

// must asks as somebody, "" for nobody, and reads what is answered.
func (r *rig) must(who, method, path string, b any) map[string]any {
	r.Helper()
	reply, err := r.program.Ask(r.client, r.tokens[who], method, v1+path, b)
	if err != nil {
		r.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(reply.Body, &got); err != nil || reply.Status != http.StatusOK {
		r.Fatalf("%s %s: %d %s", method, path, reply.Status, reply.Body)
	}
	return got
}

func (r *rig) seal(to age.Recipient, plain string) string {
	r.Helper()
	var out bytes.Buffer
	in, err := age.Encrypt(&out, to)
	if err == nil {
		_, err = io.WriteString(in, plain)
	}
	if err == nil {
		err = in.Close()
	}
	if err != nil {
		r.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(out.Bytes())
}

func (r *rig) unseal(with age.Identity, sealed string) string {
	r.Helper()
	out, err := age.Decrypt(base64.NewDecoder(base64.StdEncoding, bytes.NewReader([]byte(sealed))), with)
	if err != nil {
		r.Fatal(err)
	}
	plain, err := io.ReadAll(out)
	if err != nil {
		r.Fatal(err)
	}
	return string(plain)
}

// lock is somebody's own key, and the body that stores it.
func (r *rig) lock(who string) body {
	r.Helper()
	recipient, err := age.NewScryptRecipient(r.passphrase)
	if err != nil {
		r.Fatal(err)
	}
	recipient.SetWorkFactor(15)
	return body{"recipient": r.own[who].Recipient().String(), "identity": r.seal(recipient, r.own[who].String())}
}

func (r *rig) openChannel() {
	r.Helper()
	r.must("admin", "POST", "staff/channels/steget", body{"head": r.ids["admin"]})
	holder := r.must("siv", "PUT", "staff/channels/steget/holder", r.lock("siv"))
	r.channel, r.recovery = newIdentity(r.T), newIdentity(r.T)
	proof := sha256.Sum256([]byte("folje recovery v1\n" + r.recovery.String()))
	check := sha256.Sum256(proof[:])
	opened := r.must("siv", "POST", "staff/channels/steget/keys", body{
		"base": 0, "recipient": r.channel.Recipient().String(), "check": hex.EncodeToString(check[:]),
		"recovery": r.seal(r.recovery.Recipient(), r.channel.String()), "recoveryRecipient": r.recovery.Recipient().String(),
		"wraps": []body{{"holder": holder["id"], "wrapped": r.seal(r.own["siv"].Recipient(), r.channel.String())}},
	})
	r.key = opened["keys"].([]any)[0].(map[string]any)["id"].(string)
}

// padded is a request's text as phones pad it.
func padded(t testing.TB, text string) string {
	t.Helper()
	raw, err := json.Marshal(body{"v": 1, "kind": "question", "text": text})
	if err != nil || len(raw) > confidential.Plain {
		t.Fatal(len(raw), err)
	}
	return string(append(raw, bytes.Repeat([]byte(" "), confidential.Plain-len(raw))...))
}

// stored opens the data folder that a program has left.
func (r *rig) stored(look func(core.App)) {
	r.Helper()
	a, err := app.Open(r.dir)
	if err != nil {
		r.Fatal(err)
	}
	look(a)
	if err := a.ResetBootstrapState(); err != nil {
		r.Fatal(err)
	}
}
