package browser

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Exchange is one request and what came back.
type Exchange struct {
	URL, Method, Type string // Type as DevTools calls it: Document, Script, Stylesheet, Fetch …
	Status            int
	Encoding          string // Content-Encoding
	Bytes             int64  // head and body as they came over the wire
	Cached            bool   // not from the network: memory, disk or the worker
	FromWorker        bool   // asked for by a service worker
	Failed            string // why it failed, empty if it did not
	order             int
}

// traffic is the book of a profile's requests, by session and request.
type traffic map[string]*Exchange

func newTraffic() traffic { return traffic{} }

// Traffic answers every request since the last Forget, in order.
func (p *Profile) Traffic() []Exchange {
	p.reporter.Helper()
	ctx, cancel := p.browser.deadline(p.reporter.Context())
	defer cancel()
	if err := p.browser.conn.settle(ctx); err != nil {
		p.reporter.Fatalf("read the traffic: %v", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []Exchange
	for _, e := range slices.SortedFunc(maps.Values(p.traffic), func(a, b *Exchange) int { return a.order - b.order }) {
		all = append(all, *e)
	}
	return all
}

// Forget starts the book of requests anew.
func (p *Profile) Forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.traffic = newTraffic()
}

type networkEvent struct {
	ID       string `json:"requestId"`
	Type     string `json:"type"`
	Canceled bool   `json:"canceled"`
	Error    string `json:"errorText"`
	Bytes    int64  `json:"encodedDataLength"`
	Request  struct {
		URL    string `json:"url"`
		Method string `json:"method"`
	} `json:"request"`
	Response struct {
		Status     int               `json:"status"`
		Headers    map[string]string `json:"headers"`
		FromDisk   bool              `json:"fromDiskCache"`
		FromWorker bool              `json:"fromServiceWorker"`
	} `json:"response"`
}

func (p *Profile) network(m message) {
	if !strings.HasPrefix(m.Method, "Network.") {
		return
	}
	var e networkEvent
	if json.Unmarshal(m.Params, &e) != nil || e.ID == "" {
		return
	}
	p.mu.Lock()
	x := p.exchange(m.Session, e.ID)
	fault := x.note(m.Method, e)
	p.mu.Unlock()
	if fault != "" {
		p.blame(Request, x.URL, "%s", fault)
	}
}

func (p *Profile) exchange(session, id string) *Exchange {
	key := session + " " + id
	x, ok := p.traffic[key]
	if !ok {
		x = &Exchange{order: len(p.traffic), FromWorker: p.sessions[session] == worker}
		p.traffic[key] = x
	}
	return x
}

// note writes an event down and answers what is wrong with it, if anything.
func (x *Exchange) note(method string, e networkEvent) string {
	switch method {
	case "Network.requestWillBeSent":
		x.URL, x.Method, x.Type = e.Request.URL, e.Request.Method, e.Type
	case "Network.requestServedFromCache":
		x.Cached = true
	case "Network.responseReceived":
		x.Status, x.Type = e.Response.Status, e.Type
		x.Cached = x.Cached || e.Response.FromDisk || e.Response.FromWorker
		for name, value := range e.Response.Headers {
			if strings.EqualFold(name, "Content-Encoding") {
				x.Encoding = value
			}
		}
		if x.Status >= 400 {
			return x.Method + " answered " + statusText(x.Status)
		}
	case "Network.loadingFinished":
		x.Bytes = e.Bytes
	case "Network.loadingFailed":
		x.Failed = e.Error
		if !e.Canceled && e.Error != "net::ERR_ABORTED" {
			return x.Method + " failed: " + e.Error
		}
	}
	return ""
}
