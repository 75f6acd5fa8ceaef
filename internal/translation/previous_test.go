package translation_test

import (
	"fmt"
	"testing"

	"github.com/pocketbase/dbx"
)

// before is "source/text" of what stood in the place, "-" for nothing.
func before(at map[string]any) string {
	previous, ok := at["previous"].(map[string]any)
	if !ok {
		return "-"
	}
	text, _ := previous["text"].(string)
	return previous["source"].(string) + "/" + text
}

func TestACorrectedSentenceShowsWhatStoodThere(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Sömn", "Hej alla.", nine, calm)
	for source, wording := range map[string]string{"Hej alla.": "Hello.", nine: "See you at 9:30.", calm: "A calm moment."} {
		p.translate(p.tara, l, "en", source, wording)
	}
	p.rewrite(l, "Hej alla.", "Vi ses kl. 10.15.", calm)
	for source, want := range map[string]string{
		"Vi ses kl. 10.15.": nine + "/See you at 9:30.", "Hej alla.": "-", calm: "-", "Sömn": "-",
	} {
		if got := before(p.place(p.tara, l, "en", source)); got != want {
			t.Errorf("%s: %q, want %q", source, got, want)
		}
	}
	if got := before(p.place(p.tara, l, "ar", "Vi ses kl. 10.15.")); got != nine+"/" {
		t.Errorf("in a language it was not translated to: %q", got)
	}
	if got := p.place(p.tara, l, "sv", "Vi ses kl. 10.15.")["previous"]; got != nil {
		t.Errorf("the source: %v", got)
	}
}

func TestNeighboursThatChangeTogetherKeepTheirOrder(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Sömn", "Först.", "Ett.", "Två.", "Sist.")
	for source, wording := range map[string]string{"Ett.": "One.", "Två.": "Two."} {
		p.translate(p.tara, l, "en", source, wording)
	}
	p.rewrite(l, "Först.", "Fyra.", "Fem.", "Sist.")
	if a, b := before(p.place(p.tara, l, "en", "Fyra.")), before(p.place(p.tara, l, "en", "Fem.")); a != "Ett./One." || b != "Två./Two." {
		t.Errorf("%q and %q", a, b)
	}
}

func TestWhatWasOnlyTypedOnTheWayIsForgotten(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Sömn", "Hej alla.", nine, calm)
	p.translate(p.tara, l, "en", nine, "See you at 9:30.")
	for _, typed := range []string{"Vi ses kl. 1.", "Vi ses kl. 10.", "Vi ses kl. 10.15."} {
		p.rewrite(l, "Hej alla.", typed, calm)
	}
	if got := before(p.place(p.tara, l, "en", "Vi ses kl. 10.15.")); got != nine+"/See you at 9:30." {
		t.Errorf("%q", got)
	}
	if n, _ := p.app.CountRecords("segments", dbx.In("text", "Vi ses kl. 1.", "Vi ses kl. 10.")); n != 0 {
		t.Errorf("%d half-typed sentences are kept", n)
	}
	p.rewrite(l, "Hej alla.", nine, calm)
	if got := before(p.place(p.tara, l, "en", nine)); got != "-" {
		t.Errorf("put back: %q", got)
	}
}

// What a place keeps of a sentence before goes with that sentence.
func TestAnErasedSentenceLeavesNoTrace(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Sömn", "Hej alla.", nine, calm)
	p.translate(p.tara, l, "en", nine, "See you at 9:30.")
	p.rewrite(l, "Hej alla.", "Vi ses kl. 10.15.", calm)
	old, err := p.app.FindFirstRecordByData("segments", "text", nine)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.app.Delete(old); err != nil {
		t.Fatal(err)
	}
	if got := before(p.place(p.tara, l, "en", "Vi ses kl. 10.15.")); got != "-" {
		t.Errorf("%q", got)
	}
	for collection, field := range map[string]string{"segment_uses": "previous", "translation_history": "segment", "translations": "segment"} {
		if n, err := p.app.CountRecords(collection, dbx.HashExp{field: old.Id}); n != 0 || err != nil {
			t.Errorf("%s: %d %v", collection, n, err)
		}
	}
}

func TestAWholeNewTextHasNoPredecessors(t *testing.T) {
	p := newPreschool(t)
	var old, new []string
	for i := range 45 {
		old = append(old, fmt.Sprintf("Gammal%d.", i))
		new = append(new, fmt.Sprintf("Ny%d.", i))
	}
	l := p.write("Sömn", old...)
	p.translate(p.tara, l, "en", old[3], "Old.")
	p.rewrite(l, new...)
	if got := before(p.place(p.tara, l, "en", new[3])); got != "-" {
		t.Errorf("%q", got)
	}
}
