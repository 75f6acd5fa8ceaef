package town

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"

	"filippo.io/age"
)

// asksInConfidence sends a request to a channel that is open, as a parent's
// phone does.
func (w *Town) asksInConfidence(channel, text string) {
	w.r.Helper()
	var keys struct {
		Size     int
		Channels []struct{ Channel, Key, Recipient string }
	}
	w.bare(http.MethodGet, "request-keys", nil, &keys)
	for _, c := range keys.Channels {
		if c.Channel != channel {
			continue
		}
		var said struct{ Verdict string }
		w.bare(http.MethodPost, "requests", map[string]string{"op": newUUID(), "to": c.Key, "ciphertext": w.sealed(c.Recipient, text)}, &said)
		if said.Verdict != "applied" {
			w.r.Fatalf("the request is %s", said.Verdict)
		}
		return
	}
	w.r.Fatalf("the channel %s is not open: %+v", channel, keys)
}

// sealed is what a phone makes of a text: padded to one size, encrypted.
func (w *Town) sealed(recipient, text string) string {
	w.r.Helper()
	const size = 6000
	request, err := json.Marshal(map[string]any{
		"v": 1, "kind": "question", "text": text, "language": "ar", "interpreter": true, "made": time.Now().UTC().Format(time.RFC3339),
		"reach": map[string]any{"how": "phone", "value": "070-174 06 77", "voicemail": false, "when": "Tisdagar"},
	})
	w.must(err)
	to, err := age.ParseX25519Recipient(recipient)
	w.must(err)
	var out bytes.Buffer
	into, err := age.Encrypt(&out, to)
	w.must(err)
	_, err = io.WriteString(into, string(request)+strings.Repeat(" ", size-len(request)))
	w.must(err)
	w.must(into.Close())
	return base64.StdEncoding.EncodeToString(out.Bytes())
}

// bare asks the server as nobody in particular.
func (w *Town) bare(method, path string, body, into any) {
	w.r.Helper()
	sent, err := json.Marshal(body)
	w.must(err)
	r, err := http.NewRequestWithContext(w.r.Context(), method, w.URL("/api/folje/v1/"+path), bytes.NewReader(sent))
	w.must(err)
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	w.must(err)
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	w.must(err)
	if answer.StatusCode != http.StatusOK {
		w.r.Fatalf("%s %s: %s: %s", method, path, answer.Status, raw)
	}
	w.must(json.Unmarshal(raw, into))
}
