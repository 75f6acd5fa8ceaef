package web

import (
	"bytes"
	"sync"
)

// Look is how some of the files in public are painted here, by path; every page
// goes by "/index.html". Paint gives the same for the same content as long as
// Wording, which is nil for no paint at all, is the same.
type Look struct {
	Wording []byte
	Paint   map[string]func(content []byte) []byte
}

// asLook is what a look counts as among the wordings; no path is like it.
const asLook = "look"

// paint gives the version the look it is to have. What looks as in the version
// before, nil for none, is taken from there.
func (from *source) paint(v, was *version) {
	if v.look.Wording != nil {
		v.wordings[asLook] = v.look.Wording
	}
	if was != nil && bytes.Equal(was.look.Wording, v.look.Wording) {
		v.look, v.pages = was.look, was.pages
		return
	}
	if was != nil {
		for name := range was.look.Paint {
			if f := from.public[name]; f != nil {
				v.files[name] = f
			}
		}
	}
	for name, with := range v.look.Paint {
		if f := from.public[name]; f != nil {
			v.files[name] = makeFile(name, func() []byte { return with(f.content().bytes()) })
		}
	}
	v.pages = sync.OnceValue(func() []page { return from.pages(v.look) })
}

// pages are index.html for the screens behind a prefix, painted; none where the
// modules don't fit together.
func (from *source) pages(look Look) []page {
	l, err := from.linked()
	if err != nil {
		return nil
	}
	pages := make([]page, len(l.pages))
	for i, p := range l.pages {
		html := p.html
		if with := look.Paint["/index.html"]; with != nil {
			html = with(html)
		}
		pages[i] = page{p.prefix, newFile("/index.html", html)}
	}
	return pages
}
