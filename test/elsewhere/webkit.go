package elsewhere

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"folje/test/browser"
)

// webkit is the engine: WebDriver over HTTP. It does not tell what pages
// complain of.
type webkit struct{ session string } // its URL

// WebKit opens WebKitGTK's MiniBrowser on a screen of its own, for as long as
// the test runs. It skips the test where one of its parts is missing.
func WebKit(r browser.Reporter) *Window {
	r.Helper()
	driver := require(r, "webkit2gtk-driver", "WebKitWebDriver")
	screen := require(r, "xvfb", "Xvfb")
	mini := miniBrowser(r)
	home := r.TempDir()
	port, err := freePort()
	if err != nil {
		r.Fatalf("find a free port: %v", err)
	}
	command := exec.Command(driver, "--port="+port)
	command.Env = append(os.Environ(), "DISPLAY="+xvfb(r, screen), "HOME="+home, "XDG_RUNTIME_DIR="+home,
		"LANG=sv_SE.UTF-8", "TZ=Europe/Stockholm", "NO_AT_BRIDGE=1", // no bus to tell a screen reader by
		"LIBGL_ALWAYS_SOFTWARE=1", "WEBKIT_DISABLE_DMABUF_RENDERER=1")
	p := start(r, command)
	k := &webkit{}
	if err := k.open(r, p, "http://127.0.0.1:"+port+"/session", mini); err != nil {
		r.Fatalf("%v", err)
	}
	return newWindow(r, k)
}

// miniBrowser finds the browser that comes with the driver.
func miniBrowser(r browser.Reporter) string {
	r.Helper()
	found, _ := filepath.Glob("/usr/lib/*/webkit2gtk-4.?/MiniBrowser")
	if len(found) > 0 {
		return found[len(found)-1]
	}
	return require(r, "webkit2gtk-driver", "MiniBrowser")
}

// freePort answers a port that nobody listened on a moment ago.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port), nil
}

// xvfb starts a screen that nobody sees, and answers its name.
func xvfb(r browser.Reporter, path string) string {
	r.Helper()
	name, theirs, err := os.Pipe()
	if err != nil {
		r.Fatalf("open a pipe: %v", err)
	}
	defer name.Close()
	command := exec.Command(path, "-displayfd", "3", "-screen", "0", "800x1000x24", "-nolisten", "tcp")
	command.ExtraFiles = []*os.File{theirs}
	p := start(r, command)
	_ = theirs.Close()
	number, err := readLine(name)
	if err != nil {
		r.Fatalf("start a screen: %v; it said: %s", err, p.said)
	}
	return ":" + string(number)
}

// readLine reads up to a line feed and no further.
func readLine(from io.Reader) (line []byte, err error) {
	for b := make([]byte, 1); ; line = append(line, b[0]) {
		if _, err := io.ReadFull(from, b); err != nil || b[0] == '\n' {
			return line, err
		}
	}
}

// open asks the driver, when it listens, for a browser.
func (k *webkit) open(r browser.Reporter, p *process, url, mini string) error {
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	err := p.poll("wait for the driver", func() bool {
		answer, err := http.Get(url[:len(url)-len("session")] + "status")
		if err == nil {
			_ = answer.Body.Close()
		}
		return err == nil
	})
	if err != nil {
		return err
	}
	var made struct{ SessionID string }
	wait := patience.Milliseconds() * 3 / 2
	err = send(ctx, http.MethodPost, url, map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"webkitgtk:browserOptions": map[string]any{"binary": mini, "args": []string{"--automation"}},
		"timeouts":                 map[string]any{"script": wait, "pageLoad": wait},
	}}}, &made)
	if err != nil {
		return fmt.Errorf("open %s: %w; the driver said: %s", mini, err, p.said)
	}
	k.session = url + "/" + made.SessionID
	r.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), closing)
		defer cancel()
		_ = send(ctx, http.MethodDelete, k.session, nil, nil)
	})
	return nil
}

// send makes one WebDriver call and decodes its value into out, unless out is nil.
func send(ctx context.Context, method, url string, body map[string]any, out any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	var said struct{ Value json.RawMessage }
	if err := json.NewDecoder(io.LimitReader(answer.Body, maxAnswer)).Decode(&said); err != nil {
		return fmt.Errorf("decode the answer: %w", err)
	}
	if answer.StatusCode != http.StatusOK {
		var no struct{ Error, Message string }
		_ = json.Unmarshal(said.Value, &no)
		return &refusal{no.Error, no.Message}
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(said.Value, out)
}

func (k *webkit) faults() []string { return nil }

func (k *webkit) navigate(ctx context.Context, url string) error {
	return send(ctx, http.MethodPost, k.session+"/url", map[string]any{"url": url}, nil)
}

func (k *webkit) reload(ctx context.Context) error {
	return send(ctx, http.MethodPost, k.session+"/refresh", map[string]any{}, nil)
}

func (k *webkit) evaluate(ctx context.Context, expression string) (string, error) {
	var answer struct{ Value, Thrown *string }
	err := send(ctx, http.MethodPost, k.session+"/execute/async", map[string]any{"args": []any{}, "script": `
		const done = arguments[arguments.length - 1];
		Promise.resolve().then(() => ` + expression + `)
			.then((value) => done({ value: value ?? null }), (error) => done({ thrown: String(error) }))`}, &answer)
	switch {
	case err != nil:
		return "", err
	case answer.Thrown != nil:
		return "", fmt.Errorf("%s", *answer.Thrown)
	case answer.Value == nil:
		return "", nil
	}
	return *answer.Value, nil
}

func (k *webkit) press(ctx context.Context, x, y int) error { return k.perform(ctx, pointer(x, y)) }

func (k *webkit) write(ctx context.Context, text string) error { return k.perform(ctx, keyboard(text)) }

func (k *webkit) perform(ctx context.Context, source map[string]any) error {
	return send(ctx, http.MethodPost, k.session+"/actions", map[string]any{"actions": []any{source}}, nil)
}
