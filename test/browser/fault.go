package browser

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Kind is a kind of fault.
type Kind string

// What a page does wrong without its reader seeing it.
const (
	Console   Kind = "console"   // console.error
	Exception Kind = "exception" // thrown and not caught, or a promise rejected
	Policy    Kind = "policy"    // against the content security policy
	Request   Kind = "request"   // failed, or answered with 400 or more
)

// Fault is something that a page or its worker did wrong.
type Fault struct {
	Kind Kind
	Text string
	URL  string // the page's, the script's or the request's
}

func (f Fault) String() string { return fmt.Sprintf("%s: %s (%s)", f.Kind, f.Text, f.URL) }

// Allow takes out of the reckoning, from the beginning of the test to its end,
// the faults of a kind whose address or text contains part.
func (p *Profile) Allow(kind Kind, part string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.allowed = append(p.allowed, Fault{Kind: kind, Text: part})
}

// Faults answers what went wrong so far and was not allowed.
func (p *Profile) Faults() []Fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(p.faults), func(f Fault) bool {
		return slices.ContainsFunc(p.allowed, func(a Fault) bool {
			return a.Kind == f.Kind && (strings.Contains(f.URL, a.Text) || strings.Contains(f.Text, a.Text))
		})
	})
}

func (p *Profile) blame(kind Kind, url, format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = append(p.faults, Fault{Kind: kind, Text: fmt.Sprintf(format, args...), URL: url})
}

// observe files an event of a page or a worker.
func (p *Profile) observe(m message) {
	switch m.Method {
	case "Runtime.consoleAPICalled":
		p.console(m.Params)
	case "Runtime.exceptionThrown":
		p.exception(m.Params)
	case "Log.entryAdded":
		p.logged(m.Params)
	case "Audits.issueAdded":
		p.issue(m.Params)
	case "Page.javascriptDialogOpening":
		p.dialog(m)
	case "BackgroundService.backgroundServiceEventReceived":
		p.recorded(m.Params)
	default:
		p.network(m)
	}
}

func (p *Profile) console(params json.RawMessage) {
	var c struct {
		Type string `json:"type"`
		Args []struct {
			Value       json.RawMessage `json:"value"`
			Description string          `json:"description"`
		} `json:"args"`
		Stack struct {
			Frames []struct {
				URL string `json:"url"`
			} `json:"callFrames"`
		} `json:"stackTrace"`
	}
	if json.Unmarshal(params, &c) != nil || (c.Type != "error" && c.Type != "assert") {
		return
	}
	var words []string
	for _, a := range c.Args {
		words = append(words, strings.TrimSpace(string(a.Value)+" "+a.Description))
	}
	var url string
	if len(c.Stack.Frames) > 0 {
		url = c.Stack.Frames[0].URL
	}
	p.blame(Console, url, "%s", strings.Join(words, " "))
}

func (p *Profile) exception(params json.RawMessage) {
	var e struct {
		Details exceptionDetails `json:"exceptionDetails"`
	}
	if json.Unmarshal(params, &e) == nil {
		p.blame(Exception, e.Details.URL, "%s", e.Details)
	}
}

// logged keeps what the browser itself complains about. Requests are left
// out: they are counted where they fail.
func (p *Profile) logged(params json.RawMessage) {
	var l struct {
		Entry struct {
			Source string `json:"source"`
			Level  string `json:"level"`
			Text   string `json:"text"`
			URL    string `json:"url"`
		} `json:"entry"`
	}
	if json.Unmarshal(params, &l) != nil || l.Entry.Level != "error" || l.Entry.Source == "network" {
		return
	}
	kind := Console
	if l.Entry.Source == "security" {
		kind = Policy
	}
	p.blame(kind, l.Entry.URL, "%s", l.Entry.Text)
}

func (p *Profile) issue(params json.RawMessage) {
	var i struct {
		Issue struct {
			Code    string `json:"code"`
			Details struct {
				Policy struct {
					Blocked   string `json:"blockedURL"`
					Directive string `json:"violatedDirective"`
					Source    struct {
						URL  string `json:"url"`
						Line int    `json:"lineNumber"`
					} `json:"sourceCodeLocation"`
				} `json:"contentSecurityPolicyIssueDetails"`
			} `json:"details"`
		} `json:"issue"`
	}
	if json.Unmarshal(params, &i) != nil || i.Issue.Code != "ContentSecurityPolicyIssue" {
		return
	}
	found := i.Issue.Details.Policy
	p.blame(Policy, found.Source.URL, "%s, line %d, blocked %q", found.Directive, found.Source.Line, found.Blocked)
}
