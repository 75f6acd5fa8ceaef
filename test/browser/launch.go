package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// closing is how long a browser may take to end by itself before it is killed.
const closing = 5 * time.Second

// flags make a headless Chromium quiet: no QUIC, no updates, no sync, nothing
// asked from its maker's servers, no renderer kept ready in each window for an
// address bar that nobody sees, and pages in the background as awake as the one
// in front, since two tests share the machine. Its microphone beeps, and is given
// to pages that ask.
var flags = []string{
	"--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--disable-quic",
	"--no-first-run", "--no-default-browser-check", "--disable-dev-shm-usage",
	"--disable-background-networking", "--disable-component-update", "--disable-sync",
	"--disable-default-apps", "--disable-extensions", "--disable-client-side-phishing-detection",
	"--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding",
	"--disable-background-timer-throttling", "--disable-hang-monitor", "--disable-ipc-flooding-protection",
	"--disable-back-forward-cache", "--disable-breakpad", "--disable-field-trial-config", "--allow-pre-commit-input",
	"--disable-features=Translate,MediaRouter,OptimizationHints,PaintHolding,CalculateNativeWinOcclusion,WebUIOmniboxPopup,WebUIOmniboxAimPopup",
	"--metrics-recording-only", "--mute-audio", "--hide-scrollbars", "--force-color-profile=srgb",
	"--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
	"--password-store=basic", "--use-mock-keychain", "--lang=sv-SE",
}

// Find answers the path of a Chromium: CHROME_PATH, or the first of the usual
// names in PATH.
func Find() (string, error) {
	if path := os.Getenv("CHROME_PATH"); path != "" {
		return path, nil
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no Chromium is installed (Debian: apt-get install chromium), or set CHROME_PATH")
}

// Browser is one Chromium process.
type Browser struct {
	conn     *conn
	command  *exec.Cmd
	folder   string
	ended    chan struct{}
	stderr   *tail
	agent    string
	mu       sync.Mutex
	profiles map[string]*Profile // by browser context
	sessions map[string]*Profile // by DevTools session
}

// Launch starts Chromium at path with its profile in folder, which it makes if
// missing and finds as it was if not. The caller closes it.
func Launch(ctx context.Context, path, folder string, extra ...string) (*Browser, error) {
	toBrowser, commands, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("open the command pipe: %w", err)
	}
	answers, fromBrowser, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("open the answer pipe: %w", err)
	}
	b := &Browser{
		folder: folder, ended: make(chan struct{}), stderr: &tail{},
		profiles: map[string]*Profile{}, sessions: map[string]*Profile{},
	}
	b.command = exec.Command(path, append(append([]string{"--user-data-dir=" + folder}, flags...), append(extra, "about:blank")...)...)
	b.command.ExtraFiles = []*os.File{toBrowser, fromBrowser} // Chromium reads descriptor 3 and writes 4
	b.command.Stderr = b.stderr
	b.command.Env = append(os.Environ(), "TZ=Europe/Stockholm", "LANGUAGE=sv")
	err = b.command.Start()
	_, _ = toBrowser.Close(), fromBrowser.Close()
	if err != nil {
		_, _ = commands.Close(), answers.Close()
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	go func() {
		_ = b.command.Wait()
		_, _ = commands.Close(), answers.Close()
		close(b.ended)
	}()
	b.conn = newConn(answers, commands, b.handle)
	if err := b.greet(ctx); err != nil {
		b.Close()
		return nil, fmt.Errorf("speak with %s: %w; it said: %s", path, err, b.stderr)
	}
	return b, nil
}

// greet learns the browser's name and asks to be shown every service worker
// before it runs its first line, so that no request of it goes uncounted.
func (b *Browser) greet(ctx context.Context) error {
	var version struct {
		UserAgent string `json:"userAgent"`
	}
	if err := b.conn.call(ctx, "", "Browser.getVersion", nil, &version); err != nil {
		return err
	}
	b.agent = strings.Replace(version.UserAgent, "HeadlessChrome", "Chrome", 1)
	type filter struct {
		Type    string `json:"type,omitempty"`
		Exclude bool   `json:"exclude"`
	}
	return b.conn.call(ctx, "", "Target.setAutoAttach", map[string]any{
		"autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true,
		"filter": []filter{{Type: worker}, {Exclude: true}},
	}, nil)
}

// Close ends the browser and waits for its end.
func (b *Browser) Close() {
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	_ = b.conn.call(ctx, "", "Browser.close", nil, nil)
	select {
	case <-b.ended:
	case <-ctx.Done():
		_ = b.command.Process.Kill()
		<-b.ended
	}
}

// Port answers the port of a profile's browser that was opened with the flag
// --remote-debugging-port=0, for tools that drive it from outside.
func (p *Profile) Port() string {
	p.reporter.Helper()
	said, err := os.ReadFile(filepath.Join(p.browser.folder, "DevToolsActivePort"))
	if err != nil {
		p.reporter.Fatalf("find the browser's port: %v", err)
	}
	port, _, _ := strings.Cut(string(said), "\n")
	return port
}
