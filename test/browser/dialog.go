package browser

import (
	"encoding/json"
	"slices"
)

// Refuse says what the reader answers to confirm() and to a page that asks
// before it is left: no, or as at first, yes.
func (p *Profile) Refuse(no bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuse = no
}

// Dialogs answers what alert(), confirm() and beforeunload have asked so far.
func (p *Profile) Dialogs() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.dialogs)
}

// dialog answers at once: until then the page stands still.
func (p *Profile) dialog(m message) {
	var d struct {
		Type    string `json:"type"`
		Message string `json:"message"`
	}
	if json.Unmarshal(m.Params, &d) != nil {
		return
	}
	p.mu.Lock()
	refuse := p.refuse
	p.dialogs = append(p.dialogs, d.Type+": "+d.Message)
	p.mu.Unlock()
	// A tab that was closed meanwhile asks no more.
	_ = p.do(m.Session, "Page.handleJavaScriptDialog", map[string]any{"accept": !refuse})
}
