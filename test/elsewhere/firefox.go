package elsewhere

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"folje/test/browser"
)

// quiet are the preferences of a Firefox that asks its maker's servers nothing
// and a reader no questions.
func quiet() map[string]any {
	return map[string]any{
		"remote.active-protocols": 1, "app.update.disabledForTesting": true, "app.normandy.enabled": false,
		"browser.shell.checkDefaultBrowser": false, "browser.startup.page": 0, "browser.aboutwelcome.enabled": false,
		"datareporting.policy.dataSubmissionEnabled": false, "toolkit.telemetry.server": "",
		"network.captive-portal-service.enabled": false, "network.connectivity-service.enabled": false,
		"browser.safebrowsing.malware.enabled": false, "browser.safebrowsing.phishing.enabled": false,
		"extensions.update.enabled": false, "services.settings.server": "data:,", "intl.accept_languages": "sv-SE",
	}
}

// firefox is the engine.
type firefox struct {
	*bidi
	tab  string
	told []string
}

// Firefox opens a Firefox on a profile of its own, for as long as the test runs.
// It skips the test where there is none.
func Firefox(r browser.Reporter) *Window {
	r.Helper()
	return FirefoxWith(r, nil)
}

// FirefoxWith is a Firefox with preferences beside the usual ones.
func FirefoxWith(r browser.Reporter, more map[string]any) *Window {
	r.Helper()
	path := require(r, "firefox-esr", "firefox-esr", "firefox")
	profile := r.TempDir()
	if err := os.WriteFile(filepath.Join(profile, "user.js"), preferences(more), 0o600); err != nil {
		r.Fatalf("write the preferences: %v", err)
	}
	command := exec.Command(path, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port=0",
		"--window-size=400,800", "about:blank")
	command.Env = append(os.Environ(), "HOME="+profile, "TZ=Europe/Stockholm", "MOZ_CRASHREPORTER_DISABLE=1")
	p := start(r, command)
	f, err := greet(r, p)
	if err != nil {
		r.Fatalf("%v", err)
	}
	return newWindow(r, f)
}

func preferences(more map[string]any) []byte {
	all := quiet()
	maps.Copy(all, more)
	var b strings.Builder
	for name, value := range all {
		text, _ := json.Marshal(value) // strings, numbers and booleans
		fmt.Fprintf(&b, "user_pref(%q, %s);\n", name, text)
	}
	return []byte(b.String())
}

var listening = regexp.MustCompile(`WebDriver BiDi listening on (ws://[0-9.:]+)`)

// greet connects to a Firefox that has just been started.
func greet(r browser.Reporter, p *process) (*firefox, error) {
	var url string
	err := p.poll("wait for its port", func() bool {
		if found := listening.FindStringSubmatch(p.said.String()); found != nil {
			url = found[1] + "/session"
		}
		return url != ""
	})
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	b, err := dial(ctx, url)
	if err != nil {
		return nil, err
	}
	f := &firefox{bidi: b}
	b.event = f.heard
	if err := b.call(ctx, "session.new", map[string]any{"capabilities": map[string]any{}}, nil); err != nil {
		return nil, err
	}
	if err := b.call(ctx, "session.subscribe", map[string]any{"events": []string{"log.entryAdded"}}, nil); err != nil {
		return nil, err
	}
	var tree struct{ Contexts []struct{ Context string } }
	if err := b.call(ctx, "browsingContext.getTree", nil, &tree); err != nil {
		return nil, err
	}
	if len(tree.Contexts) == 0 {
		return nil, errors.New("Firefox has no window")
	}
	f.tab = tree.Contexts[0].Context
	return f, nil
}

// heard notes what a page says went wrong.
func (f *firefox) heard(method string, params json.RawMessage) {
	var entry struct{ Level, Text string }
	if method == "log.entryAdded" && json.Unmarshal(params, &entry) == nil && entry.Level == "error" {
		f.told = append(f.told, entry.Text)
	}
}

func (f *firefox) faults() []string { return f.told }

func (f *firefox) navigate(ctx context.Context, url string) error {
	return f.call(ctx, "browsingContext.navigate", map[string]any{"context": f.tab, "url": url, "wait": "complete"}, nil)
}

func (f *firefox) reload(ctx context.Context) error {
	return f.call(ctx, "browsingContext.reload", map[string]any{"context": f.tab, "wait": "complete"}, nil)
}

func (f *firefox) evaluate(ctx context.Context, expression string) (string, error) {
	var answer struct {
		Result           struct{ Value string }
		ExceptionDetails *struct{ Text string }
	}
	err := f.call(ctx, "script.evaluate", map[string]any{
		"expression": expression, "target": map[string]any{"context": f.tab}, "awaitPromise": true,
	}, &answer)
	if err == nil && answer.ExceptionDetails != nil {
		err = errors.New(answer.ExceptionDetails.Text)
	}
	return answer.Result.Value, err
}

func (f *firefox) press(ctx context.Context, x, y int) error {
	return f.perform(ctx, pointer(x, y))
}

// write also tells that the field was changed, as leaving it would: a window
// that was never in front has no focus to lose, so Firefox does not.
func (f *firefox) write(ctx context.Context, text string) error {
	if err := f.perform(ctx, keyboard(text)); err != nil {
		return err
	}
	_, err := f.evaluate(ctx, `void document.activeElement.dispatchEvent(new Event('change', { bubbles: true }))`)
	return err
}

func (f *firefox) perform(ctx context.Context, source map[string]any) error {
	return f.call(ctx, "input.performActions", map[string]any{"context": f.tab, "actions": []any{source}}, nil)
}
