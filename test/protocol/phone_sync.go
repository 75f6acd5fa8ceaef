package protocol

import "net/http"

// sync fetches what changed, each scope in one step.
func (p *Phone) sync() {
	if !p.greet() {
		return
	}
	if !p.pull() && p.registerAgain() == nil {
		p.pull()
	}
}

// greet hears the server's epoch. At a restored server the phone joins its
// groups again before it takes note: it may have joined some after the backup.
func (p *Phone) greet() bool {
	var hello struct{ Epoch string }
	if p.ask(http.MethodGet, "hello", nil, &hello) != nil {
		return false
	}
	if hello.Epoch == p.disk.epoch {
		return true
	}
	restored := p.disk.epoch != "" && p.disk.registered && p.Bug != ForgetsGroups
	if restored && p.registerAgain() != nil {
		return false
	}
	p.commit(func(s *store) { s.epoch = hello.Epoch })
	return true
}

// pull fetches all scopes, and reports whether the server knew the phone.
func (p *Phone) pull() bool {
	scopes := []string{public}
	if p.disk.registered {
		scopes = append(scopes, sorted(p.disk.groups)...)
	}
	for _, scope := range scopes {
		if says(p.pullScope(scope), "error.device_unknown") {
			return false
		}
	}
	return true
}

func (p *Phone) pullScope(scope string) error {
	var records recordsAnswer
	var words textsAnswer
	recordsTag, err := p.fetch(scope, "feeds/"+scope, &records)
	wordsTag, wordsErr := p.fetch(scope+"/"+reading, "feeds/"+scope+"/texts/"+reading, &words)
	p.commit(func(s *store) {
		if _, follows := s.groups[scope]; scope != public && !follows {
			return
		}
		if err == nil && records.Epoch != "" {
			s.storeRecords(scope, records, recordsTag, p.knows)
		}
		if wordsErr == nil && words.Epoch != "" {
			s.storeTexts(scope, reading, words, wordsTag)
		}
		if says(err, "error.not_member") {
			f := s.groups[scope]
			f.ended = true
			s.groups[scope] = f
		}
	})
	return err
}

// fetch asks for a feed since its cursor; an unchanged one leaves into as it is.
func (p *Phone) fetch(key, path string, into any) (etag string, err error) {
	known := p.disk.feeds[key]
	p.step()
	_, etag, err = p.net.ask(p, http.MethodGet, path+"?after="+known.cursor, known.etag, nil, into)
	p.step()
	return etag, err
}

// knows reports whether this build knows such records.
func (p *Phone) knows(kind string) bool { return kind == "letter" || kind == "meeting" && !p.old }

// update brings the phone from the early build to the present one.
func (p *Phone) update() {
	p.commit(func(s *store) {
		p.old = false
		clear(s.feeds) // the early build dropped the texts of meetings
	})
}
