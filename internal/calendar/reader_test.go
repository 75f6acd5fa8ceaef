package calendar_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

// component is what stands between BEGIN and END. It is read here by the
// letter of RFC 5545, independently of the library that wrote it.
type component struct {
	name  string
	lines []line
	parts []component
}

// line is a content line: its name with its parameters, and its value.
type line struct{ name, value string }

// value is the value of the line of the name, its escapes undone; "" for none.
func (c component) value(name string) string {
	for _, l := range c.lines {
		if l.name == name {
			return strings.NewReplacer(`\\`, `\`, `\,`, `,`, `\;`, `;`, `\n`, "\n").Replace(l.value)
		}
	}
	return ""
}

func (c component) all(name string) (found []component) {
	for _, p := range c.parts {
		if p.name == name {
			found = append(found, p)
		}
	}
	return found
}

func (c component) uids() string {
	var ids []string
	for _, e := range c.all("VEVENT") {
		ids = append(ids, e.value("UID"))
	}
	return strings.Join(ids, " ")
}

// read reads a calendar and fails where it breaks a rule of RFC 5545: every
// line ends with CRLF and has at most 75 bytes of whole characters (3.1), no
// control characters, no name twice that may be there once, and every TZID is
// explained (3.6.5).
func read(tb testing.TB, raw []byte) component {
	tb.Helper()
	lines := unfold(tb, raw)
	root, rest := parse(tb, lines)
	if len(rest) > 0 || root.name != "VCALENDAR" {
		tb.Fatalf("after %s there is %v", root.name, rest)
	}
	for _, e := range root.all("VEVENT") {
		for _, l := range e.lines {
			if _, zone, ok := strings.Cut(l.name, ";TZID="); ok && root.all("VTIMEZONE")[0].value("TZID") != zone {
				tb.Errorf("%s has no VTIMEZONE", zone)
			}
		}
	}
	return root
}

func unfold(tb testing.TB, raw []byte) (lines []string) {
	tb.Helper()
	body, ok := bytes.CutSuffix(raw, []byte("\r\n"))
	if !ok {
		tb.Fatalf("the file ends with %q", raw[max(0, len(raw)-10):])
	}
	for l := range strings.SplitSeq(string(body), "\r\n") {
		if len(l) > 75 || !utf8.ValidString(l) || strings.ContainsFunc(l, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			tb.Errorf("a line of %d bytes: %q", len(l), l)
		}
		if more, folded := strings.CutPrefix(l, " "); folded && len(lines) > 0 {
			lines[len(lines)-1] += more
			continue
		}
		lines = append(lines, l)
	}
	return lines
}

func parse(tb testing.TB, lines []string) (c component, rest []string) {
	tb.Helper()
	name, ok := strings.CutPrefix(lines[0], "BEGIN:")
	if !ok {
		tb.Fatalf("%q begins nothing", lines[0])
	}
	c, rest = component{name: name}, lines[1:]
	seen := map[string]bool{}
	for len(rest) > 0 && rest[0] != "END:"+name {
		if strings.HasPrefix(rest[0], "BEGIN:") {
			var part component
			part, rest = parse(tb, rest)
			c.parts = append(c.parts, part)
			continue
		}
		key, value, ok := strings.Cut(rest[0], ":")
		bare, _, _ := strings.Cut(key, ";")
		if !ok || seen[bare] {
			tb.Errorf("%s has a line %q", name, rest[0])
		}
		seen[bare] = true
		c.lines, rest = append(c.lines, line{key, value}), rest[1:]
	}
	if len(rest) == 0 {
		tb.Fatalf("%s does not end", name)
	}
	return c, rest[1:]
}
