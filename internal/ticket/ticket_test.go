package ticket_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"folje/internal/ticket"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 123_000_000, time.UTC)

const device = "6f1c1c1e-8d0a-4b6e-9a54-2f1d0c3b7a90"

func open(tb testing.TB) *ticket.Issuer {
	tb.Helper()
	i, err := ticket.Open(tb.TempDir())
	if err != nil {
		tb.Fatal(err)
	}
	return i
}

func sample() ticket.Ticket {
	return ticket.Ticket{Device: device, Scopes: []string{"groupgroupgroup", "othergroupother"}, Issued: noon, Expires: noon.Add(ticket.Life), Term: 7}
}

func TestATicketSaysWhatWasIssued(t *testing.T) {
	i := open(t)
	v := ticket.NewVerifier(i.Public())
	text, issued := i.Issue(sample())
	if len(text) > 240 || !ticket.Is(text) {
		t.Errorf("%d characters: %s", len(text), text)
	}
	got, err := v.Verify(text, noon)
	if err != nil || got.Device != device || got.Term != 7 || !reflect.DeepEqual(got.Scopes, sample().Scopes) ||
		!got.Issued.Equal(noon) || !got.Expires.Equal(noon.Add(time.Hour)) || !issued.Issued.Equal(got.Issued) {
		t.Errorf("%+v %v", got, err)
	}
	if !got.Covers("groupgroupgroup") || got.Covers("another") || got.Covers("") {
		t.Error("it covers other scopes")
	}
}

func TestOutsideItsTime(t *testing.T) {
	i := open(t)
	v := ticket.NewVerifier(i.Public())
	text, _ := i.Issue(sample())
	for after, want := range map[time.Duration]error{
		-61 * time.Second: ticket.ErrExpired, -time.Minute: nil, 0: nil, time.Hour: nil,
		time.Hour + 59*time.Second: nil, time.Hour + time.Minute: ticket.ErrExpired, 1e6 * time.Hour: ticket.ErrExpired,
	} {
		if _, err := v.Verify(text, noon.Add(after)); !errors.Is(err, want) {
			t.Errorf("after %v: %v", after, err)
		}
	}
}

func TestWhatIsNotOursIsForged(t *testing.T) {
	i := open(t)
	v := ticket.NewVerifier(i.Public())
	text, _ := i.Issue(sample())
	other, _ := open(t).Issue(sample())
	parts := strings.Split(text, ".")
	texts := map[string]string{
		"nothing": "", "a secret": "Zm9samUtdGVzdC1waG9uZS1vbmUtMzItYnl0ZXMtb2s", "only the prefix": "folje1.", "two dots": "folje1..",
		"another version": "folje2" + text[6:], "without a signature": parts[0] + "." + parts[1], "an empty one": parts[0] + "." + parts[1] + ".",
		"another's": other, "padded": text + "=", "twice": text + text, "long": text + strings.Repeat("A", 10_000),
		"a short payload": "folje1.AAAA." + parts[2],
		"no payload":      "folje1.." + parts[2],
	}
	for n := range text {
		flipped := []byte(text)
		flipped[n] ^= 1
		texts[fmt.Sprint("character ", n)] = string(flipped)
		texts[fmt.Sprint("cut at ", n)] = text[:n]
	}
	for name, forged := range texts {
		if _, err := v.Verify(forged, noon); !errors.Is(err, ticket.ErrForged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := new(ticket.Verifier).Verify(text, noon); !errors.Is(err, ticket.ErrForged) {
		t.Errorf("without keys: %v", err)
	}
}

func TestTooManyScopesAreLeftOut(t *testing.T) {
	i := open(t)
	s := sample()
	s.Scopes = nil
	for n := range 100 {
		s.Scopes = append(s.Scopes, fmt.Sprintf("group%010d", n))
	}
	text, issued := i.Issue(s)
	got, err := ticket.NewVerifier(i.Public()).Verify(text, noon)
	if err != nil || len(got.Scopes) != ticket.MostScopes || len(issued.Scopes) != ticket.MostScopes || len(text) > 2048 {
		t.Errorf("%d scopes, %d characters, %v", len(got.Scopes), len(text), err)
	}
}

func TestRotationKeepsTheKeyBefore(t *testing.T) {
	dir := t.TempDir()
	texts := make([]string, 3)
	first, err := ticket.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	texts[0], _ = first.Issue(sample())
	v := ticket.NewVerifier(nil)
	if v.Ready() {
		t.Error("ready without a key")
	}
	for n := 1; n < 3; n++ {
		next, err := ticket.Rotate(dir)
		if err != nil {
			t.Fatal(err)
		}
		texts[n], _ = next.Issue(sample())
	}
	again, err := ticket.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	v.Set(again.Public())
	for n, want := range []error{ticket.ErrForged, nil, nil} {
		if _, err := v.Verify(texts[n], noon); !errors.Is(err, want) {
			t.Errorf("key %d: %v", n, err)
		}
	}
	if info, err := os.Stat(ticket.File(dir)); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v %v", info, err)
	}
}

func TestKeysTravel(t *testing.T) {
	i := open(t)
	raw, err := json.Marshal(i.Public())
	if err != nil {
		t.Fatal(err)
	}
	var keys ticket.Keys
	if err := json.Unmarshal(raw, &keys); err != nil || !reflect.DeepEqual(keys, i.Public()) {
		t.Errorf("%s %v", raw, err)
	}
	for _, bad := range []string{`{"keys":["AAAA"]}`, `{"keys":["!"]}`, `{"keys":3}`, `[]`} {
		if err := json.Unmarshal([]byte(bad), &keys); err == nil {
			t.Errorf("read %s", bad)
		}
	}
}

func TestAKeyFileThatCannotBeUsed(t *testing.T) {
	seed := base64.RawURLEncoding.EncodeToString(make([]byte, 32))
	for name, test := range map[string]struct {
		content string
		mode    os.FileMode
		want    error
	}{
		"empty": {"", 0o600, ticket.ErrKeyDamaged}, "short": {"AAAA\n", 0o600, ticket.ErrKeyDamaged},
		"too many": {strings.Repeat(seed+"\n", 3), 0o600, ticket.ErrKeyDamaged}, "long": {strings.Repeat(" ", 5000), 0o600, ticket.ErrKeyDamaged},
		"open": {seed + "\n", 0o644, ticket.ErrKeyExposed}, "good": {seed + "\n", 0o600, nil},
	} {
		dir := t.TempDir()
		if err := os.Mkdir(filepath.Join(dir, "keys"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(ticket.File(dir), []byte(test.content), test.mode); err != nil {
			t.Fatal(err)
		}
		if _, err := ticket.Open(dir); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The clock may be set back after a ticket was issued.
func TestTheNewestTicketIsKnown(t *testing.T) {
	i := open(t)
	for _, at := range []time.Duration{0, time.Hour, time.Minute} {
		s := sample()
		s.Issued = noon.Add(at)
		i.Issue(s)
	}
	if got := i.Newest(); !got.Equal(noon.Add(time.Hour)) {
		t.Error(got)
	}
}

func TestAWordMakesEarlierTicketsVoid(t *testing.T) {
	s := sample()
	for name, test := range map[string]struct {
		word ticket.Word
		void bool
	}{
		"none":        {ticket.Word{}, false},
		"before":      {ticket.Word{At: noon.Add(-time.Millisecond)}, false},
		"at the time": {ticket.Word{At: noon}, true},
		"later":       {ticket.Word{At: noon.Add(time.Millisecond)}, true},
		"shut out":    {ticket.Word{At: noon.Add(-time.Hour), Ended: true}, true},
		"same term":   {ticket.Word{At: noon.Add(-time.Minute), Term: 7}, false},
		"later term":  {ticket.Word{At: noon.Add(-time.Minute), Term: 8}, true}, // of a machine whose clock is behind
	} {
		if test.word.Void(s) != test.void {
			t.Error(name)
		}
	}
}

// A phone shows one ticket often; more phones than are remembered are told apart
// all the same, and another key ends what was remembered.
func TestWhatIsRememberedIsStillHeldAgainstTimeAndKeys(t *testing.T) {
	i := open(t)
	v := ticket.NewVerifier(i.Public())
	texts := make([]string, 9000)
	for n := range texts {
		s := sample()
		s.Device = fmt.Sprint("device ", n)
		texts[n], _ = i.Issue(s)
		if got, err := v.Verify(texts[n], noon); err != nil || got.Device != s.Device {
			t.Fatal(got, err)
		}
	}
	for _, n := range []int{0, 4096, 8999} {
		if got, err := v.Verify(texts[n], noon); err != nil || got.Device != fmt.Sprint("device ", n) {
			t.Error(got, err)
		}
		if _, err := v.Verify(texts[n], noon.Add(2*time.Hour)); !errors.Is(err, ticket.ErrExpired) {
			t.Error(err)
		}
	}
	v.Set(open(t).Public())
	if _, err := v.Verify(texts[8999], noon); !errors.Is(err, ticket.ErrForged) {
		t.Error(err)
	}
}

// What is on its way between machines of two versions must not change.
func TestAWordOnTheWire(t *testing.T) {
	raw, err := json.Marshal(ticket.Word{At: noon, Term: 4, Ended: true})
	if err != nil || string(raw) != `{"at":"2026-03-01T12:00:00.123Z","term":4,"ended":true}` {
		t.Errorf("%s %v", raw, err)
	}
}

func FuzzVerify(f *testing.F) {
	i := open(f)
	text, _ := i.Issue(sample())
	v := ticket.NewVerifier(i.Public())
	f.Add(text)
	f.Add("folje1..")
	f.Fuzz(func(t *testing.T, in string) {
		if _, err := v.Verify(in, noon); err == nil && in != text {
			t.Errorf("took %q", in)
		}
	})
}

func BenchmarkIssue(b *testing.B) {
	i := open(b)
	for b.Loop() {
		i.Issue(sample())
	}
}

func BenchmarkVerify(b *testing.B) {
	i := open(b)
	keys := i.Public()
	v := ticket.NewVerifier(keys)
	text, _ := i.Issue(sample())
	b.ReportAllocs()
	for b.Loop() {
		v.Set(keys) // as if it had not been seen
		if _, err := v.Verify(text, noon); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerifyAgain(b *testing.B) {
	i := open(b)
	v := ticket.NewVerifier(i.Public())
	text, _ := i.Issue(sample())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := v.Verify(text, noon); err != nil {
			b.Fatal(err)
		}
	}
}
