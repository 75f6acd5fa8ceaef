package machine_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"folje/internal/machine"
)

// A text that would mislead is not used; the others of its batch are. It is
// tried again, alone, less and less often, and staff are told when it is given
// up.
func TestATextThatFailsTheChecksIsGivenUp(t *testing.T) {
	p := open(t)
	p.engine.answer = func(to string, texts []string) ([]string, error) {
		out := put(to, texts)
		for i, t := range texts {
			if strings.Contains(t, "18.00") {
				out[i] = "See you."
			}
		}
		return out, nil
	}
	p.published()
	if sent := p.round(); len(sent) != 3 {
		t.Errorf("sent %q", sent)
	}
	if j := p.job(first, "en"); j == nil || j.GetString("fault") != machine.Check || j.GetInt("tries") != 1 {
		t.Fatalf("noted %v", j)
	}
	if got, _, _ := p.text(second, "en"); got == "" {
		t.Error("its neighbour got nothing")
	}
	if sent := p.round(); len(sent) != 0 {
		t.Errorf("sent again at once: %q", sent)
	}
	tries := 1
	for range 12 {
		p.now = p.now.Add(24*time.Hour + time.Minute)
		tries += len(p.round())
	}
	if tries != 6 {
		t.Errorf("tried %d times", tries)
	}
	if j := p.job(first, "en"); j.GetInt("tries") != 6 {
		t.Errorf("noted %v", j)
	}
	p.engine.answer = nil
	p.now = p.now.AddDate(0, 1, 0)
	if sent := p.round(); len(sent) != 1 || p.job(first, "en") != nil {
		t.Errorf("a month later: %q, noted %v", sent, p.job(first, "en"))
	}
}

// An engine that is away, busy or without our key is left alone, which no
// sentence pays for, and comes back by itself.
func TestAnEngineThatIsAwayIsLeftAlone(t *testing.T) {
	for code, wait := range map[string]time.Duration{machine.Down: 0, machine.Busy: 90 * time.Second, machine.Denied: 0} {
		p := open(t)
		p.engine.answer = func(string, []string) ([]string, error) {
			return nil, &machine.Fault{Code: code, Wait: wait, Cause: errors.New("scripted")}
		}
		p.published()
		for n := range 3 {
			if sent := p.round(); len(sent) == 0 {
				t.Errorf("%s: try %d was not made", code, n)
			}
			if sent := p.round(); len(sent) != 0 {
				t.Errorf("%s: sent again at once: %q", code, sent)
			}
			step := max(wait, 10*time.Second<<n)
			p.now = p.now.Add(step - time.Second)
			if sent := p.round(); len(sent) != 0 {
				t.Errorf("%s: sent too early after failure %d: %q", code, n, sent)
			}
			p.now = p.now.Add(time.Second)
		}
		if n, err := p.app.CountRecords("machine_jobs"); err != nil || n != 0 {
			t.Errorf("%s: %d sentences are blamed, %v", code, n, err)
		}
		p.engine.answer = nil
		p.now = p.now.Add(time.Hour)
		p.round()
		if got, _, _ := p.text(second, "en"); got == "" {
			t.Errorf("%s: nothing after it came back", code)
		}
	}
}

// Engines stutter: a text without end is none, and holds up no other.
func TestATextWithoutEndIsRefused(t *testing.T) {
	p := open(t)
	p.engine.answer = func(to string, texts []string) ([]string, error) {
		out := put(to, texts)
		for i, s := range texts {
			if s == second {
				out[i] = strings.Repeat("again and ", 1000)
			}
		}
		return out, nil
	}
	p.published()
	p.round()
	if got, _, _ := p.text(title, "en"); got == "" {
		t.Error("its neighbour got nothing")
	}
	if j := p.job(second, "en"); j == nil || j.GetString("fault") != machine.Check {
		t.Errorf("noted %v", j)
	}
}

// An engine that breaks over one sentence drafts all others.
func TestOneSentenceSpoilsNoOther(t *testing.T) {
	for _, code := range []string{machine.Failed, machine.Slow, machine.Refused, machine.Garbage} {
		p := open(t)
		p.engine.answer = func(to string, texts []string) ([]string, error) {
			if slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(s, "18.00") }) {
				return nil, &machine.Fault{Code: code, Cause: errors.New("scripted")}
			}
			return put(to, texts), nil
		}
		p.published()
		for range 20 {
			p.round()
			p.now = p.now.Add(24 * time.Hour)
		}
		if got, _, _ := p.text(second, "en"); got == "" {
			t.Errorf("%s: its neighbour got nothing", code)
		}
		if j := p.job(first, "en"); j == nil || j.GetInt("tries") != 6 || j.GetString("fault") != code {
			t.Errorf("%s: noted %v", code, j)
		}
		if j := p.job(second, "en"); j != nil {
			t.Errorf("%s: its neighbour is still blamed: %v", code, j)
		}
	}
}

// Engines may break their own contract.
func TestAnEngineThatAnswersAnotherNumberOfTexts(t *testing.T) {
	for name, answer := range map[string]func(string, []string) ([]string, error){
		"fewer":      func(to string, texts []string) ([]string, error) { return put(to, texts)[1:], nil },
		"more":       func(to string, texts []string) ([]string, error) { return append(put(to, texts), "more"), nil },
		"none":       func(string, []string) ([]string, error) { return nil, nil },
		"some error": func(string, []string) ([]string, error) { return nil, errors.New("unheard of") },
	} {
		p := open(t)
		p.engine.answer = answer
		p.published()
		p.round()
		if got, _, _ := p.text(second, "en"); got != "" {
			t.Errorf("%s: stored %q", name, got)
		}
		if j := p.job(second, "en"); j == nil || j.GetInt("tries") != 1 {
			t.Errorf("%s: noted %v", name, j)
		}
	}
}
