package phone_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"filippo.io/age"

	"folje/test/browser"
)

// what is sealed here: several scripts, and signs of more than one unit
const sealedText = "Ett barn i 3B. طفل. ልጅ 👋🏽 \u202e end"

// inAge runs a function's body with the encryption of the app as `age`.
func inAge[T any](p *browser.Page, body string) T {
	return browser.Eval[T](p, "import('/js/confidential/age.js').then(async (age) => {"+body+"})")
}

func quoted(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

// What the browser seals opens with filippo.io/age, what that seals opens in
// the browser, and each knows the other's keys.
func TestTheBrowsersEncryptionIsAge(t *testing.T) {
	p := newServer(t, "a").phone(t, "sv").Page
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	sealed := inAge[string](p, fmt.Sprintf("return age.seal(%q, %s)", identity.Recipient(), quoted(sealedText)))
	expect(t, "opened by Go", opened(t, sealed, identity), sealedText)

	var buf bytes.Buffer
	w, err := age.Encrypt(&buf, identity.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(w, sealedText)
	_ = w.Close()
	other := base64.StdEncoding.EncodeToString(buf.Bytes())
	expect(t, "opened by the browser", inAge[string](p, fmt.Sprintf("return age.open(%q, %q)", identity, other)), sealedText)
	expect(t, "recipient", inAge[string](p, fmt.Sprintf("return age.recipientOf(%q)", identity)), identity.Recipient().String())

	pair := inAge[struct{ Identity, Recipient string }](p, "return age.newIdentity()")
	made, err := age.ParseX25519Identity(pair.Identity)
	if err != nil {
		t.Fatalf("the browser's identity: %v", err)
	}
	expect(t, "the browser's recipient", pair.Recipient, made.Recipient().String())
	for name, bad := range map[string]string{"another's": other, "a changed one": changed(t, sealed), "none": "aGVq"} {
		if got := inAge[string](p, fmt.Sprintf("return age.open(%q, %q).catch((error) => error.name)", pair.Identity, bad)); got != "Unopened" {
			t.Errorf("%s was opened: %q", name, got)
		}
	}
}

// A request has one size whatever it says, and what is too long is told by how
// many signs.
func TestOneSize(t *testing.T) {
	p := newServer(t, "a").phone(t, "sv").Page
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	const request = `({ v: 1, kind: 'question', text, reach: { how: 'phone', value: '070-174 06 05', voicemail: false, when: '' }, language: 'ar', interpreter: false, made: '2026-11-22T10:00:00.000Z' })`
	for _, text := range []string{"", "Hej", strings.Repeat("å\"\n", 900), strings.Repeat("ልጅ 👋🏽", 200)} {
		sealed := inAge[string](p, fmt.Sprintf(`const { pad } = await import('/js/confidential/plain.js'); const text = %s; return age.seal(%q, pad(%s))`,
			quoted(text), identity.Recipient(), request))
		raw, err := base64.StdEncoding.DecodeString(sealed)
		if err != nil {
			t.Fatal(err)
		}
		if len(raw) != 6200 {
			t.Errorf("%.9q is sealed in %d bytes", text, len(raw))
		}
		plain := opened(t, sealed, identity)
		var said struct{ Text string }
		if err := json.Unmarshal([]byte(plain), &said); err != nil || len(plain) != 6000 || said.Text != text {
			t.Errorf("%.9q came out of %d bytes as %.9q: %v", text, len(plain), said.Text, err)
		}
	}
	for text, over := range map[string]int{strings.Repeat("a", 5000): 0, strings.Repeat("a", 7000): 1198, strings.Repeat("\U0001F44B", 1600): 150} {
		got := browser.Eval[int](p, fmt.Sprintf(`import('/js/confidential/plain.js').then(({ tooLong }) => { const text = %s; return tooLong(%s) })`, quoted(text), request))
		shorter := browser.Eval[int](p, fmt.Sprintf(`import('/js/confidential/plain.js').then(({ tooLong }) => { const text = [...%s].slice(0, -%d || undefined).join(''); return tooLong(%s) })`, quoted(text), got, request))
		if (got > 0) != (over > 0) || shorter != 0 {
			t.Errorf("%d signs: %d too many, then %d", len([]rune(text)), got, shorter)
		}
	}
}

// opened is what Go reads.
func opened(t *testing.T, sealed string, identity age.Identity) string {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		t.Fatal(err)
	}
	r, err := age.Decrypt(bytes.NewReader(raw), identity)
	if err != nil {
		t.Fatalf("open what the browser sealed: %v", err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

// changed has another last byte.
func changed(t *testing.T, sealed string) string {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		t.Fatal(err)
	}
	raw[len(raw)-1] ^= 1
	return base64.StdEncoding.EncodeToString(raw)
}
