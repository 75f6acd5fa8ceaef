package phone_test

import (
	"testing"
)

// What her language lacks is read in plain Swedish where somebody has written
// it so, marked as both, with the original a tap away.
func TestPlainSwedishComesBeforeSwedish(t *testing.T) {
	s := newServer(t, "a")
	s.says("GET feeds/a", feed("e1", "c1", []any{letter("l1", 1, 2)}, nil, object{"1": "Rubrik", "2": "Vårdnadshavare erbjuds delta."}))
	s.says("GET feeds/a/texts/ar", feed("e1", "c1", nil, nil, object{"1": []string{"عنوان", "reviewed"}}))
	s.says("GET feeds/a/texts/sv-simple", feed("e1", "c1", nil, nil, object{"1": []string{"Titel", "reviewed"}, "2": []string{"Ni får komma.", "reviewed"}}))
	p := s.phone(t, "ar")
	expect(t, "the translated title", p.titles(), "[عنوان (reviewed)]")
	expect(t, "the sentence without a translation", p.reads("l1"), "Ni får komma.")
	p.Navigate(s.URL + "/letters/l1")
	p.WaitFor("[lang=sv-simple].sentence | Ni får komma.")
	p.WaitFor("[data-state=missing]")
	p.WaitFor("[data-state=plain]")
	p.Click("[lang=sv-simple].sentence")
	p.WaitFor(".original | Vårdnadshavare erbjuds delta.")
}

// A school word in an original is explained in the reader's language when it
// is tapped, and in the list of them.
func TestASchoolWordIsExplained(t *testing.T) {
	s := newServer(t, "a")
	s.says("GET feeds/public", feed("e1", "c1", []any{object{
		"kind": "word", "id": "w1", "title": []int{1}, "forms": []string{"fritids", "fritidset"},
		"blocks": []any{object{"kind": "paragraph", "segments": []int{2}}},
	}}, nil, object{"1": "fritids", "2": "Där är barnen efter skolan."}))
	s.says("GET feeds/public/texts/ar", feed("e1", "c1", nil, nil, object{"1": []string{"نادي ما بعد المدرسة", "machine"}, "2": []string{"يبقى فيه الأطفال بعد المدرسة.", "machine"}}))
	s.says("GET feeds/a", feed("e1", "c1", []any{letter("l1", 1, 2)}, nil, object{"1": "Rubrik", "2": "Fritidset är stängt."}))
	s.says("GET feeds/a/texts/ar", feed("e1", "c1", nil, nil, object{"1": []string{"عنوان", "reviewed"}, "2": []string{"النادي مغلق.", "reviewed"}}))
	p := s.phone(t, "ar")
	p.Navigate(s.URL + "/letters/l1")
	p.Click(".letter-text .sentence")
	p.Click(".original button.word | Fritidset")
	p.WaitFor("[data-explained=w1] | يبقى فيه الأطفال بعد المدرسة.")
	p.WaitFor("[data-explained=w1] [data-state=machine]")
	p.Click(".original button.word")
	p.WaitUntil("!document.querySelector('[data-explained]')")
	p.Navigate(s.URL + "/more")
	p.Click("a[href='/more/words']")
	p.WaitFor("[data-words] [data-explained=w1] | نادي ما بعد المدرسة")
}
