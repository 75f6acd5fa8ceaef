package sync

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// PageVersion is the newest form of pages that this program reads, and the one
// that it writes.
const PageVersion = 1

// Page is what the writer tells of one stream of a scope: all that is needed to
// answer each cursor from Floor on as the writer would, and every older one with
// the whole feed. On its way it is one line of JSON, the [PageHead], and after
// it the compressed content.
type Page struct {
	PageHead
	packed []byte
}

// PageHead is what can be said of a page without unpacking it. Streams are the
// locales that the scope has texts in; with Day, it is said by the page of
// records only.
type PageHead struct {
	V       int      `json:"v"`
	Epoch   string   `json:"epoch"`
	Scope   string   `json:"scope"`
	Stream  string   `json:"stream"`
	At      int      `json:"at"`     // the stream's newest number
	Newest  int      `json:"newest"` // the scope's
	Floor   int      `json:"floor"`
	Day     int      `json:"day,omitempty"` // since 1970, on which records were old or not
	Streams []string `json:"streams,omitempty"`
	Large   bool     `json:"large,omitempty"` // too much for one message: the writer answers
}

// pageContent is either of records or of texts.
type pageContent struct {
	Records []pageRecord   `json:"records,omitempty"`
	Sources map[int]string `json:"sources,omitempty"` // source texts by number
	Texts   []pageText     `json:"texts,omitempty"`
}

// pageRecord is what one change led to. Uses are the numbers of its segments.
type pageRecord struct {
	Seq  int             `json:"seq"`
	ID   string          `json:"id"`
	Gone bool            `json:"gone,omitempty"`
	Old  bool            `json:"old,omitempty"`
	Body json.RawMessage `json:"body,omitempty"`
	Uses []int           `json:"uses,omitempty"`
}

// pageText is a text, nil where it was taken back.
type pageText struct {
	Seq    int   `json:"seq"`
	Number int   `json:"n"`
	Gone   bool  `json:"gone,omitempty"` // in the log, not only without a text
	Text   *Text `json:"t,omitempty"`
}

var (
	// ErrPage says that bytes are no page.
	ErrPage = errors.New("not a page")
	// ErrNewerPage says that a newer program wrote the page.
	ErrNewerPage = errors.New("the page is a newer program's")
)

// largestPage bounds what a page's content takes when it is unpacked, in bytes.
const largestPage = 64 << 20

// packer compresses and unpacks pages. It takes some megabytes, so it is made by
// who needs it.
var packer = sync.OnceValues(func() (*zstd.Encoder, *zstd.Decoder) {
	in, _ := zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(largestPage))
	out, _ := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(1<<20))
	return out, in
})

func newPage(head PageHead, content *pageContent) (*Page, error) {
	body, err := json.Marshal(content)
	if err != nil {
		return nil, fmt.Errorf("encode page: %w", err)
	}
	out, _ := packer()
	return &Page{head, out.EncodeAll(body, nil)}, nil
}

// Bytes is the page on its way.
func (p *Page) Bytes() ([]byte, error) {
	head, err := json.Marshal(p.PageHead)
	if err != nil {
		return nil, fmt.Errorf("encode page: %w", err)
	}
	return append(append(head, '\n'), p.packed...), nil
}

// ReadPage reads a page's head; its content is unpacked when it is asked for. It
// fails with [ErrPage], or [ErrNewerPage] and what it could read. The bytes stay
// in use.
func ReadPage(raw []byte) (*Page, error) {
	head, packed, ok := bytes.Cut(raw, []byte{'\n'})
	p := &Page{packed: packed}
	if err := json.Unmarshal(head, &p.PageHead); err != nil || !ok || p.V < 1 {
		return nil, ErrPage
	}
	if p.V > PageVersion {
		return p, ErrNewerPage
	}
	if p.Scope == "" || p.Stream == "" || p.Epoch == "" || p.At < 0 {
		return nil, ErrPage
	}
	return p, nil
}

func (p *Page) content() (c pageContent, err error) {
	if len(p.packed) == 0 {
		return c, nil
	}
	_, in := packer()
	body, err := in.DecodeAll(p.packed, nil)
	if err != nil {
		return c, fmt.Errorf("%w: %w", ErrPage, err)
	}
	if err := json.Unmarshal(body, &c); err != nil {
		return c, fmt.Errorf("%w: %w", ErrPage, err)
	}
	return c, nil
}
