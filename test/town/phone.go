package town

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Phone is a parent's phone without a screen: what it sends is an operation,
// as the app's outbox sends it.
type Phone struct {
	town       *Town
	id, secret string
	seq        int
}

// Wanted is an operation's body.
type Wanted map[string]any

// Phone registers a phone that joins with a code.
func (w *Town) Phone(code string) *Phone { w.r.Helper(); return w.PhoneReading(code, "sv") }

// PhoneReading registers one that reads a locale.
func (w *Town) PhoneReading(code, locale string) *Phone {
	w.r.Helper()
	secret := make([]byte, 32)
	_, _ = rand.Read(secret)
	p := &Phone{town: w, id: newUUID(), secret: base64.RawURLEncoding.EncodeToString(secret)}
	p.ask(http.MethodPut, "devices/"+p.id, map[string]any{"secret": p.secret, "locale": locale, "code": code}, nil)
	return p
}

// Does has one operation done and answers its verdict and, where there is
// one, the code.
func (p *Phone) Does(kind string, body Wanted) (verdict, code string) {
	p.town.r.Helper()
	p.seq++
	op := map[string]any{"op": newUUID(), "seq": p.seq, "kind": kind, "v": 1, "body": body, "made": time.Now().UTC().Format(time.RFC3339)}
	var answer struct {
		Verdicts []struct{ Verdict, Code string }
	}
	p.ask(http.MethodPost, "operations", map[string]any{"operations": []any{op}}, &answer)
	if len(answer.Verdicts) != 1 {
		p.town.r.Fatalf("one operation got %d verdicts", len(answer.Verdicts))
	}
	return answer.Verdicts[0].Verdict, answer.Verdicts[0].Code
}

// Answers has the phone's answer to a meeting applied.
func (p *Phone) Answers(meeting string, answer Wanted) {
	p.town.r.Helper()
	body := Wanted{"meeting": meeting, "status": "accepted", "count": 1, "childcare": 0, "interpreter": nil, "note": ""}
	for name, value := range answer {
		body[name] = value
	}
	if verdict, code := p.Does("rsvp", body); verdict != "applied" {
		p.town.r.Fatalf("an answer to a meeting is %s: %s", verdict, code)
	}
}

// Own gives the phone's own answers as the server has them, by meeting.
func (p *Phone) Own() map[string]OwnAnswer {
	p.town.r.Helper()
	var answer struct{ Answers []OwnAnswer }
	p.ask(http.MethodGet, "devices/me/answers", nil, &answer)
	own := map[string]OwnAnswer{}
	for _, a := range answer.Answers {
		own[a.Meeting] = a
	}
	return own
}

// OwnAnswer is a phone's answer to a meeting.
type OwnAnswer struct {
	Meeting, Status string
	Late            bool
	Interpreter     *struct{ Language, Mode, State, Contact string }
}

// Follows is the id of the first group that the phone follows.
func (p *Phone) Follows() string {
	p.town.r.Helper()
	var answer struct{ Groups []struct{ ID string } }
	p.ask(http.MethodPut, "devices/"+p.id, map[string]any{"secret": p.secret, "locale": "sv"}, &answer)
	if len(answer.Groups) == 0 {
		p.town.r.Fatalf("the phone follows no group")
	}
	return answer.Groups[0].ID
}

// Fetches has the phone fetch what its groups have for it.
func (p *Phone) Fetches() {
	p.town.r.Helper()
	var answer struct{ Groups []struct{ ID string } }
	p.ask(http.MethodGet, "devices/me/groups", nil, &answer)
	for _, g := range answer.Groups {
		p.ask(http.MethodGet, "feeds/"+g.ID, nil, nil)
	}
}

// Texts is what the phone gets of its group's texts in a locale, as it is sent.
func (p *Phone) Texts(locale string) string {
	p.town.r.Helper()
	var answer json.RawMessage
	p.ask(http.MethodGet, "feeds/"+p.Follows()+"/texts/"+locale, nil, &answer)
	return string(answer)
}

func (p *Phone) ask(method, path string, body, answer any) {
	p.town.r.Helper()
	p.town.must(p.send(method, path, body, answer))
}

func (p *Phone) send(method, path string, body, answer any) error {
	var sent bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&sent).Encode(body); err != nil {
			return fmt.Errorf("write the phone's request: %w", err)
		}
	}
	request, err := http.NewRequestWithContext(p.town.r.Context(), method, p.town.URL("/api/folje/v1/"+path), &sent)
	if err != nil {
		return fmt.Errorf("make the phone's request: %w", err)
	}
	request.Header.Set("Authorization", "Bearer "+p.secret)
	request.Header.Set("Content-Type", "application/json")
	got, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("the phone asks %s: %w", path, err)
	}
	defer func() { _ = got.Body.Close() }()
	raw, err := io.ReadAll(got.Body)
	if err != nil {
		return fmt.Errorf("the phone reads %s: %w", path, err)
	}
	if got.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("the phone asks %s: %s: %s", path, got.Status, raw)
	}
	if answer == nil {
		return nil
	}
	if err := json.Unmarshal(raw, answer); err != nil {
		return fmt.Errorf("the phone understands %s: %w", path, err)
	}
	return nil
}

func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
