// Package office does over HTTP what staff do on their screens, for tests that
// are about phones: invite to a meeting, and look at what phones have said.
package office

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Office is a member of staff who is signed in.
type Office struct {
	origin, token string
	unit, group   string
}

// timeout bounds one request.
const timeout = 30 * time.Second

// SignIn signs an editor in who has a group of the name.
func SignIn(ctx context.Context, origin, email, password, group string) (*Office, error) {
	o := &Office{origin: origin}
	var signed struct{ Token string }
	err := o.ask(ctx, http.MethodPost, "/api/collections/staff/auth-with-password", map[string]any{"identity": email, "password": password}, &signed)
	if err != nil {
		return nil, err
	}
	o.token = signed.Token
	var groups struct{ Items []struct{ ID, Unit string } }
	filter := url.QueryEscape(fmt.Sprintf("name = %q", group))
	if err := o.ask(ctx, http.MethodGet, "/api/collections/groups/records?filter="+filter, nil, &groups); err != nil {
		return nil, err
	}
	if len(groups.Items) != 1 {
		return nil, fmt.Errorf("there are %d groups %q", len(groups.Items), group)
	}
	o.group, o.unit = groups.Items[0].ID, groups.Items[0].Unit
	return o, nil
}

// Group is the group's id.
func (o *Office) Group() string { return o.group }

// Invite invites the group to a meeting at that time, and answers its id.
func (o *Office) Invite(ctx context.Context, starts time.Time) (string, error) {
	var m struct {
		ID   string
		Base int
	}
	err := o.ask(ctx, http.MethodPost, "/api/collections/meetings/records", map[string]any{
		"kind": "qpm", "unit": o.unit, "groups": []string{o.group}, "place": "Stora rummet", "childcare": true,
		"starts": starts.UTC(), "ends": starts.Add(90 * time.Minute).UTC(),
		"question": "Hur kan vi hjälpas åt så att barnen får sova gott?", "contact": "Förskolan, 0101-123 45",
		"answerBy": starts.Add(-24 * time.Hour).UTC(),
	}, &m)
	if err != nil {
		return "", err
	}
	return m.ID, o.ask(ctx, http.MethodPost, "/api/folje/v1/staff/meetings/"+m.ID+"/publish", map[string]any{"base": m.Base}, nil)
}

// Answers is what is counted of a meeting's answers.
type Answers struct {
	Accepted, Tentative, Declined, Late struct{ Answers, People int }
	Childcare                           struct{ Answers, Children int }
	Notes                               []struct{ Text string }
	Interpreters                        []struct {
		Language, Mode, State string
		Families              int
	}
}

// Answers counts the answers to a meeting.
func (o *Office) Answers(ctx context.Context, meeting string) (a Answers, err error) {
	return a, o.ask(ctx, http.MethodGet, "/api/folje/v1/staff/meetings/"+meeting+"/answers", nil, &a)
}

// Wishes gives the texts of the group's wishes, newest first.
func (o *Office) Wishes(ctx context.Context) (texts []string, err error) {
	var list struct{ Wishes []struct{ Text string } }
	err = o.ask(ctx, http.MethodGet, "/api/folje/v1/staff/groups/"+o.group+"/wishes", nil, &list)
	for _, w := range list.Wishes {
		texts = append(texts, w.Text)
	}
	return texts, err
}

// ask makes one request and decodes its answer into out, unless out is nil.
func (o *Office) ask(ctx context.Context, method, path string, body, out any) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	raw, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	r, err := http.NewRequestWithContext(ctx, method, o.origin+path, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", o.token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(io.LimitReader(answer.Body, 8<<20))
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	if answer.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("%s %s: %s: %s", method, path, answer.Status, said)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(said, out)
}
