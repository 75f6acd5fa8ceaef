package letter_test

import (
	"net/http"
	"strconv"
	"testing"
)

const sentence = "En lugn stund före läggdags."

func itoa(n float64) string { return strconv.Itoa(int(n)) }

// number is what stands for the letter's list item on the wire.
func (p *preschool) number(scope string) string {
	p.Helper()
	block := letters(p.feed(scope, ""))[0]["blocks"].([]any)[1].(map[string]any)
	return itoa(block["segments"].([]any)[0].(float64))
}

func TestTranslationReachesThePhonesThatReadIt(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	if a := p.translate(id, "ar", sentence, "لحظة هادئة قبل النوم.", nil); a.Status != http.StatusOK || a.JSON["state"] != "reviewed" {
		t.Fatalf("before publishing: %d %s", a.Status, a.Body)
	}
	p.publish(id, base)
	n := p.number(p.blue.Id)
	text := p.texts(p.blue.Id, "ar", "").Get("texts", n)
	if got := text.([]any); got[0] != "لحظة هادئة قبل النوم." || got[1] != "reviewed" {
		t.Errorf("text %s: %v", n, got)
	}
	cursor := p.texts(p.blue.Id, "en", "").JSON["cursor"].(string)
	p.translate(id, "en", sentence, "A calm moment before bedtime.", nil)
	delta := p.texts(p.blue.Id, "en", cursor).JSON["texts"].(map[string]any)
	if len(delta) != 1 || delta[n] == nil {
		t.Errorf("delta: %v", delta)
	}
	if other := p.texts(p.pine.Id, "en", "").JSON["texts"].(map[string]any); len(other) != 0 {
		t.Errorf("another group's phones got %v", other)
	}
}

func TestChangedSentenceMakesOnlyItselfUntranslated(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	for _, source := range []string{sentence, "Tack för att ni kom."} {
		p.translate(id, "en", source, "In English.", nil)
	}
	p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, p.draft(func(b map[string]any) {
		b["base"] = base
		b["blocks"].([]map[string]any)[0]["text"] = "Tack för att ni kom. Vi ses kl. 10.00 nästa gång."
	}))
	for source, want := range map[string]string{
		sentence: "reviewed", "Tack för att ni kom.": "reviewed", "Vi ses kl. 10.00 nästa gång.": "missing",
	} {
		if got := p.place(id, "en", source)["state"]; got != want {
			t.Errorf("%q is %v, want %s", source, got, want)
		}
	}
}

func TestSentenceUsedAgainIsTranslatedAlready(t *testing.T) {
	p := open(t)
	first, _ := p.write(nil)
	p.translate(first, "en", sentence, "A calm moment before bedtime.", nil)
	second, _ := p.write(func(b map[string]any) { b["title"] = "Ett annat brev" })
	at := p.place(second, "en", sentence)
	if at["state"] != "reused" || at["text"] != "A calm moment before bedtime." {
		t.Fatalf("in the second letter: %v", at)
	}
	a := p.ask(p.tara, http.MethodPost, staffPath+second+"/places/en/"+at["segment"].(string)+"/confirm", map[string]any{})
	if a.Status != http.StatusOK || a.JSON["state"] != "reviewed" {
		t.Fatalf("confirm: %d %s", a.Status, a.Body)
	}
	p.translate(first, "en", sentence, "A quiet moment before bedtime.", nil)
	if at := p.place(second, "en", sentence); at["state"] != "reused" {
		t.Errorf("the wording changed, and the second letter still says %v", at["state"])
	}
}

func TestWordingForOnePlaceStaysThere(t *testing.T) {
	p := open(t)
	first, base := p.write(nil)
	second, base2 := p.write(func(b map[string]any) {
		b["blocks"].([]map[string]any)[0]["text"] = "Ett helt annat stycke."
	})
	p.publish(first, base)
	p.publish(second, base2)
	p.translate(first, "en", sentence, "A calm moment before bedtime.", nil)
	if a := p.translate(second, "en", sentence, "Calm first.", map[string]any{"context": "here"}); a.Status != http.StatusOK || a.JSON["only"] != true {
		t.Fatalf("only here: %d %s", a.Status, a.Body)
	}
	if got := p.place(first, "en", sentence)["text"]; got != "A calm moment before bedtime." {
		t.Errorf("the other letter says %v", got)
	}
	texts := p.texts(p.blue.Id, "en", "").JSON["texts"].(map[string]any)
	read := map[string]string{}
	for _, l := range letters(p.feed(p.blue.Id, "")) {
		block := l["blocks"].([]any)[1].(map[string]any)
		n := itoa(block["segments"].([]any)[0].(float64))
		read[l["id"].(string)] = texts[n].([]any)[0].(string)
	}
	if read[first] != "A calm moment before bedtime." || read[second] != "Calm first." {
		t.Errorf("phones read %v", read)
	}
	p.translate(second, "en", sentence, "A calm moment before bedtime.", nil)
	if at := p.place(second, "en", sentence); at["only"] != false {
		t.Errorf("back to the reusable wording: %v", at)
	}
}

func TestUnfinishedTypingStaysAway(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	p.publish(id, base)
	p.translate(id, "en", sentence, "A calm moment.", nil)
	a := p.translate(id, "en", sentence, "A calm and qui", map[string]any{"draft": true})
	if a.Status != http.StatusOK || a.JSON["draft"] != "A calm and qui" || a.JSON["text"] != "A calm moment." {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	if got := p.texts(p.blue.Id, "en", "").Get("texts", p.number(p.blue.Id)); got.([]any)[0] != "A calm moment." {
		t.Errorf("phones read %v", got)
	}
}

func TestSecondTranslatorIsTold(t *testing.T) {
	p := open(t)
	id, _ := p.write(nil)
	p.translate(id, "en", sentence, "First.", nil)
	a := p.translate(id, "en", sentence, "Second.", map[string]any{"base": ""})
	if a.Status != http.StatusConflict || a.Get("current", "text") != "First." {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestTranslatorsKeepToTheirLocales(t *testing.T) {
	p := open(t)
	id, _ := p.write(nil)
	segment := p.place(id, "en", sentence)["segment"].(string)
	for tag, want := range map[string]int{"sv-simple": http.StatusForbidden, "sv": http.StatusForbidden, "xx": http.StatusNotFound} {
		a := p.ask(p.tara, http.MethodPut, staffPath+id+"/places/"+tag+"/"+segment, map[string]any{"text": "x", "base": ""})
		if a.Status != want {
			t.Errorf("%s: %d, want %d", tag, a.Status, want)
		}
	}
	if a := p.ask(p.anna, http.MethodPut, staffPath+id+"/places/en/"+segment, map[string]any{"text": "x", "base": ""}); a.Status != http.StatusNotFound {
		t.Errorf("an editor translates: %d", a.Status)
	}
}

func TestQueueShowsWhatParentsLackFirst(t *testing.T) {
	p := open(t)
	p.write(func(b map[string]any) { b["title"] = "Utkast" })
	id, base := p.write(nil)
	p.publish(id, base)
	a := p.ask(p.tara, http.MethodGet, "/api/folje/v1/staff/queue", nil)
	all := a.Get("tasks").([]any)
	if len(all) != 4 {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	for i, v := range all {
		if task := v.(map[string]any); (task["id"] == id) != (i < 2) || task["missing"] != 5.0 {
			t.Errorf("%d: %v", i, task)
		}
	}
	if a := p.ask(p.anna, http.MethodGet, "/api/folje/v1/staff/queue", nil); a.Status != http.StatusForbidden {
		t.Errorf("an editor's queue: %d", a.Status)
	}
}

func TestWordingForOnePlaceCanBeBegunHereAndFinishedThere(t *testing.T) {
	p := open(t)
	id, _ := p.write(nil)
	p.translate(id, "en", sentence, "A calm moment.", nil)
	p.translate(id, "en", sentence, "Calm fi", map[string]any{"context": "here", "draft": true})
	at := p.place(id, "en", sentence)
	if at["draft"] != "Calm fi" || at["only"] != true || at["text"] != "A calm moment." {
		t.Fatalf("begun: %v", at)
	}
	a := p.translate(id, "en", sentence, "Calm first.", map[string]any{"context": "here"})
	if a.Status != http.StatusOK || a.JSON["text"] != "Calm first." || a.JSON["draft"] != nil {
		t.Errorf("finished: %d %s", a.Status, a.Body)
	}
}
