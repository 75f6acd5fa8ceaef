package problem_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"folje/internal/problem"
)

// echo says a message id as "locale:id", so that a test sees what was asked.
type echo struct{}

func (echo) Negotiate(accept string) string { return strings.ToLower(accept) }

func (echo) Text(locale, id string, _ map[string]any) string { return locale + ":" + id }

func (echo) TextCount(locale, id string, n float64, _ map[string]any) string {
	return fmt.Sprintf("%s:%s×%v", locale, id, n)
}

// logged is an app of which only the log is there.
type logged struct {
	core.App
	log bytes.Buffer
}

func (a *logged) Logger() *slog.Logger { return slog.New(slog.NewTextHandler(&a.log, nil)) }

func request(body string) (*core.RequestEvent, *httptest.ResponseRecorder, *logged) {
	app, rec := &logged{}, httptest.NewRecorder()
	e := &core.RequestEvent{App: app}
	e.Request = httptest.NewRequest(http.MethodPost, "/secret-path", strings.NewReader(body))
	e.Request.Header.Set("Accept-Language", "AR")
	e.Response = rec
	return e, rec, app
}

func write(t *testing.T, err error) (*httptest.ResponseRecorder, map[string]any, string) {
	t.Helper()
	e, rec, app := request("")
	if err := problem.Write(e, echo{}, err); err != nil {
		t.Fatal(err)
	}
	var answer map[string]any
	if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil {
		t.Fatalf("answer %q: %v", rec.Body, err)
	}
	return rec, answer, app.log.String()
}

func TestWriteSaysTheCodeInTheCallersLanguage(t *testing.T) {
	p := problem.Invalid(map[string]problem.Field{
		"title":   {Code: "error.field_required"},
		"block.1": {Code: "error.block_too_long", Params: map[string]any{"Count": 12}},
	}).With("current", "other")
	rec, answer, log := write(t, fmt.Errorf("save letter: %w", p))

	want := `{"code":"error.invalid","current":"other","fields":{` +
		`"block.1":{"code":"error.block_too_long","message":"ar:error.block_too_long×12"},` +
		`"title":{"code":"error.field_required","message":"ar:error.field_required"}},` +
		`"message":"ar:error.invalid"}`
	if got := strings.TrimSpace(rec.Body.String()); got != want || rec.Code != 400 {
		t.Errorf("%d %s\nwant 400 %s", rec.Code, got, want)
	}
	if rec.Header().Get("Content-Language") != "ar" || rec.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v of %v", rec.Header(), answer)
	}
	if log != "" {
		t.Errorf("a client's mistake was logged: %s", log)
	}
}

func TestWriteKnowsWhatAnErrorMeans(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		status int
		code   string
	}{
		"missing row":   {fmt.Errorf("find: %w", sql.ErrNoRows), 404, "error.not_found"},
		"validation":    {validation.Errors{"name": validation.ErrRequired}, 400, "error.invalid"},
		"deadline":      {context.DeadlineExceeded, 503, "error.busy"},
		"body limit":    {&http.MaxBytesError{Limit: 1}, 413, "error.too_large"},
		"api 401":       {router.NewUnauthorizedError("", nil), 401, "error.sign_in"},
		"api 403":       {router.NewForbiddenError("", nil), 403, "error.forbidden"},
		"api 400":       {router.NewBadRequestError("", nil), 400, "error.request"},
		"api 500":       {router.NewInternalServerError("", nil), 500, "error.internal"},
		"anything else": {errors.New("disk on fire"), 500, "error.internal"},
	} {
		t.Run(name, func(t *testing.T) {
			rec, answer, _ := write(t, c.err)
			if rec.Code != c.status || answer["code"] != c.code {
				t.Errorf("%d %v, want %d %s", rec.Code, answer, c.status, c.code)
			}
		})
	}
}

func TestWriteLogsTheCauseOfOurFaultsOnly(t *testing.T) {
	rec, _, log := write(t, errors.New("disk on fire"))
	if !strings.Contains(log, "disk on fire") || strings.Contains(log, "secret-path") {
		t.Errorf("log %q", log)
	}
	if strings.Contains(rec.Body.String(), "disk") {
		t.Errorf("the cause reached the caller: %s", rec.Body)
	}
}

func TestRetryAfterIsRoundedUp(t *testing.T) {
	rec, _, _ := write(t, problem.TooMany("error.too_many_codes", 1500*time.Millisecond))
	if got := rec.Header().Get("Retry-After"); got != "2" {
		t.Errorf("Retry-After %q", got)
	}
}

func TestHandleAnswersForTheHandler(t *testing.T) {
	e, rec, _ := request("")
	err := problem.Handle(echo{}, func(*core.RequestEvent) error { return problem.Forbidden() })(e)
	if err != nil || rec.Code != 403 {
		t.Errorf("%v %d", err, rec.Code)
	}
	e, rec, _ = request("")
	err = problem.Handle(echo{}, func(e *core.RequestEvent) error { return e.NoContent(204) })(e)
	if err != nil || rec.Code != 204 || rec.Body.Len() != 0 {
		t.Errorf("%v %d %s", err, rec.Code, rec.Body)
	}
}

func TestAPIGivesPocketBasesShape(t *testing.T) {
	e, _, _ := request("")
	p := problem.Conflict("error.letter_conflict", map[string]string{"id": "x"})
	p.Fields = map[string]problem.Field{"title": {Code: "error.field_required"}}
	var got *router.ApiError
	if !errors.As(problem.API(e, echo{}, p), &got) {
		t.Fatal("not an ApiError")
	}
	raw, _ := json.Marshal(got)
	want := `{"data":{"current":{"id":"x"},"title":{"code":"error.field_required","message":"ar:error.field_required"}},"message":"ar:error.letter_conflict","status":409}`
	if string(raw) != want {
		t.Errorf("%s\nwant %s", raw, want)
	}
	if problem.API(e, echo{}, nil) != nil {
		t.Error("nil became an error")
	}
}

func TestReadRefusesWhatIsNotOneObject(t *testing.T) {
	for body, status := range map[string]int{
		``: 0, `{}`: 0, `{"code":"x","future":[1]}`: 0,
		`null`: 400, `[]`: 400, `1`: 400, `{`: 400, `{} {}`: 400, "{\"code\":\"\xff\"}": 400,
		`{"code":1}`: 400, `{"code":"` + strings.Repeat("a", 100) + `"}`: 413,
	} {
		e, _, _ := request(body)
		var in struct {
			Code string `json:"code"`
		}
		got := 0
		if p := problem.From(problem.Read(e, 64, &in)); p != nil {
			got = p.Status
		}
		if got != status {
			t.Errorf("%q: %d, want %d", body, got, status)
		}
	}
}

func TestReadNamesTheMistypedField(t *testing.T) {
	e, _, _ := request(`{"days":"many"}`)
	var in struct {
		Days int `json:"days"`
	}
	p := problem.From(problem.Read(e, 64, &in))
	if p.Fields["days"].Code != "error.field_invalid" {
		t.Errorf("%+v", p)
	}
}
