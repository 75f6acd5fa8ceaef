package rules_test

import (
	"strings"

	"folje/internal/locale"
)

// The messages that the matrix's locales have: one that was edited in Arabic,
// with a draft begun, and one that Arabic lacks.
const (
	editedMessage  = "nav.more"
	missingMessage = "nav.back"
)

// keptMessage reports whether the matrix's locales have the message.
func keptMessage(tag, id string) bool {
	return strings.HasPrefix(id, "locale.") || id == editedMessage || id == missingMessage && tag != "ar"
}

// messages makes the edited message, and one that no program has any more.
func (w *world) messages() {
	source, err := w.locales.Catalog(locale.Source)
	if err != nil {
		w.Fatal(err)
	}
	w.ids["edited message"] = w.save("locale_messages", map[string]any{
		"locale": "ar", "key": editedMessage, "form": "other", "text": w.text(kMessage, neither), "draft": w.text(kUnfinished, neither),
		"given": true, "status": "reviewed", "source": locale.SourceHash(source.Messages[editedMessage].Forms),
	}).Id
	w.ids["former message"] = w.save("locale_messages", map[string]any{
		"locale": w.text(kMessage, neither), "key": w.text(kMessage, neither), "form": w.text(kMessage, neither),
		"source": w.text(kMessage, neither), "status": "draft",
	}).Id
}

func (w *world) messageTargets() fixture {
	return fixture{[]target{{
		view: w.ids["edited message"], change: w.ids["former message"], update: body{"draft": "new"},
		create: body{"locale": "ar", "key": missingMessage, "form": "other", "text": "new", "status": "reviewed"},
	}}}
}

// messageRows are the requests of translators of the app's own messages.
func (w *world) messageRows() []row {
	const at = "staff/messages/{audience}/places/{locale}"
	arabic := "staff/messages/parent/places/ar"
	return []row{
		ask("GET", at, "", arabic, nil),
		ask("GET", at, "another's locale", "staff/messages/parent/places/uk", nil),
		ask("GET", at, "the source", "staff/messages/parent/places/sv", nil).refused("the source is the operator's file"),
		ask("GET", at, "an audience there is not", "staff/messages/everybody/places/ar", nil).refused("there is no such audience"),
		ask("PUT", at+"/{key}", "", arabic+"/"+missingMessage, body{"text": "new", "base": ""}),
		ask("PUT", at+"/{key}", "a draft", arabic+"/"+missingMessage, body{"text": "new", "base": "", "draft": true}),
		ask("PUT", at+"/{key}", "another's locale", "staff/messages/parent/places/uk/"+missingMessage, body{"text": "new", "base": "wrong"}).
			refused("it is a conflict"),
		ask("PUT", at+"/{key}", "from an old base", arabic+"/"+editedMessage, body{"text": "new", "base": ""}).refused("it is a conflict"),
		ask("PUT", at+"/{key}", "another audience's", "staff/messages/staff/places/ar/"+missingMessage, body{"text": "new", "base": ""}).
			refused("it is parents'"),
		ask("POST", at+"/{key}/confirm", "", arabic+"/"+editedMessage+"/confirm", body{}),
		ask("POST", "staff/messages/{audience}/claims/{locale}", "", "staff/messages/parent/claims/ar", body{}),
		ask("DELETE", "staff/messages/{audience}/claims/{locale}", "", "staff/messages/parent/claims/ar", nil),
	}
}
