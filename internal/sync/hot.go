package sync

import (
	"net/http"
	"strings"
)

const (
	helloPath = "/api/folje/v1/hello"
	feedsPath = "/api/folje/v1/feeds/"
)

// Quick answers what phones ask all the time, before PocketBase's router and
// middlewares have seen the request: GET hello and GET feeds/… as phones write
// them, when nothing is wrong. It reports false for everything else, which the
// routes then answer in the ordinary way. The request must be without a body;
// of the reply's parts all are shared, so read them only.
func (s *Service) Quick(r *http.Request) (status int, header http.Header, body []byte, ok bool) {
	if s.serving.Load() == nil || r.Method != http.MethodGet || r.URL.RawPath != "" {
		return 0, nil, nil, false
	}
	reply, err := s.quick(r)
	if err != nil || reply == nil {
		return 0, nil, nil, false
	}
	return reply.Status, reply.Header, reply.Body, true
}

func (s *Service) quick(r *http.Request) (*Reply, error) {
	if r.URL.Path == helloPath && r.URL.RawQuery == "" {
		return s.serving.Load().hello.reply(s.app, r.Header.Get("Accept-Encoding"))
	}
	q, ok := s.questionOf(r.URL.Path, r.URL.RawQuery)
	if !ok {
		return nil, nil
	}
	return s.feed(r, q)
}

// questionOf reads a feed's address where it is written as phones write it.
func (s *Service) questionOf(path, query string) (q question, ok bool) {
	q.scope, q.stream, q.after, ok = Asked(path, query)
	return q, ok && (q.stream == Records || s.speaks(q.stream))
}

// Asked reads a feed's address, and the question mark's right side, where it is
// written as phones write it. Whether the scope and the stream exist is another
// question.
func Asked(path, query string) (scope, stream, cursor string, ok bool) {
	rest, ok := strings.CutPrefix(path, feedsPath)
	if !ok {
		return "", "", "", false
	}
	if cursor, ok = strings.CutPrefix(query, "after="); query != "" && !ok || !plain(cursor) {
		return "", "", "", false
	}
	scope, tag, texts := strings.Cut(rest, "/texts/")
	if !texts {
		return scope, Records, cursor, scope != "" && plain(scope)
	}
	return scope, tag, cursor, scope != "" && plain(scope) && tag != "" && tag != Records && plain(tag)
}

// plain reports whether the text stands in a path and in a query as it is.
func plain(text string) bool {
	for _, c := range []byte(text) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '.', c == '-':
		default:
			return false
		}
	}
	return true
}
