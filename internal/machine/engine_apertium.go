package machine

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// apertium speaks the API of Apertium APy: GET /listPairs, POST /translate with
// one text each, which is HTML unless the request says otherwise. What stands in
// <apertium-notrans> is left alone.
type apertium struct {
	*client
	key string // "" for none
}

func (apertium) Name() string { return "apertium" }

func (a apertium) Pairs(ctx context.Context) ([]Pair, error) {
	var answer struct {
		Data []struct {
			Source string `json:"sourceLanguage"`
			Target string `json:"targetLanguage"`
		} `json:"responseData"`
	}
	if err := a.ask(ctx, http.MethodGet, "listPairs", "", nil, &answer); err != nil {
		return nil, err
	}
	pairs := make([]Pair, len(answer.Data))
	for i, p := range answer.Data {
		pairs[i] = Pair{p.Source, p.Target}
	}
	return pairs, nil
}

func (a apertium) Translate(ctx context.Context, from, to string, texts []string) ([]string, error) {
	out := make([]string, len(texts))
	for i, t := range texts {
		var err error
		if out[i], err = a.one(ctx, from, to, t); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// How the engine is told to leave something alone, and how our fragments are.
const (
	ours     = `<span translate="no" id="`
	oursEnd  = `</span>`
	notTrans = `<apertium-notrans id="`
	notEnd   = `</apertium-notrans>`
)

func (a apertium) one(ctx context.Context, from, to, text string) (string, error) {
	form := url.Values{
		"langpair": {from + "|" + to}, "markUnknown": {"no"},
		"q": {strings.NewReplacer(ours, notTrans, oursEnd, notEnd).Replace(text)},
	}
	if a.key != "" {
		form.Set("key", a.key)
	}
	var answer struct {
		Data struct {
			Text *string `json:"translatedText"`
		} `json:"responseData"`
		Status int `json:"responseStatus"`
	}
	err := a.ask(ctx, http.MethodPost, "translate", "application/x-www-form-urlencoded", strings.NewReader(form.Encode()), &answer)
	if err != nil {
		return "", err
	}
	if answer.Status != http.StatusOK {
		return "", &Fault{Code: Failed, Cause: fmt.Errorf("status %d in the answer", answer.Status)}
	}
	if answer.Data.Text == nil {
		return "", &Fault{Code: Garbage, Cause: errors.New("the answer has no text")}
	}
	return strings.NewReplacer(notTrans, ours, notEnd, oursEnd).Replace(*answer.Data.Text), nil
}
