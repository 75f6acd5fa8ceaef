package machine_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"folje/internal/machine"
)

// languages is what LibreTranslate answers to GET /languages.
const languages = `[{"code":"sv","name":"Swedish","targets":["ar","en","sv"]},{"code":"en","name":"English","targets":["sv"]},{"code":"ar","name":"Arabic","targets":[]}]`

// asked is the body of POST /translate.
type asked struct {
	Q                      []string
	Source, Target, Format string
	Key                    string `json:"api_key"`
}

// libre is a LibreTranslate that answers as scripted. Its counterparts in
// capitals are what it "translates".
type libre struct {
	languages func(w http.ResponseWriter)
	translate func(w http.ResponseWriter, in asked)
	seen      []asked
}

func (l *libre) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.Method + " " + r.URL.Path {
	case "GET /languages":
		if l.languages != nil {
			l.languages(w)
			return
		}
		say(w, http.StatusOK, languages)
	case "POST /translate":
		var in asked
		if r.Header.Get("Content-Type") != "application/json" || json.NewDecoder(r.Body).Decode(&in) != nil || in.Format != "html" {
			say(w, http.StatusBadRequest, `{"error":"Invalid request: missing q parameter"}`)
			return
		}
		l.seen = append(l.seen, in)
		if l.translate != nil {
			l.translate(w, in)
			return
		}
		give(w, in.Q)
	default:
		http.NotFound(w, r)
	}
}

func say(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

func give(w http.ResponseWriter, texts []string) {
	raw, _ := json.Marshal(map[string]any{"translatedText": texts})
	say(w, http.StatusOK, string(raw))
}

func (l *libre) open(t *testing.T, more string) machine.Engine {
	t.Helper()
	s := httptest.NewServer(l)
	t.Cleanup(s.Close)
	e, err := machine.Open("libretranslate="+s.URL+more, false)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestLibreTranslateIsAskedAsItsDocumentationSays(t *testing.T) {
	l := &libre{}
	e := l.open(t, "")
	pairs, err := e.Pairs(t.Context())
	want := []machine.Pair{{From: "sv", To: "ar"}, {From: "sv", To: "en"}, {From: "en", To: "sv"}}
	if err != nil || !slices.Equal(pairs, want) {
		t.Errorf("pairs %v, %v", pairs, err)
	}
	texts, err := e.Translate(t.Context(), "sv", "en", []string{"Hej &amp; hå", `Till <span translate="no" id="k0">Tallen</span>`})
	if err != nil || !slices.Equal(texts, []string{"Hej &amp; hå", `Till <span translate="no" id="k0">Tallen</span>`}) {
		t.Errorf("texts %q, %v", texts, err)
	}
	in := l.seen[0]
	if in.Source != "sv" || in.Target != "en" || in.Key != "" ||
		!slices.Equal(in.Q, []string{`<p id="s0">Hej &amp; hå</p>`, `<p id="s1">Till <span translate="no" id="k0">Tallen</span></p>`}) {
		t.Errorf("it was asked %+v", in)
	}
}

func TestOlderVersionsDontSayWhichLanguageGoesIntoWhich(t *testing.T) {
	l := &libre{languages: func(w http.ResponseWriter) {
		say(w, 200, `[{"code":"en","name":"English"},{"code":"sv","name":"Swedish"}]`)
	}}
	if pairs, err := l.open(t, "").Pairs(t.Context()); err != nil || !slices.Contains(pairs, machine.Pair{From: "sv", To: "en"}) || len(pairs) != 2 {
		t.Errorf("%v, %v", pairs, err)
	}
}

func TestTheKeyStandsInAFileOfItsOwn(t *testing.T) {
	file := filepath.Join(t.TempDir(), "engine.key")
	if err := os.WriteFile(file, []byte("secret-key\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	l := &libre{}
	if _, err := l.open(t, ","+file).Translate(t.Context(), "sv", "en", []string{"Hej"}); err != nil || l.seen[0].Key != "secret-key" {
		t.Errorf("%v: %+v", err, l.seen)
	}
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := machine.Open("libretranslate=http://127.0.0.1:5000,"+file, false); !errors.Is(err, machine.ErrExposed) {
		t.Errorf("a key that others may read: %v", err)
	}
}

func TestSettingsThatAreRefused(t *testing.T) {
	empty, long := filepath.Join(t.TempDir(), "empty"), filepath.Join(t.TempDir(), "long")
	for file, content := range map[string]string{empty: " \n", long: strings.Repeat("k", 2000)} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, setting := range []string{
		"", "libretranslate", "deepl=http://127.0.0.1", "libretranslate=127.0.0.1:5000", "libretranslate=ftp://127.0.0.1",
		"libretranslate=http://user:secret@127.0.0.1", "libretranslate=http://127.0.0.1/?api_key=secret", "libretranslate=http://127.0.0.1/#a",
		"libretranslate=http://127.0.0.1," + empty, "libretranslate=http://127.0.0.1," + long,
		"apertium=http://127.0.0.1," + t.TempDir(), "apertium=http://127.0.0.1,/nowhere/at/all",
	} {
		if _, err := machine.Open(setting, false); err == nil {
			t.Errorf("%q was taken", setting)
		}
	}
	for setting, public := range map[string]bool{"libretranslate=https://192.0.2.7": false, "libretranslate=http://[2001:db8::7]": false, "libretranslate=http://192.0.2.7": true} {
		if _, err := machine.Open(setting, public); err == nil {
			t.Errorf("%q was taken", setting)
		}
	}
	for setting, public := range map[string]bool{
		"libretranslate=https://192.0.2.7": true, "apertium=http://10.1.2.3:2737/apy": false, "libretranslate=http://[fd00::1]:5000": false, "apertium=http://engine.internal": false,
	} {
		if _, err := machine.Open(setting, public); err != nil {
			t.Errorf("%q: %v", setting, err)
		}
	}
}

// bad is what engines have been seen to do, and some more, with what is made of
// it.
var bad = map[string]struct {
	answer func(w http.ResponseWriter, in asked)
	code   string
}{
	"500": {func(w http.ResponseWriter, _ asked) { say(w, 500, `{"error":"Cannot translate text: Hej"}`) }, machine.Failed},
	"502 of a proxy": {func(w http.ResponseWriter, _ asked) {
		w.WriteHeader(502)
		_, _ = io.WriteString(w, "<html>Bad gateway")
	}, machine.Failed},
	"400": {func(w http.ResponseWriter, _ asked) {
		say(w, 400, `{"error":"Invalid request: request (9) exceeds text limit (5)"}`)
	}, machine.Refused},
	"403": {func(w http.ResponseWriter, _ asked) { say(w, 403, `{"error":"Invalid API key"}`) }, machine.Denied},
	"404": {func(w http.ResponseWriter, _ asked) { w.WriteHeader(404) }, machine.Garbage},
	"redirect": {func(w http.ResponseWriter, _ asked) {
		w.Header().Set("Location", "https://elsewhere.example/")
		w.WriteHeader(307)
	}, machine.Garbage},
	"429": {func(w http.ResponseWriter, _ asked) { say(w, 429, `{"error":"Slowdown: 80 per minute"}`) }, machine.Busy},
	"HTML": {func(w http.ResponseWriter, _ asked) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<html>Welcome")
	}, machine.Garbage},
	"HTML as JSON":      {func(w http.ResponseWriter, _ asked) { say(w, 200, "<html>Welcome") }, machine.Garbage},
	"half of the JSON":  {func(w http.ResponseWriter, _ asked) { say(w, 200, `{"translatedText":["Hi"`) }, machine.Garbage},
	"another shape":     {func(w http.ResponseWriter, _ asked) { say(w, 200, `{"translatedText":{"0":"Hi"}}`) }, machine.Garbage},
	"one text, no list": {func(w http.ResponseWriter, _ asked) { say(w, 200, `{"translatedText":"Hi"}`) }, machine.Garbage},
	"nothing":           {func(w http.ResponseWriter, _ asked) { say(w, 200, `{}`) }, machine.Garbage},
	"no body":           {func(w http.ResponseWriter, _ asked) { say(w, 200, ``) }, machine.Garbage},
	"fewer":             {func(w http.ResponseWriter, in asked) { give(w, in.Q[1:]) }, machine.Garbage},
	"more":              {func(w http.ResponseWriter, in asked) { give(w, append(in.Q, in.Q[0])) }, machine.Garbage},
	"one twice":         {func(w http.ResponseWriter, in asked) { give(w, []string{in.Q[0], in.Q[0]}) }, machine.Garbage},
	"one of its own":    {func(w http.ResponseWriter, in asked) { give(w, []string{in.Q[0], `<p id="s7">Hi</p>`}) }, machine.Garbage},
	"no paragraphs":     {func(w http.ResponseWriter, _ asked) { give(w, []string{"Hi", "Bye"}) }, machine.Garbage},
	"10 MB":             {func(w http.ResponseWriter, _ asked) { give(w, []string{strings.Repeat("a", 10<<20), ""}) }, machine.Garbage},
	"long headers": {func(w http.ResponseWriter, _ asked) {
		w.Header().Set("X-Long", strings.Repeat("a", 100<<10))
		say(w, 200, "{}")
	}, machine.Failed},
	"hangs up": {func(http.ResponseWriter, asked) { panic(http.ErrAbortHandler) }, machine.Failed},
	"hangs up midway": {func(w http.ResponseWriter, _ asked) {
		w.Header().Set("Content-Length", "100")
		say(w, 200, `{"translatedText":`)
	}, machine.Failed},
}

func TestWhatAnEngineMayAnswer(t *testing.T) {
	for name, c := range bad {
		l := &libre{translate: c.answer}
		texts, err := l.open(t, "").Translate(t.Context(), "sv", "en", []string{"Hej", "Hej då"})
		var fault *machine.Fault
		if !errors.As(err, &fault) || fault.Code != c.code || texts != nil {
			t.Errorf("%s: %v, %q", name, err, texts)
			continue
		}
		if strings.Contains(fault.Error(), "Hej") || strings.Contains(fault.Error(), "127.0.0.1") {
			t.Errorf("%s: the log would say %s", name, fault)
		}
	}
}

func TestAnotherOrderIsKnown(t *testing.T) {
	l := &libre{translate: func(w http.ResponseWriter, in asked) {
		slices.Reverse(in.Q)
		give(w, in.Q)
	}}
	texts, err := l.open(t, "").Translate(t.Context(), "sv", "en", []string{"ett", "två", "tre"})
	if err != nil || !slices.Equal(texts, []string{"ett", "två", "tre"}) {
		t.Errorf("%q, %v", texts, err)
	}
}

func TestABusyEngineSaysWhenToComeAgain(t *testing.T) {
	for header, want := range map[string]time.Duration{
		"90": 90 * time.Second, "": 0, "-5": 0, "soon": 0, "99999999": 0, "Fri, 31 Dec 2027 23:59:59 GMT": 0,
	} {
		for _, status := range []int{429, 503} {
			l := &libre{translate: func(w http.ResponseWriter, _ asked) {
				if header != "" {
					w.Header().Set("Retry-After", header)
				}
				say(w, status, `{}`)
			}}
			_, err := l.open(t, "").Translate(t.Context(), "sv", "en", []string{"Hej"})
			var fault *machine.Fault
			busy := header != "" || status == 429
			if !errors.As(err, &fault) || (fault.Code == machine.Busy) != busy || fault.Wait != want {
				t.Errorf("%d %q: %v", status, header, err)
			}
		}
	}
}

func TestAnEngineThatIsAwayOrTakesTooLong(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	e, err := machine.Open("libretranslate="+gone.URL, false)
	if err != nil {
		t.Fatal(err)
	}
	gone.Close()
	var fault *machine.Fault
	if _, err := e.Pairs(t.Context()); !errors.As(err, &fault) || fault.Code != machine.Down {
		t.Errorf("nobody there: %v", err)
	}
	release := make(chan struct{})
	l := &libre{translate: func(http.ResponseWriter, asked) { <-release }}
	e = l.open(t, "")
	t.Cleanup(func() { close(release) })
	ctx, done := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer done()
	if _, err := e.Translate(ctx, "sv", "en", []string{"Hej"}); !errors.As(err, &fault) || fault.Code != machine.Slow {
		t.Errorf("too slow: %v", err)
	}
}
