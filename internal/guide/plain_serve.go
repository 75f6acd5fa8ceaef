package guide

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"

	"folje/internal/locale"
)

// plainPath is where the pages are: /plain leads to the reader's language,
// /plain/ar is in Arabic.
const plainPath = "/plain"

// ServeHTTP answers GET and HEAD of /plain and of what is below it. Who asks for
// a language that isn't there is led to one that is.
func (p *Plain) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	tag, _ := strings.CutPrefix(r.URL.Path, plainPath+"/")
	info, ok := p.Locales.Find(tag)
	if !ok {
		p.lead(w, r)
		return
	}
	page, err := p.get(info)
	if err != nil {
		p.app.Logger().Error("make the plain guide", "cause", err.Error())
		if page = p.older(tag); page == nil {
			p.busy(w, r, info)
			return
		}
	}
	page.asked.Store(p.Now().Unix())
	page.serve(w, r)
}

// lead leads to the page in the reader's language.
func (p *Plain) lead(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	h.Set("Vary", "Accept-Language")
	h.Set("Location", plainPath+"/"+p.Locales.FromRequest(r))
	w.WriteHeader(http.StatusFound)
}

// older gives the page as it was: whoever needs help now reads yesterday's
// numbers rather than none.
func (p *Plain) older(tag string) *page {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.pages[tag]
}

// busy says that there is no page, and the number that helps all the same.
func (p *Plain) busy(w http.ResponseWriter, r *http.Request, info locale.Info) {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Content-Language", info.Tag)
	h.Set("Cache-Control", "no-store")
	h.Set("Retry-After", "5")
	w.WriteHeader(http.StatusServiceUnavailable)
	if r.Method != http.MethodHead {
		_, _ = io.WriteString(w, p.Locales.Text(info.Tag, "error.busy", nil)+"\n\n112 · 114 14 · 1177 · 116 111\n")
	}
}

// serve sends the page. Browsers keep it for five minutes, and ask then whether
// it is still the same.
func (p *page) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "public, max-age=300")
	h.Set("ETag", "W/"+p.tag) // weak: both forms share it
	h.Set("Vary", "Accept-Encoding")
	if strings.Contains(r.Header.Get("If-None-Match"), p.tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	zipped := strings.Contains(r.Header.Get("Accept-Encoding"), "gzip")
	length := p.length
	if zipped {
		h.Set("Content-Encoding", "gzip")
		length = len(p.gzip)
	}
	h.Set("Content-Length", strconv.Itoa(length))
	if r.Method == http.MethodHead {
		return
	}
	if zipped {
		_, _ = w.Write(p.gzip)
		return
	}
	if z, err := gzip.NewReader(bytes.NewReader(p.gzip)); err == nil { // it was compressed here
		_, _ = io.Copy(w, z)
	}
}
