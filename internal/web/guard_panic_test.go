package web

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

type english struct{}

func (english) Negotiate(string) string { return "en" }

func (english) Text(_, id string, _ map[string]any) string { return "Text of " + id }

// guarded serves h on loopback until logged is called, which gives what was
// logged meanwhile.
func guarded(t *testing.T, h http.HandlerFunc) (url string, logged func() string) {
	t.Helper()
	log := &bytes.Buffer{}
	mux := http.NewServeMux()
	mux.Handle("/secrets/{name}", h)
	g := &guard{next: mux, refuse: refuser{english{}}, headers: publicHeaders(true), log: slog.New(slog.NewTextHandler(log, nil))}
	server := httptest.NewServer(g)
	t.Cleanup(server.Close)
	logged = func() string {
		server.Close()
		return log.String()
	}
	return server.URL + "/secrets/fatima?code=ABCDE", logged
}

func TestAPanicIsLoggedWithoutWhatTheCallerSent(t *testing.T) {
	for name, panics := range map[string]func(){
		"text":    func() { panic("letter of Fatima") },
		"error":   func() { panic(errors.New("letter of Fatima")) },
		"runtime": func() { _ = []int{}[len(name(t))] },
	} {
		t.Run(name, func(t *testing.T) {
			url, logged := guarded(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Encoding", "br")
				panics()
			})
			res, err := http.Get(url)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			body, _ := io.ReadAll(res.Body)
			if res.StatusCode != 500 || string(body) != `{"code":"error.internal","message":"Text of error.internal"}` {
				t.Errorf("%d %s", res.StatusCode, body)
			}
			if res.Header.Get("Content-Encoding") != "" || res.Header.Get("Content-Security-Policy") == "" {
				t.Errorf("%v", res.Header)
			}
			said := logged()
			if !strings.Contains(said, "/secrets/{name}") || !strings.Contains(said, "guard_panic_test.go") {
				t.Errorf("the log doesn't help: %s", said)
			}
			for _, secret := range []string{"fatima", "Fatima", "ABCDE", "127.0.0.1"} {
				if strings.Contains(said, secret) {
					t.Errorf("the log says %s: %s", secret, said)
				}
			}
		})
	}
}

func name(t *testing.T) string { return t.Name() }

func TestAPanicInTheMiddleOfAnAnswerBreaksTheConnection(t *testing.T) {
	url, logged := guarded(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "half")
		_ = http.NewResponseController(w).Flush()
		panic("late")
	})
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if body, err := io.ReadAll(res.Body); err == nil {
		t.Errorf("half an answer looked whole: %s", body)
	}
	if logged() == "" {
		t.Error("nothing was logged")
	}
}

func TestAnAbortedAnswerIsNoPanic(t *testing.T) {
	url, logged := guarded(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	if res, err := http.Get(url); err == nil {
		_ = res.Body.Close()
		t.Errorf("%d", res.StatusCode)
	}
	if said := logged(); said != "" {
		t.Error(said)
	}
}

// net/http removes the files of an upload from the request it knows, which is
// not the one that the handler gets.
func TestAnUploadLeavesNoFilesBehind(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	left := func() []os.DirEntry {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		return entries
	}
	url, _ := guarded(t, func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseMultipartForm(0); err != nil || len(left()) == 0 {
			t.Errorf("%v, %d files during the upload", err, len(left()))
		}
	})
	var form bytes.Buffer
	upload := multipart.NewWriter(&form)
	part, _ := upload.CreateFormFile("file", "backup.zip")
	_, _ = part.Write(make([]byte, 11<<20)) // net/http keeps 10 MB in memory whatever it is told
	_ = upload.Close()
	res, err := http.Post(url, upload.FormDataContentType(), &form)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if n := len(left()); n != 0 {
		t.Errorf("%d files are left", n)
	}
}

func TestEarlyHintsAreNotTheAnswer(t *testing.T) {
	url, _ := guarded(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Link", "</a>; rel=preload")
		w.WriteHeader(http.StatusEarlyHints)
		w.WriteHeader(http.StatusTeapot)
		w.WriteHeader(http.StatusOK)
	})
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusTeapot {
		t.Errorf("%d", res.StatusCode)
	}
}
