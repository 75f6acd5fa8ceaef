package rules_test

import (
	"folje/internal/text"
	"folje/internal/translation"
)

// words makes two school words, which are everybody's, one of them translated.
func (w *world) words() {
	for _, name := range []string{"word", "other word"} {
		r := w.save("glossary", map[string]any{
			"term": w.text(kWord, neither), "explanation": w.text(kWord, neither), "forms": []string{w.text(kWord, neither)},
		})
		w.ids[name] = r.Id
		w.ids["term of "+name] = text.SegmentID("sv", r.GetString("term"))
	}
	if err := translation.Put(w.app, w.ids["term of word"], "ar", w.text(kWord, neither), translation.Machine); err != nil {
		w.Fatal(err)
	}
}

func (w *world) wordTargets() fixture {
	return fixture{[]target{{
		view: w.ids["word"], change: w.ids["other word"], update: body{"term": "new", "explanation": "new"},
		create: body{"term": "new", "explanation": "new", "forms": []string{"news"}},
	}}}
}

// wordRows are the requests of translators of school words.
func (w *world) wordRows() (rows []row) {
	const at = "staff/glossary/{id}"
	word := "staff/glossary/" + w.ids["word"]
	segment := word + "/places/ar/" + w.ids["term of word"]
	return []row{
		ask("GET", at+"/readiness", "", word+"/readiness", nil),
		ask("GET", at+"/places/{locale}", "", word+"/places/ar", nil),
		ask("PUT", at+"/places/{locale}/{segment}", "from an old base", segment, body{"text": "new", "base": "old"}).refused("it is a conflict"),
		ask("PUT", at+"/places/{locale}/{segment}", "", "staff/glossary/"+w.ids["other word"]+"/places/ar/"+w.ids["term of other word"],
			body{"text": "new", "base": ""}),
		ask("POST", at+"/places/{locale}/{segment}/confirm", "", segment+"/confirm", body{}),
		ask("POST", at+"/claims/{locale}", "", word+"/claims/ar", body{}),
		ask("DELETE", at+"/claims/{locale}", "", word+"/claims/ar", nil),
	}
}
