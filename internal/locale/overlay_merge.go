package locale

import (
	"slices"

	"folje/internal/wording"
)

// Stands reports whether a person has found the text right for the source as it
// is now.
func (m Message) Stands(source Message) bool {
	return m.State == Reviewed && m.Hash == SourceHash(source.Forms)
}

// Merge lays edits over a message as the locale's file has it, and reports
// whether one of them is said. The result is as good as its worst form. A
// message that the source lacks, or that would lack a form, is not said.
func Merge(tag string, source, own Message, edits []Edit) (Message, bool) {
	present := SourceHash(source.Forms)
	needed, err := NeededForms(tag, source, own)
	if err != nil || source.ID == "" {
		return own, false
	}
	m := Message{ID: source.ID, State: Reviewed, Comment: own.Comment, Hash: present, Forms: map[string]string{}}
	add := func(form, text, hash string, reviewed bool) {
		m.Forms[form] = text
		if !reviewed {
			m.State = Machine
		}
		if hash != present {
			m.Hash = hash
		}
	}
	won := false
	for _, form := range needed {
		i := slices.IndexFunc(edits, func(e Edit) bool { return e.Form == form })
		switch {
		case i >= 0 && edits[i].Wins(tag, source, own):
			add(form, edits[i].Text, edits[i].Source, edits[i].Reviewed)
			won = true
		case own.Forms[form] == "":
			return own, false
		default:
			add(form, own.Forms[form], own.Hash, own.State == Reviewed)
		}
	}
	return m, won
}

// Wins reports whether the edit is said rather than the file's text: it was made
// from the present source, or is no older than the file's and still has the
// source's placeholders, without which the app would say nonsense.
func (e Edit) Wins(tag string, source, own Message) bool {
	present := SourceHash(source.Forms)
	if e.Source == present || own.Hash == present {
		return e.Source == present
	}
	return !slices.ContainsFunc(CheckText(tag, source, e.Form, e.Text), func(f Fault) bool { return f.Code == wording.Placeholder })
}

// NeededForms are the plural forms that a message needs in a locale: all of its
// forms where the message counts, otherwise "other".
func NeededForms(tag string, source, own Message) ([]string, error) {
	if source.Counts() || own.Counts() {
		return Forms(tag)
	}
	return []string{"other"}, nil
}
