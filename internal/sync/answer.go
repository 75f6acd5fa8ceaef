package sync

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/bits"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/andybalholm/brotli"
)

// wireVersion is part of every ETag: raise it when the answers' form changes.
const wireVersion = "2"

// Reply is an answer ready to send. Its header and body are shared between
// requests: read them only.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
}

// answer is one feed, encoded once for all who ask for it. What doesn't shrink
// is kept as it is; of the rest only the compressed forms are kept, and the
// few who take neither get it unpacked anew.
type answer struct {
	tag    string // see [tagOf]
	at     newest
	day    int // on which it was made; 0 where the day changes nothing
	memory *memory
	size   int          // what it takes, about, in bytes
	asked  atomic.Int64 // when somebody last asked, in Unix seconds

	unchanged           *Reply // the 304
	plain, brotli, gzip *Reply
}

// shrinks is the length from which compressing is worth it, in bytes.
const shrinks = 256

// newAnswer encodes the feed.
func newAnswer(scope, tag string, feed any) (*answer, error) {
	body, err := json.Marshal(feed)
	if err != nil {
		return nil, fmt.Errorf("encode feed: %w", err)
	}
	a := &answer{tag: tag, unchanged: &Reply{Status: http.StatusNotModified, Header: feedHeader(scope, tag)}}
	if len(body) < shrinks {
		a.plain = feedReply(scope, tag, "", body)
		a.size = overhead + len(body)
		return a, nil
	}
	a.brotli = feedReply(scope, tag, "br", squeeze(body, newBrotli))
	a.gzip = feedReply(scope, tag, "gzip", squeeze(body, newGzip))
	a.size = overhead + len(a.brotli.Body) + len(a.gzip.Body)
	return a, nil
}

// overhead is what an answer takes beside its bodies: headers, tags, its place.
const overhead = 2048

func feedHeader(scope, tag string) http.Header {
	cache := "private, no-cache"
	if scope == Public {
		cache = "public, no-cache"
	}
	return http.Header{
		"Cache-Control": {cache}, "Etag": {`W/"` + tag + `"`}, // weak: all encodings share it
		"Vary": {"Authorization, Accept-Encoding"},
	}
}

func feedReply(scope, tag, encoding string, body []byte) *Reply {
	h := feedHeader(scope, tag)
	h["Content-Type"] = []string{"application/json"}
	h["Content-Length"] = []string{strconv.Itoa(len(body))}
	if encoding != "" {
		h["Content-Encoding"] = []string{encoding}
	}
	return &Reply{Status: http.StatusOK, Header: h, Body: body}
}

// replyTo is the answer to a phone that asked for what came after the cursor,
// which is the number after: a 304 where the request's header says that the phone
// has it all.
func (a *answer) replyTo(asked http.Header, cursor string, after int, at newest) (*Reply, error) {
	current := after == at.stream || after == whole && cursor == ""
	if known := asked["If-None-Match"]; current && len(known) > 0 && names(strings.Join(known, ","), a.tag) {
		return a.unchanged, nil
	}
	return a.reply(asked.Get("Accept-Encoding"))
}

// reply is the answer in a form that the caller takes.
func (a *answer) reply(acceptEncoding string) (*Reply, error) {
	switch {
	case a.plain != nil:
		return a.plain, nil
	case accepts(acceptEncoding, "br"):
		return a.brotli, nil
	case accepts(acceptEncoding, "gzip"):
		return a.gzip, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(a.gzip.Body))
	if err != nil {
		return nil, fmt.Errorf("unpack feed: %w", err)
	}
	body, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("unpack feed: %w", err)
	}
	h := a.gzip.Header.Clone()
	h.Del("Content-Encoding")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	return &Reply{Status: http.StatusOK, Header: h, Body: body}, nil
}

// accepts reports whether Accept-Encoding names the encoding with a weight
// above zero.
func accepts(header, encoding string) bool {
	for offer := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(offer, ";")
		if !strings.EqualFold(strings.TrimSpace(name), encoding) {
			continue
		}
		weight, weighed := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		q, err := strconv.ParseFloat(weight, 64)
		return !weighed || err == nil && q > 0
	}
	return false
}

// newBrotli takes pains with what is small, such as one letter: the difference
// is a tenth of it, and small is quick. It looks back as far as there is
// something to see, so as not to take megabytes for it.
// docs/decisions/feed-bundles.md has the figures.
func newBrotli(w io.Writer, length int) io.WriteCloser {
	o := brotli.WriterOptions{Quality: 9, LGWin: min(max(bits.Len(uint(length)), 10), 24)}
	if length <= small {
		o.Quality = 10
	}
	return brotli.NewWriterOptions(w, o)
}

// small is a length in bytes.
const small = 8 << 10

func newGzip(w io.Writer, _ int) io.WriteCloser {
	z, _ := gzip.NewWriterLevel(w, gzip.DefaultCompression)
	return z
}

// squeeze compresses to memory, which doesn't fail.
func squeeze(body []byte, writer func(w io.Writer, length int) io.WriteCloser) []byte {
	var out bytes.Buffer
	z := writer(&out, len(body))
	_, _ = z.Write(body)
	_ = z.Close()
	return bytes.Clone(out.Bytes())
}

// tagOf makes an answer's tag: the stream, its newest number, and for a whole
// feed the day, with which it changes; 0 for none. A phone that is up to date
// sends the tag of whichever answer brought it there, so that all tags of one
// number begin alike.
func tagOf(epoch, scope, stream string, at, day int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %q %q %q", wireVersion, epoch, scope, stream))
	tag := hex.EncodeToString(sum[:9]) + "." + strconv.Itoa(at)
	if day != 0 {
		tag += "." + strconv.Itoa(day)
	}
	return tag
}

// names reports whether If-None-Match has the tag, whatever follows it after a
// dot (the day) or a hyphen (which proxies add that compress).
func names(ifNoneMatch, tag string) bool {
	_, after, found := strings.Cut(ifNoneMatch, `"`+tag)
	return found && after != "" && strings.IndexByte(`".-`, after[0]) >= 0
}
