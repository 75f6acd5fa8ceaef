package rules_test

import (
	"folje/internal/text"
	"folje/internal/translation"
)

// phrases makes two questions of the bank, which all staff read; the second was
// added by the editor of A.
func (w *world) phrases() {
	for _, name := range []string{"phrase", "other phrase"} {
		r := w.save("phrases", map[string]any{
			"kind": "question", "topic": w.text(kPhrase, neither), "text": w.text(kPhrase, neither), "from": "bank", "ageTo": 5,
		})
		w.ids[name] = r.Id
		w.ids["text of "+name] = text.SegmentID("sv", r.GetString("text"))
	}
	if err := translation.Put(w.app, w.ids["text of phrase"], "ar", w.text(kPhrase, neither), translation.Machine); err != nil {
		w.Fatal(err)
	}
}

func (w *world) phraseTargets() fixture {
	return fixture{[]target{{
		view: w.ids["phrase"], change: w.ids["other phrase"], update: body{"text": "new"},
		create: body{"kind": "phrase", "text": "new one", "from": "bank"},
	}}}
}

// phraseRows are the requests of those who use and translate the bank.
func (w *world) phraseRows() (rows []row) {
	const at = "staff/phrases/{id}"
	phrase := "staff/phrases/" + w.ids["phrase"]
	segment := phrase + "/places/ar/" + w.ids["text of phrase"]
	return []row{
		ask("GET", "staff/phrases/used", "", "staff/phrases/used", nil),
		ask("GET", at+"/readiness", "", phrase+"/readiness", nil),
		ask("GET", at+"/places/{locale}", "", phrase+"/places/ar", nil),
		ask("GET", at+"/suggestions/{locale}", "", phrase+"/suggestions/ar", nil).few(),
		ask("PUT", at+"/places/{locale}/{segment}", "", "staff/phrases/"+w.ids["other phrase"]+"/places/ar/"+w.ids["text of other phrase"],
			body{"text": "new", "base": ""}),
		ask("POST", at+"/places/{locale}/{segment}/confirm", "", segment+"/confirm", body{}),
		ask("POST", at+"/claims/{locale}", "", phrase+"/claims/ar", body{}),
		ask("DELETE", at+"/claims/{locale}", "", phrase+"/claims/ar", nil),
	}
}
