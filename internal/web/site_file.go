package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"math/bits"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/andybalholm/brotli"
)

// file is one static file. Its content is made when it is first asked for.
type file struct {
	kind    string // Content-Type
	content func() *content
	kept    atomic.Pointer[forms]
}

// content is a file's bytes in the forms that browsers take. The compressed
// ones are made when first needed, once; after that the plain one isn't kept,
// since hardly anybody asks for it.
type content struct {
	hash   string // of the uncompressed bytes
	of     string // what a generated file was made of; "" for the others
	plain  atomic.Pointer[[]byte]
	brotli func() []byte // nil where compressing doesn't pay
	gzip   func() []byte
}

func newFile(name string, body []byte) *file {
	return makeFile(name, func() []byte { return body })
}

func makeFile(name string, body func() []byte) *file {
	kind, text := contentType(name)
	f := &file{kind: kind}
	f.content = sync.OnceValue(func() *content { return f.newContent(body(), text) })
	return f
}

// makeGenerated is a file that is made when it is first asked for, unless its
// forms were kept from an earlier start: fifteen locales' texts take a second.
func makeGenerated(name string, g Generated) *file {
	kind, text := contentType(name)
	f, of := &file{kind: kind}, g.of(name)
	f.content = sync.OnceValue(func() *content {
		if c := f.kept.Load().content(of); c != nil {
			return c
		}
		c := f.newContent(g.Make(), text)
		c.of = of
		return c
	})
	return f
}

func (f *file) newContent(body []byte, text bool) *content {
	sum := sha256.Sum256(body)
	c := &content{hash: hex.EncodeToString(sum[:12])}
	c.plain.Store(&body)
	if text && len(body) > 256 {
		c.brotli = sync.OnceValue(func() []byte {
			return f.kept.Load().form(c.hash+".br", func() []byte { return compress(body, newBrotli) })
		})
		c.gzip = sync.OnceValue(func() []byte {
			return f.kept.Load().form(c.hash+".gz", func() []byte { return compress(body, newGzip) })
		})
	}
	return c
}

func (f *file) warm() {
	c := f.content()
	if c.brotli == nil {
		return
	}
	c.brotli()
	c.gzip()
	c.plain.Store(nil)
}

// bytes is the file uncompressed.
func (c *content) bytes() []byte {
	if plain := c.plain.Load(); plain != nil {
		return *plain
	}
	z, err := gzip.NewReader(bytes.NewReader(c.gzip()))
	if err != nil {
		return nil // it was compressed here
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		return nil
	}
	return plain
}

// serve answers GET and HEAD. A browser keeps the file and asks each time
// whether it is still the same.
func (f *file) serve(w http.ResponseWriter, r *http.Request) {
	c := f.content()
	body, encoding := c.encoded(r.Header.Get("Accept-Encoding"))
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", c.etag(encoding))
	if c.brotli != nil {
		h.Set("Vary", "Accept-Encoding")
	}
	if c.known(r.Header.Get("If-None-Match")) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}

func (c *content) encoded(accept string) (body []byte, encoding string) {
	switch {
	case c.brotli == nil:
		return c.bytes(), ""
	case accepts(accept, "br"):
		return c.brotli(), "br"
	case accepts(accept, "gzip"):
		return c.gzip(), "gzip"
	}
	return c.bytes(), ""
}

// etag is strong, so it differs by encoding.
func (c *content) etag(encoding string) string {
	if encoding == "" {
		return `"` + c.hash + `"`
	}
	return `"` + c.hash + "-" + encoding + `"`
}

// known reports whether If-None-Match names this content in any encoding. A
// proxy that compressed it itself may have made the tag weak.
func (c *content) known(ifNoneMatch string) bool {
	for tag := range strings.SplitSeq(ifNoneMatch, ",") {
		tag = strings.Trim(strings.TrimPrefix(strings.TrimSpace(tag), "W/"), `"`)
		hash, _, _ := strings.Cut(tag, "-")
		if hash == c.hash || tag == "*" {
			return true
		}
	}
	return false
}

// accepts reports whether Accept-Encoding names the encoding with a weight
// above zero.
func accepts(header, encoding string) bool {
	for offer := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(offer, ";")
		if !strings.EqualFold(strings.TrimSpace(name), encoding) {
			continue
		}
		weight, ok := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		q, err := strconv.ParseFloat(weight, 64)
		return !ok || err == nil && q > 0
	}
	return false
}

// newBrotli looks back as far as there is something to see: with the usual
// window each file would take 34 MB to compress.
func newBrotli(w io.Writer, length int) io.WriteCloser {
	window := min(max(bits.Len(uint(length)), 10), 24)
	return brotli.NewWriterOptions(w, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: window})
}

func newGzip(w io.Writer, _ int) io.WriteCloser {
	z, _ := gzip.NewWriterLevel(w, gzip.BestCompression)
	return z
}

// compress writes to memory, which doesn't fail.
func compress(body []byte, writer func(w io.Writer, length int) io.WriteCloser) []byte {
	var out bytes.Buffer
	z := writer(&out, len(body))
	_, _ = z.Write(body)
	_ = z.Close()
	return out.Bytes()
}

// contentType knows the kinds of files in public/ and doesn't ask the
// operating system, whose answers differ. Text is worth compressing.
func contentType(name string) (kind string, text bool) {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8", true
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8", true
	case ".css":
		return "text/css; charset=utf-8", true
	case ".json", ".map":
		return "application/json", true
	case ".webmanifest":
		return "application/manifest+json", true
	case ".svg":
		return "image/svg+xml", true
	case ".wasm":
		return "application/wasm", true
	case ".txt", ".md", "":
		return "text/plain; charset=utf-8", true
	case ".png":
		return "image/png", false
	case ".jpg":
		return "image/jpeg", false
	case ".webp":
		return "image/webp", false
	case ".ico":
		return "image/x-icon", false
	case ".woff2":
		return "font/woff2", false
	}
	return "application/octet-stream", false
}
