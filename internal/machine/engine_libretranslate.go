package machine

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"folje/internal/pattern"
)

// libre speaks LibreTranslate's API: GET /languages, POST /translate with
// format html, where an element with translate="no" goes through untouched and
// attributes are kept. Each text is a paragraph with its number as id, so that
// what comes back in another order is known.
type libre struct {
	*client
	key string // "" for none
}

func (libre) Name() string { return "libretranslate" }

// Pairs asks for the languages. Older versions don't say which go into which:
// there each goes into all.
func (l libre) Pairs(ctx context.Context) ([]Pair, error) {
	var all []struct {
		Code    string   `json:"code"`
		Targets []string `json:"targets"`
	}
	if err := l.ask(ctx, http.MethodGet, "languages", "", nil, &all); err != nil {
		return nil, err
	}
	var pairs []Pair
	for _, from := range all {
		targets := from.Targets
		if targets == nil {
			for _, to := range all {
				targets = append(targets, to.Code)
			}
		}
		for _, to := range targets {
			if to != from.Code {
				pairs = append(pairs, Pair{from.Code, to})
			}
		}
	}
	return pairs, nil
}

func (l libre) Translate(ctx context.Context, from, to string, texts []string) ([]string, error) {
	in := struct {
		Q      []string `json:"q"`
		Source string   `json:"source"`
		Target string   `json:"target"`
		Format string   `json:"format"`
		Key    string   `json:"api_key,omitempty"`
	}{make([]string, len(texts)), from, to, "html", l.key}
	for i, t := range texts {
		in.Q[i] = fmt.Sprintf(`<p id="s%d">%s</p>`, i, t)
	}
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(in); err != nil {
		return nil, &Fault{Code: Refused, Cause: fmt.Errorf("encode the request: %w", err)}
	}
	var out struct {
		TranslatedText []string `json:"translatedText"`
	}
	if err := l.ask(ctx, http.MethodPost, "translate", "application/json", &body, &out); err != nil {
		return nil, err
	}
	return numbered(out.TranslatedText, len(texts))
}

var paragraph = pattern.Of(`(?s)^\s*<p\b[^>]*\bid="s(\d+)"[^>]*>(.*)</p>\s*$`)

// numbered takes the paragraphs off and puts the texts into their order. There
// must be n, each once.
func numbered(answers []string, n int) ([]string, error) {
	garbage := func(why string) error { return &Fault{Code: Garbage, Cause: errors.New(why)} }
	if len(answers) != n {
		return nil, garbage(fmt.Sprintf("%d texts were asked for, and %d came", n, len(answers)))
	}
	texts, seen := make([]string, n), make([]bool, n)
	for _, a := range answers {
		m := paragraph.FindStringSubmatch(a)
		if m == nil {
			return nil, garbage("a text came back without its paragraph")
		}
		i := number(m[1])
		if i < 0 || i >= n || seen[i] {
			return nil, garbage("a text came back twice, or one that wasn't asked for")
		}
		texts[i], seen[i] = m[2], true
	}
	return texts, nil
}
