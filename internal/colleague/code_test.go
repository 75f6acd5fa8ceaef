package colleague_test

import (
	"context"
	"regexp"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/colleague"

	"github.com/pocketbase/pocketbase/core"
)

const auth = "/api/collections/staff/"

// codes switches codes on, as an administrator does, and answers the code that
// was sent last to an address.
func (w *world) codes() (last func(to string) string) {
	w.Helper()
	_, sent := w.mail()
	last = func(to string) string {
		w.Helper()
		colleague.NewPost(w.app, w.feature).Codes(context.Background())
		texts := sent(to)
		if len(texts) == 0 {
			return ""
		}
		return regexp.MustCompile(`\d{6}`).FindString(texts[len(texts)-1])
	}
	id := w.must(200, w.admin, "POST", "staff/colleagues/codes", nil).Get("id")
	w.must(400, w.admin, "PUT", "staff/colleagues/codes", body{"on": true, "id": id, "code": "abcdef"})
	w.must(403, w.editor, "PUT", "staff/colleagues/codes", body{"on": true, "id": id, "code": last("admin@example.org")})
	w.must(204, w.admin, "PUT", "staff/colleagues/codes", body{"on": true, "id": id, "code": last("admin@example.org")})
	return last
}

func (w *world) auth(path string, in body) apptest.Answer {
	w.Helper()
	return apptest.Ask(w, w.handler, "", "POST", auth+path, in)
}

// halfway gives the right password.
func (w *world) halfway() string {
	w.Helper()
	a := w.auth("auth-with-password", body{"identity": "editor@example.org", "password": apptest.Password})
	if a.Status != 401 || a.Get("token") != nil || a.Get("mfaId") == nil {
		w.Fatalf("the password alone: %d %s", a.Status, a.Body)
	}
	return a.Get("mfaId").(string)
}

// The password alone lets nobody in, and neither does the code.
func TestSigningInTakesACode(t *testing.T) {
	w := newWorld(t)
	last := w.codes()
	mfa := w.halfway()
	id := w.must(200, nil, "POST", "staff/code", body{"mfa": mfa}).Get("id")
	code := last("editor@example.org")
	alone := w.auth("auth-with-otp", body{"otpId": id, "password": "000000"})
	if alone.Status != 400 {
		t.Errorf("a wrong code: %d %s", alone.Status, alone.Body)
	}
	in := w.auth("auth-with-otp", body{"otpId": id, "password": code, "mfaId": mfa})
	if in.Status != 200 || in.Get("token") == nil || in.Get("record", "id") != w.editor.Id {
		t.Fatalf("%d %s", in.Status, in.Body)
	}
	if again := w.auth("auth-with-otp", body{"otpId": id, "password": code, "mfaId": mfa}); again.Status == 200 {
		t.Error("the code is good twice")
	}
	id = w.must(200, nil, "POST", "staff/code", body{"mfa": w.halfway()}).Get("id")
	if a := w.auth("auth-with-otp", body{"otpId": id, "password": last("editor@example.org")}); a.Status != 401 || a.Get("token") != nil {
		t.Errorf("the code alone: %d %s", a.Status, a.Body)
	}
	if a := w.must(200, w.admin, "GET", "staff/colleagues", nil); a.Get("codes") != true {
		t.Errorf("%s", a.Body)
	}
	s := w.app.Settings()
	s.SMTP.Enabled = false
	if err := w.app.Save(s); err != nil {
		t.Fatal(err)
	}
	w.must(409, nil, "POST", "staff/code", body{"mfa": w.halfway()})
	w.must(204, w.admin, "PUT", "staff/colleagues/codes", body{"on": false})
	if _, ok := w.signsIn("editor@example.org", apptest.Password); !ok {
		t.Error("it is not off")
	}
}

// Whoever has not given the password is sent nothing and learns nothing, and a
// code is tried five times, from wherever.
func TestCodesAreBounded(t *testing.T) {
	w := newWorld(t)
	last := w.codes()
	for _, mfa := range []string{"", "abcdefghijklmno", w.editor.Id} {
		a := w.must(200, nil, "POST", "staff/code", body{"mfa": mfa})
		if id, _ := a.Get("id").(string); len(id) != 15 || last("editor@example.org") != "" {
			t.Errorf("%q: %s", mfa, a.Body)
		}
	}
	mfa := w.halfway()
	id := w.must(200, nil, "POST", "staff/code", body{"mfa": mfa}).Get("id")
	code := last("editor@example.org")
	wrong := "000000"
	if code == wrong {
		wrong = "000001"
	}
	for range 5 {
		w.auth("auth-with-otp", body{"otpId": id, "password": wrong, "mfaId": mfa})
	}
	if a := w.auth("auth-with-otp", body{"otpId": id, "password": code, "mfaId": mfa}); a.Status != 429 {
		t.Errorf("the sixth try: %d %s", a.Status, a.Body)
	}
	for range 9 {
		w.must(200, nil, "POST", "staff/code", body{"mfa": mfa})
	}
	w.must(429, nil, "POST", "staff/code", body{"mfa": mfa})
}

// Codes can't be switched on where none arrives.
func TestCodesNeedMail(t *testing.T) {
	w := newWorld(t)
	w.must(409, w.admin, "POST", "staff/colleagues/codes", nil)
	w.must(400, w.admin, "PUT", "staff/colleagues/codes", body{"on": true, "id": "abcdefghijklmno", "code": "123456"})
	w.must(400, w.admin, "PUT", "staff/colleagues/codes", body{})
	if _, ok := w.signsIn("editor@example.org", apptest.Password); !ok {
		t.Error("it is on")
	}
}

// Every session ends, wherever it is.
func TestSignOutEverywhere(t *testing.T) {
	w := newWorld(t)
	here, _ := w.signsIn("editor@example.org", apptest.Password)
	there, _ := w.signsIn("editor@example.org", apptest.Password)
	if a := apptest.Ask(t, w.handler, here, "POST", v1+"staff/me/sign-out", nil); a.Status != 204 {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	for _, token := range []string{here, there} {
		if a := apptest.Ask(t, w.handler, token, "GET", "/api/collections/staff/records/"+w.editor.Id, nil); a.Status != 404 {
			t.Errorf("a session goes on: %d", a.Status)
		}
	}
	w.must(401, nil, "POST", "staff/me/sign-out", nil)
	if _, ok := w.signsIn("editor@example.org", apptest.Password); !ok {
		t.Error("she can't sign in again")
	}
}

// On a shared computer a session lasts an hour, whatever is done in it.
func TestASharedComputersSessionIsShort(t *testing.T) {
	w := newWorld(t)
	a := w.auth("auth-with-password", body{"identity": "editor@example.org", "password": apptest.Password, "shared": true})
	token := a.Get("token").(string)
	again := apptest.Ask(t, w.handler, token, "POST", auth+"auth-refresh", nil)
	if again.Status != 200 || again.Get("token") != token {
		t.Errorf("%d: it was made longer: %t", again.Status, again.Get("token") != token)
	}
	if left := ends(t, w.app, token); left > time.Hour || left < 50*time.Minute {
		t.Errorf("it lasts %s", left)
	}
	long, _ := w.signsIn("editor@example.org", apptest.Password)
	if left := ends(t, w.app, long); left < 11*time.Hour {
		t.Errorf("one's own lasts %s", left)
	}
}

// ends is how long a token is good.
func ends(t *testing.T, app core.App, token string) time.Duration {
	t.Helper()
	if _, err := app.FindAuthRecordByToken(token, core.TokenTypeAuth); err != nil {
		t.Fatal(err)
	}
	return time.Until(expiry(t, token))
}
