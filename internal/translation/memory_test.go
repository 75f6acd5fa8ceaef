package translation_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"folje/internal/apptest"
	"folje/internal/glossary"
	"folje/internal/letter"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

const (
	known   = "Kom gärna till förskolan klockan 17.30 på onsdag."
	asked   = "Kom gärna till förskolan klockan 18.00 på torsdag."
	inOther = "Kom gärna till förskolan klockan 19.15 på fredag." // of another unit
)

// suggest gives what who is offered for the letter's sentence in the locale.
func (p *preschool) suggest(who *core.Record, l letter.Letter, tag, sentence string) (suggestions, terms []map[string]any) {
	p.Helper()
	a := p.ask(who, http.MethodGet, "staff/letters/"+l.Id+"/suggestions/"+tag, nil)
	if a.Status != http.StatusOK {
		p.Fatalf("suggestions: %d %s", a.Status, a.Body)
	}
	of := func(name string) (all []map[string]any) {
		found, _ := a.Get(name, text.SegmentID("sv", sentence)).([]any)
		for _, one := range found {
			all = append(all, one.(map[string]any))
		}
		return all
	}
	return of("suggestions"), of("terms")
}

func values(all []map[string]any, name string) (out []string) {
	for _, one := range all {
		out = append(out, one[name].(string))
	}
	return out
}

// abroad writes and translates a letter in the other unit.
func (p *preschool) abroad(sentence, wording string) letter.Letter {
	p.Helper()
	unit := p.elsewhere.GetStringSlice("units")[0]
	group := apptest.MustRecord(p, p.app, "groups", map[string]any{"name": "Ängen", "unit": unit})
	c, err := p.app.FindCollectionByNameOrId("letters")
	if err != nil {
		p.Fatal(err)
	}
	l := letter.Letter{Record: core.NewRecord(c)}
	l.Load(map[string]any{"unit": unit, "groups": []string{group.Id}, "title": "Annat", "blocks": blocks([]string{sentence})})
	l = p.save(l)
	p.ok(p.translate(p.elsewhere, l, "ar", sentence, wording), http.StatusOK, "")
	return l
}

func TestASentenceLikeAnotherIsOffered(t *testing.T) {
	p := newPreschool(t)
	first := p.write("Möte", known, "Vi bjuder på fika.")
	p.ok(p.translate(p.tara, first, "ar", known, "تعالوا 17.30"), http.StatusOK, "")
	p.ok(p.translate(p.tara, first, "ar", "Vi bjuder på fika.", "قهوة"), http.StatusOK, "")
	second := p.write("Igen", asked, "Vi bjuder på fika.", "Alla barn sover middag.")

	got, _ := p.suggest(p.sofi, second, "ar", asked)
	if len(got) != 1 || got[0]["source"] != known || got[0]["text"] != "تعالوا 17.30" || got[0]["state"] != "reviewed" {
		t.Fatalf("she is offered %v", got)
	}
	if score := got[0]["score"].(float64); score < 80 || score > 95 {
		t.Errorf("they are %v %% alike", score)
	}
	var from, to strings.Builder
	for _, piece := range got[0]["diff"].([]any) {
		op, s := piece.([]any)[0].(float64), piece.([]any)[1].(string)
		if op <= 0 {
			from.WriteString(s)
		}
		if op >= 0 {
			to.WriteString(s)
		}
	}
	if from.String() != asked || to.String() != known {
		t.Errorf("the difference leads from %q to %q", from.String(), to.String())
	}
	for _, sentence := range []string{"Vi bjuder på fika.", "Alla barn sover middag."} {
		if got, _ := p.suggest(p.sofi, second, "ar", sentence); got != nil {
			t.Errorf("for %q she is offered %v", sentence, got)
		}
	}
	if got, _ := p.suggest(p.sofi, second, "en", asked); got != nil {
		t.Errorf("in English she is offered %v", got)
	}

	p.ok(p.translate(p.tara, second, "ar", asked, "تعالوا 18.00"), http.StatusOK, "")
	if got, _ := p.suggest(p.sofi, second, "ar", asked); got != nil {
		t.Errorf("what somebody has translated is offered %v", got)
	}
}

// The best come first, three at most.
func TestTheMostAlikeComeFirst(t *testing.T) {
	p := newPreschool(t)
	sentences := []string{
		"Barnen behöver regnkläder och stövlar varje dag i skogen.", "Barnen behöver regnkläder och vantar varje dag i skogen.",
		"Barnen behöver solhatt och vantar varje dag i skogen.", "Barnen behöver regnkläder varje dag.",
		"Barnen behöver sova.",
	}
	l := p.write("Kläder", sentences...)
	for _, s := range sentences[1:] {
		p.ok(p.translate(p.tara, l, "ar", s, "نص "+s[len(s)-9:]), http.StatusOK, "")
	}
	got, _ := p.suggest(p.tara, l, "ar", sentences[0])
	if want := []string{sentences[1], sentences[2], sentences[3]}; !slices.Equal(values(got, "source"), want) {
		t.Errorf("she is offered %q", values(got, "source"))
	}
}

// Another unit's sentences are nobody's but theirs and the administrator's.
func TestAnotherUnitsSentenceIsNeverOffered(t *testing.T) {
	p := newPreschool(t)
	theirs := p.abroad(inOther, "canary 19.15")
	mine := p.write("Möte", asked)
	if got, _ := p.suggest(p.tara, mine, "ar", asked); got != nil {
		t.Errorf("she is offered %v", got)
	}
	if got, _ := p.suggest(p.admin, mine, "ar", asked); !slices.Equal(values(got, "text"), []string{"canary 19.15"}) {
		t.Errorf("the administrator is offered %v", got)
	}
	p.ok(p.ask(p.tara, http.MethodGet, "staff/letters/"+theirs.Id+"/suggestions/ar", nil), http.StatusNotFound, "")

	// Once her own unit has said it too, it is hers.
	own := p.write("Igen", inOther)
	if got, _ := p.suggest(p.tara, mine, "ar", asked); !slices.Equal(values(got, "text"), []string{"canary 19.15"}) {
		t.Errorf("what her unit says as well is not offered: %v", got)
	}
	p.rewrite(own, "Något helt annat.")
	if got, _ := p.suggest(p.tara, mine, "ar", asked); got != nil {
		t.Errorf("when her unit says it no more: %v", got)
	}
}

// A text that is being typed, one that is empty on purpose and one for a single
// place never leave their place.
func TestOnlyFinishedReusableTextsAreOffered(t *testing.T) {
	p := newPreschool(t)
	first := p.write("Möte", known)
	second := p.write("Igen", asked)
	at := p.place(p.tara, first, "ar", known)
	path := "staff/letters/" + first.Id + "/places/ar/" + at["segment"].(string)
	for _, body := range []map[string]any{
		{"text": "typing", "base": "", "draft": true},
		{"text": "here only 17.30", "context": at["context"]},
	} {
		if body["base"] == nil {
			body["base"] = p.place(p.tara, first, "ar", known)["version"]
		}
		p.ok(p.ask(p.tara, http.MethodPut, path, body), http.StatusOK, "")
		if got, _ := p.suggest(p.tara, second, "ar", asked); got != nil {
			t.Errorf("after %v she is offered %v", body, got)
		}
	}
}

// What is as long as a page costs too much to compare, and is no sentence.
func TestALongTextIsNotCompared(t *testing.T) {
	p := newPreschool(t)
	long := strings.Repeat("barnen leker och ", 40)
	before := p.write("Förr", long+"sover.")
	p.ok(p.translate(p.tara, before, "ar", long+"sover.", "نص طويل"), http.StatusOK, "")
	if got, _ := p.suggest(p.tara, p.write("Nu", long+"läser."), "ar", long+"läser."); len(got) != 0 {
		t.Errorf("offered %v", got)
	}
}

func TestWhoIsOfferedNothing(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Möte", known)
	path := "staff/letters/" + l.Id + "/suggestions/"
	p.ok(p.ask(nil, http.MethodGet, path+"ar", nil), http.StatusUnauthorized, "error.sign_in")
	p.ok(p.ask(p.anna, http.MethodGet, path+"ar", nil), http.StatusNotFound, "")
	p.ok(p.ask(p.tara, http.MethodGet, path+"uk", nil), http.StatusForbidden, "")
	p.ok(p.ask(p.tara, http.MethodGet, path+"xx", nil), http.StatusNotFound, "")
	p.ok(p.ask(p.tara, http.MethodGet, path+"sv", nil), http.StatusForbidden, "")
}

func TestSchoolWordsAreFoundByTheirForms(t *testing.T) {
	p := newPreschool(t)
	glossary.Bind(p.app)
	word := func(term, meaning, wording string, forms ...string) {
		apptest.MustRecord(p, p.app, "glossary", map[string]any{"term": term, "explanation": meaning, "forms": glossary.Forms(term, forms)})
		if wording == "" {
			return
		}
		if err := translation.Put(p.app, text.SegmentID("sv", term), "ar", wording, translation.Machine); err != nil {
			t.Fatal(err)
		}
	}
	word("förskola", "Där små barn leker och lär sig.", "روضة", "förskolan", "förskolor")
	word("öppen förskola", "Dit går föräldrar med små barn.", "روضة مفتوحة", "öppna förskolan")
	word("BVC", "Barnavårdscentralen.", "")
	const meaning = "Där barn lär sig."
	for sentence, want := range map[string][]string{
		"FÖRSKOLAN stänger, och alla förskolor med den.": {"förskola"},
		"Den öppna förskolan ligger vid en förskola.":    {"öppen förskola", "förskola"},
		"Ring BVC/förskolan!":                            {"BVC", "förskola"},
		"Förskolegården och förskolan2 är inga.":         nil,
		meaning: nil,
	} {
		l := p.write("Ord", sentence)
		_, terms := p.suggest(p.tara, l, "ar", sentence)
		if !slices.Equal(values(terms, "term"), want) {
			t.Errorf("in %q stand %v", sentence, terms)
		}
		for _, w := range terms {
			text, state, explanation := "روضة", "machine", "Där små barn leker och lär sig."
			switch w["term"] {
			case "öppen förskola":
				text, explanation = "روضة مفتوحة", "Dit går föräldrar med små barn."
			case "BVC":
				text, state, explanation = "", "missing", "Barnavårdscentralen."
			}
			if w["text"] != text || w["state"] != state || w["explanation"] != explanation {
				t.Errorf("%v is offered", w)
			}
		}
	}
	// The glossary is everybody's, so its sentences are offered to everybody.
	if err := translation.Put(p.app, text.SegmentID("sv", "Där små barn leker och lär sig."), "ar", "حيث يلعب", translation.Machine); err != nil {
		t.Fatal(err)
	}
	l := p.write("Ord", "Där små barn leker och lär.")
	if got, _ := p.suggest(p.tara, l, "ar", "Där små barn leker och lär."); !slices.Equal(values(got, "text"), []string{"حيث يلعب"}) || got[0]["state"] != "machine" {
		t.Errorf("of the glossary she is offered %v", got)
	}
}
