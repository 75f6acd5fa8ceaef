package guide

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"sync"
	"sync/atomic"
	"time"

	"folje/internal/locale"
	feeds "folje/internal/sync"
	"folje/internal/zone"

	"github.com/pocketbase/pocketbase/core"
)

//go:embed plain.html
var plainHTML string

const (
	// gathered is how long after a change the pages are made again: changes come
	// in heaps.
	gathered = 2 * time.Second
	// wanted is for how long after somebody asked for a page it is made ahead.
	wanted = 24 * time.Hour
)

// Plain is the whole guide as one page of HTML in each language, for browsers
// that can't run the app, and for print. A page is made when it is first asked
// for, and again beside the requests when what it says has changed; who asks
// before that waits for it. Steget stands in it as everything else does.
type Plain struct {
	Config
	app      core.App
	template func() (*template.Template, error)
	version  atomic.Int64 // of what the pages say

	making sync.Mutex // one at a time
	mu     sync.Mutex
	pages  map[string]*page // by locale
	again  *time.Timer      // nil while nothing waits to be made again
	ended  bool
}

// page is one language's, compressed. It is never changed.
type page struct {
	version int64
	day     string // it says what is past
	tag     string // its ETag
	gzip    []byte
	length  int // uncompressed
	asked   *atomic.Int64
}

// NewPlain makes the pages of the app's guide. Its owner calls ChangedIn for
// every change in the feeds, and Changed for those of the app's messages.
func NewPlain(app core.App, cfg Config) *Plain {
	p := &Plain{Config: cfg, app: app, pages: map[string]*page{}}
	p.template = sync.OnceValues(func() (*template.Template, error) { return template.New("plain").Parse(plainHTML) })
	app.OnRecordAfterUpdateSuccess("settings").BindFunc(func(e *core.RecordEvent) error {
		p.Changed() // the municipality's name may be another one
		return e.Next()
	})
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		p.end()
		return e.Next()
	})
	return p
}

// ChangedIn is [Plain.Changed] for a change in the scope.
func (p *Plain) ChangedIn(scope string) {
	if scope == feeds.Public {
		p.Changed()
	}
}

// Changed says that what the pages say may be another thing from now on.
func (p *Plain) Changed() {
	p.version.Add(1)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.again == nil && !p.ended && len(p.pages) > 0 {
		p.again = time.AfterFunc(gathered, p.refresh)
	}
}

// refresh makes the pages again that somebody wants, and forgets the others.
func (p *Plain) refresh() {
	p.mu.Lock()
	p.again = nil
	var tags []string
	for tag, page := range p.pages {
		if p.Now().Sub(time.Unix(page.asked.Load(), 0)) < wanted {
			tags = append(tags, tag)
		} else {
			delete(p.pages, tag)
		}
	}
	p.mu.Unlock()
	for _, tag := range tags {
		info, ok := p.Locales.Find(tag)
		if p.over() || !ok {
			return
		}
		if _, err := p.get(info); err != nil {
			p.app.Logger().Error("make the plain guide anew", "cause", err.Error())
			return
		}
	}
}

func (p *Plain) over() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ended
}

func (p *Plain) end() {
	p.mu.Lock()
	p.ended = true
	if p.again != nil {
		p.again.Stop()
	}
	p.mu.Unlock()
	p.making.Lock() // the one that is being made ends first
	defer p.making.Unlock()
}

// get gives the language's page as it is now.
func (p *Plain) get(info locale.Info) (*page, error) {
	if kept := p.kept(info.Tag); kept != nil {
		return kept, nil
	}
	p.making.Lock()
	defer p.making.Unlock()
	if kept := p.kept(info.Tag); kept != nil { // somebody else waited for the same
		return kept, nil
	}
	return p.make(info)
}

// kept gives the page where it still says what is so.
func (p *Plain) kept(tag string) *page {
	version, day := p.version.Load(), zone.Day(p.Now())
	p.mu.Lock()
	defer p.mu.Unlock()
	if page := p.pages[tag]; page != nil && page.version == version && page.day == day {
		return page
	}
	return nil
}

func (p *Plain) make(info locale.Info) (*page, error) {
	now := p.Now()
	made := &page{version: p.version.Load(), day: zone.Day(now), asked: &atomic.Int64{}}
	made.asked.Store(now.Unix())
	body, err := p.draw(info, now)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	made.tag, made.length = `"`+hex.EncodeToString(sum[:12])+`"`, len(body)
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // a level that there is
	_, _ = z.Write(body)                                    // memory takes all
	_ = z.Close()
	made.gzip = bytes.Clone(out.Bytes())
	p.mu.Lock()
	defer p.mu.Unlock()
	if before := p.pages[info.Tag]; before != nil {
		made.asked = before.asked
	}
	p.pages[info.Tag] = made
	return made, nil
}

// draw writes the page.
func (p *Plain) draw(info locale.Info, now time.Time) ([]byte, error) {
	tmpl, err := p.template()
	if err != nil {
		return nil, fmt.Errorf("read the plain guide's template: %w", err)
	}
	r, err := read(p.app, info.Tag, info.Dir == "rtl")
	if err != nil {
		return nil, fmt.Errorf("read the guide: %w", err)
	}
	v := &viewer{reading: r, messages: p.Locales, now: now}
	says, err := v.view(info)
	if err != nil {
		return nil, fmt.Errorf("lay out the guide: %w", err)
	}
	var out bytes.Buffer
	if err := tmpl.Execute(&out, says); err != nil {
		return nil, fmt.Errorf("draw the plain guide: %w", err)
	}
	return out.Bytes(), nil
}
