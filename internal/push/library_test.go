package push

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	webpush "github.com/SherClockHolmes/webpush-go"
)

// captured is an HTTP client that sends nothing and keeps what it was given.
type captured struct {
	header http.Header
	body   []byte
}

func (c *captured) Do(r *http.Request) (*http.Response, error) {
	c.header = r.Header
	var err error
	c.body, err = io.ReadAll(r.Body)
	return &http.Response{StatusCode: http.StatusCreated, Body: http.NoBody}, err
}

// byLibrary is the message as webpush-go makes it.
func byLibrary(t *testing.T, p receiver, payload []byte, change func(*webpush.Options)) captured {
	t.Helper()
	secret, public, err := webpush.GenerateVAPIDKeys()
	if err != nil {
		t.Fatal(err)
	}
	var seen captured
	options := &webpush.Options{HTTPClient: &seen, Subscriber: "https://folje.example", TTL: 60, VAPIDPrivateKey: secret, VAPIDPublicKey: public}
	if change != nil {
		change(options)
	}
	encode := base64.RawURLEncoding.EncodeToString
	_, err = webpush.SendNotification(payload, &webpush.Subscription{Endpoint: "https://push.example/x",
		Keys: webpush.Keys{Auth: encode(p.auth), P256dh: encode(p.key.PublicKey().Bytes())}}, options)
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

// The library's messages and ours say the same, to the decryption in these
// tests and to http_ece, which many services of others are tested with.
func TestLikeLibrary(t *testing.T) {
	p := newReceiver(t)
	payloads := [][]byte{{}, []byte("x"), []byte(`{"web_push":8030,"notification":{"title":"رسالة جديدة"}}`), bytes.Repeat([]byte{0, 2, 255}, 800)}
	var bodies, want [][]byte
	for _, payload := range payloads {
		ours, err := Encrypt(p.subscription("1", ""), payload)
		if err != nil {
			t.Fatal(err)
		}
		bodies, want = append(bodies, ours, byLibrary(t, p, bytes.Clone(payload), nil).body), append(want, payload, payload)
	}
	for i, body := range bodies {
		if got, err := p.open(body); err != nil || !bytes.Equal(got, want[i]) {
			t.Errorf("message %d says %q: %v", i, got, err)
		}
	}
	for i, got := range byNode(t, p, bodies) {
		if !bytes.Equal(got, want[i]) {
			t.Errorf("to http_ece message %d says %q", i, got)
		}
	}
}

// byNode opens the messages with npm's http_ece.
func byNode(t *testing.T, p receiver, bodies [][]byte) (said [][]byte) {
	t.Helper()
	check := filepath.Join("..", "..", "tools", "check")
	if _, err := os.Stat(filepath.Join(check, "node_modules", "http_ece")); errors.Is(err, fs.ErrNotExist) {
		missing := "http_ece is missing, so nobody else has read our messages: npm ci --prefix tools/check"
		if os.Getenv("CI") != "" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	type message struct {
		Body string `json:"body"`
		Key  string `json:"key"`
		Auth string `json:"auth"`
	}
	var all []message
	encode := base64.RawURLEncoding.EncodeToString
	for _, body := range bodies {
		all = append(all, message{encode(body), encode(p.key.Bytes()), encode(p.auth)})
	}
	in, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	node := exec.CommandContext(t.Context(), "node", filepath.Join(check, "open.mjs"))
	node.Stdin = bytes.NewReader(in)
	var failed strings.Builder
	node.Stderr = &failed
	out, err := node.Output()
	var texts []string
	if err == nil {
		err = json.Unmarshal(out, &texts)
	}
	if err != nil || len(texts) != len(bodies) {
		t.Fatalf("http_ece opened %d of %d: %v %s", len(texts), len(bodies), err, &failed)
	}
	for _, text := range texts {
		said = append(said, decoded(t, text))
	}
	return said
}

// What follows shows a fault of the library, and that ours does not have it.

func TestExpirationIsIgnored(t *testing.T) {
	wanted := time.Now().Add(time.Hour)
	seen := byLibrary(t, newReceiver(t), []byte("x"), func(o *webpush.Options) { o.VapidExpiration = wanted })
	if theirs := claimsOf(t, seen.header.Get("Authorization")); theirs.Expires < wanted.Add(10*time.Hour).Unix() {
		t.Error("the library heeds VapidExpiration now")
	}
	// Ours follows the clock that it is given.
	now := time.Date(2031, 1, 2, 3, 4, 5, 0, time.UTC)
	made := &tokens{keys: newRing(t, "current"), contact: "https://folje.example", now: func() time.Time { return now }}
	header, err := made.Header("current", "https://push.example")
	if ours := claimsOf(t, header); err != nil || ours.Expires != now.Add(tokenValid).Unix() {
		t.Errorf("%+v %v", ours, err)
	}
}

func TestMailtoIsDoubled(t *testing.T) {
	const contact = "mailto:ops@folje.example"
	seen := byLibrary(t, newReceiver(t), []byte("x"), func(o *webpush.Options) { o.Subscriber = contact })
	if theirs := claimsOf(t, seen.header.Get("Authorization")); theirs.Subject != "mailto:"+contact {
		t.Error("the library doesn't double mailto: any more")
	}
	made := &tokens{keys: newRing(t, "current"), contact: contact, now: func() time.Time { return midday }}
	header, err := made.Header("current", "https://push.example")
	if ours := claimsOf(t, header); err != nil || ours.Subject != contact {
		t.Errorf("%+v %v", ours, err)
	}
}

func TestSpareCapacityIsWritten(t *testing.T) {
	p := newReceiver(t)
	shared := []byte("one letter|another letter" + strings.Repeat("!", 4096))
	payload := shared[:len("one letter")]
	before := bytes.Clone(shared)
	if _, err := Encrypt(p.subscription("1", ""), payload); err != nil || !bytes.Equal(shared, before) {
		t.Errorf("ours wrote behind its payload: %v", err)
	}
	byLibrary(t, p, payload, nil)
	if bytes.Equal(shared, before) {
		t.Error("the library doesn't write behind its payload any more")
	}
}

func TestPaddingIsTooLong(t *testing.T) {
	p := newReceiver(t)
	if theirs := byLibrary(t, p, []byte("x"), nil).body; len(theirs) != 4096 {
		t.Errorf("the library's messages have %d bytes now", len(theirs))
	}
	ours, err := Encrypt(p.subscription("1", ""), []byte("x"))
	if err != nil || len(ours) != Size || len(ours) > 3000 {
		t.Errorf("%d bytes: %v", len(ours), err)
	}
}

// claimsOf reads a token without asking for its signature.
func claimsOf(t *testing.T, header string) (c claims) {
	t.Helper()
	parts := strings.Split(header, ".")
	if len(parts) != 3 {
		t.Fatalf("no token in %q", header)
	}
	if err := json.Unmarshal(decoded(t, parts[1]), &c); err != nil {
		t.Fatal(err)
	}
	return c
}
