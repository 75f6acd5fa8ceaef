package meeting

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// spoken are the languages that the phone offers (public/js/i18n/spoken.js).
const spoken = `am ar az bg bn bs ckb cs da de el en es et fa fa-AF fi fr gu ha he hi hr hu hy id ig it ja ka kk ko ku ky lg ln lt lv
	mk ml mn ne nl om pa pl ps pt rn ro ru rw si sk sl so sq sr sw ta tg th ti tk tl tr ug uk ur uz vi wo yo yue zh`

// alsoCalled are names that CLDR doesn't have.
var alsoCalled = map[string]string{
	"afaan oromoo": "om", "farsi": "fa", "sorani": "ckb", "tigrinska": "ti",
}

// ofSeveral are names by which people mean one of several languages: whoever
// books an interpreter must ask.
var ofSeveral = []string{"kurdiska", "kurdish", "kinesiska", "chinese", "中文", "afghanska"}

// byName gives the tags of the languages by their names in Swedish, in English
// and in themselves, and by the tags, as [foldLanguage] has them. Where two
// have one name it is the first's.
var byName = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	add := func(name, tag string) {
		if name = foldLanguage(name); name != "" && names[name] == "" {
			names[name] = tag
		}
	}
	swedish, english := display.Languages(language.Swedish), display.Languages(language.English)
	for _, tag := range strings.Fields(spoken) {
		parsed := language.MustParse(tag)
		for _, name := range []string{tag, swedish.Name(parsed), english.Name(parsed), display.Self.Name(parsed)} {
			add(name, tag)
		}
	}
	for name, tag := range alsoCalled {
		add(name, tag)
	}
	for _, name := range ofSeveral {
		delete(names, foldLanguage(name))
	}
	return names
})

// tagOf gives the tag of a language that was written by its exact name, ""
// where it is none of those: a guess could send the wrong interpreter.
func tagOf(name string) string { return byName()[foldLanguage(name)] }
