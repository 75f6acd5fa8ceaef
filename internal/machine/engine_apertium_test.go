package machine_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"folje/internal/machine"
)

// apy answers as Apertium APy does.
func apy(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/listPairs":
		say(w, 200, `{"responseData": [{"sourceLanguage": "swe", "targetLanguage": "nob"}, {"sourceLanguage": "nob", "targetLanguage": "swe"}], "responseDetails": null, "responseStatus": 200}`)
	case "/translate":
		if r.FormValue("langpair") != "swe|nob" || r.FormValue("markUnknown") != "no" || r.Method != http.MethodPost {
			say(w, 400, `{"status": "error", "code": 400, "message": "Bad Request", "explanation": "That pair is not installed"}`)
			return
		}
		raw, _ := json.Marshal(map[string]any{"responseData": map[string]any{"translatedText": r.FormValue("q") + r.FormValue("key")}, "responseDetails": nil, "responseStatus": 200})
		say(w, 200, string(raw))
	default:
		w.WriteHeader(404)
	}
}

func TestApertiumIsAskedAsItsSourceSays(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(apy))
	defer s.Close()
	file := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(file, []byte("k-1"), 0o600); err != nil {
		t.Fatal(err)
	}
	e, err := machine.Open("apertium="+s.URL+","+file, false)
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := e.Pairs(t.Context())
	if err != nil || !slices.Equal(pairs, []machine.Pair{{From: "swe", To: "nob"}, {From: "nob", To: "swe"}}) {
		t.Errorf("%v, %v", pairs, err)
	}
	text := `Kom till <span translate="no" id="k0">Tallen</span>.`
	texts, err := e.Translate(t.Context(), "swe", "nob", []string{text, "Hej"})
	if err != nil || !slices.Equal(texts, []string{text + "k-1", "Hejk-1"}) {
		t.Errorf("%q, %v", texts, err)
	}
	var fault *machine.Fault
	if _, err := e.Translate(t.Context(), "swe", "eng", []string{"Hej"}); !errors.As(err, &fault) || fault.Code != machine.Refused {
		t.Errorf("a pair that it hasn't: %v", err)
	}
}

func TestWhatApertiumMayAnswer(t *testing.T) {
	for body, code := range map[string]string{
		`{"responseData": {"translatedText": "Hei"}, "responseStatus": 500}`: machine.Failed,
		`{"responseData": {}, "responseStatus": 200}`:                        machine.Garbage,
		`{"responseData": {"translatedText": 5}, "responseStatus": 200}`:     machine.Garbage,
		`callback({})`: machine.Garbage,
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { say(w, 200, body) }))
		e, err := machine.Open("apertium="+s.URL, false)
		if err != nil {
			t.Fatal(err)
		}
		var fault *machine.Fault
		if _, err := e.Translate(t.Context(), "swe", "nob", []string{"Hej"}); !errors.As(err, &fault) || fault.Code != code {
			t.Errorf("%s: %v", body, err)
		}
		s.Close()
	}
}
