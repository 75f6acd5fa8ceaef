// Package contract keeps what released builds of the web app ask the server,
// so that a phone that was not updated is still answered in a way it reads.
//
// A recording (testdata/<build>/phone.json) holds the requests of one build,
// in order, and of each answer the status, the error's code, and the shape: the
// fields that were there and their types. Replayed against today's server each
// answer must have the same status and code and still that shape. New fields
// and new kinds of records may come; none may go.
//
// To record the next build, once it is released:
//
//	go run ./test/contract/record <commit>
//
// It builds the server of that commit, lets it fill its demonstration, and asks
// it what [Phone] says. When the web app begins to ask something new, add it
// there first; when it stops, leave the old recordings as they are.
package contract

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
)

// Recording is what one build asked and was answered.
type Recording struct {
	Build string `json:"build"`
	Steps []Step `json:"steps"`
}

// Step is one request and the answer to it. In Path, Header and Body a name in
// braces stands for a value: "{code}" is an invitation's, "{ciphertext}" an
// encrypted request, and what earlier steps kept under it otherwise.
type Step struct {
	Name   string            `json:"name"`
	Method string            `json:"method"`
	Path   string            `json:"path"` // below /api/folje/v1/
	Header map[string]string `json:"header,omitempty"`
	Body   string            `json:"body,omitempty"`
	// Keep names what later steps use: a path of keys into the answer, or
	// "ETag".
	Keep map[string]string `json:"keep,omitempty"`

	Status int    `json:"status"`
	Tagged bool   `json:"tagged,omitempty"` // there was an ETag
	Code   string `json:"code,omitempty"`   // of an error
	Shape  *Shape `json:"shape,omitempty"`  // nil where there was no body
}

// Session asks one server.
type Session struct {
	URL    string            // of the server
	Values map[string]string // what names in braces stand for
}

// answer is what a step got.
type answer struct {
	status int
	etag   string
	json   any // nil where there was no body
}

// Record carries out the steps and writes the answers into them.
func (s *Session) Record(steps []Step) error {
	for i := range steps {
		a, err := s.ask(steps[i])
		if err != nil {
			return err
		}
		step := &steps[i]
		step.Status, step.Tagged = a.status, a.etag != ""
		if a.json != nil {
			step.Shape = shapeOf("", a.json)
		}
		if step.Code = code(a.json); a.status >= http.StatusBadRequest && step.Code == "" {
			return fmt.Errorf("%s: %d without a code", step.Name, a.status)
		}
	}
	return nil
}

// Replay carries out the step and lists what an old client would miss.
func (s *Session) Replay(step Step) (faults []string, err error) {
	a, err := s.ask(step)
	if err != nil {
		return nil, err
	}
	if a.status == http.StatusNotModified && step.Header["If-None-Match"] != "" && step.Status == http.StatusOK {
		return nil, nil // net.js takes this from whoever it sent a tag to: it has it all
	}
	if a.status != step.Status {
		faults = append(faults, fmt.Sprintf("status %d, was %d", a.status, step.Status))
	}
	if step.Tagged && a.etag == "" {
		faults = append(faults, "no ETag")
	}
	if got := code(a.json); got != step.Code {
		faults = append(faults, fmt.Sprintf("code %q, was %q", got, step.Code))
	}
	if step.Shape != nil {
		faults = append(faults, step.Shape.faults("answer", a.json)...)
	}
	return faults, nil
}

func (s *Session) ask(step Step) (answer, error) {
	r, err := http.NewRequest(step.Method, s.URL+"/api/folje/v1/"+s.fill(step.Path), strings.NewReader(s.fill(step.Body)))
	if err != nil {
		return answer{}, fmt.Errorf("%s: %w", step.Name, err)
	}
	for name, value := range step.Header {
		r.Header.Set(name, s.fill(value))
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return answer{}, fmt.Errorf("%s: %w", step.Name, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return answer{}, fmt.Errorf("%s: %w", step.Name, err)
	}
	a := answer{status: res.StatusCode, etag: res.Header.Get("ETag")}
	if len(bytes.TrimSpace(body)) > 0 {
		if err := json.Unmarshal(body, &a.json); err != nil {
			return a, fmt.Errorf("%s: %d without JSON: %w", step.Name, res.StatusCode, err)
		}
	}
	return a, s.keep(step, a)
}

var name = regexp.MustCompile(`\{[a-z]+\}`)

func (s *Session) fill(text string) string {
	return name.ReplaceAllStringFunc(text, func(braced string) string {
		if value, ok := s.Values[strings.Trim(braced, "{}")]; ok {
			return value
		}
		return braced
	})
}

func (s *Session) keep(step Step, a answer) error {
	for name, path := range step.Keep {
		value, ok := a.etag, a.etag != ""
		if path != "ETag" {
			value, ok = follow(a.json, strings.Split(path, ".")).(string)
		}
		if !ok {
			return fmt.Errorf("%s: no %s in the answer (%d)", step.Name, path, a.status)
		}
		s.Values[name] = value
	}
	return nil
}

// follow goes down the keys; in an array it goes to the first.
func follow(value any, keys []string) any {
	for _, key := range keys {
		if list, ok := value.([]any); ok && len(list) > 0 {
			value = list[0]
		}
		object, _ := value.(map[string]any)
		value = object[key]
	}
	return value
}

func code(value any) string {
	object, _ := value.(map[string]any)
	code, _ := object["code"].(string)
	if _, isError := object["message"]; !isError {
		return "" // a handover's code is another thing
	}
	return code
}
