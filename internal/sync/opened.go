package sync

import "sync"

// Bounds of what is kept unpacked: the pages that were used last, and none that
// is larger than this, in bytes as it came.
const (
	openedMost  = 4
	openedLarge = 256 << 10
)

// opened keeps the contents of some pages, which nobody changes: whoever asks
// from one cursor after another costs no unpacking each time.
type opened struct {
	mu   sync.Mutex
	last []unpacked // the newest first
}

type unpacked struct {
	page    *heldPage
	content *pageContent
}

// of gives the page's content.
func (o *opened) of(page *heldPage) (*pageContent, error) {
	o.mu.Lock()
	for i, u := range o.last {
		if u.page == page {
			copy(o.last[1:i+1], o.last[:i])
			o.last[0] = u
			o.mu.Unlock()
			return u.content, nil
		}
	}
	o.mu.Unlock()
	content, err := page.content()
	if err != nil || len(page.packed) > openedLarge {
		return &content, err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	rest := o.last[:min(len(o.last), openedMost-1)]
	o.last = append([]unpacked{{page, &content}}, rest...)
	return &content, nil
}

// drop forgets the page.
func (o *opened) drop(page *heldPage) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for i, u := range o.last {
		if u.page == page {
			o.last = append(append([]unpacked{}, o.last[:i]...), o.last[i+1:]...)
			return
		}
	}
}
