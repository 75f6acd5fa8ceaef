// Package desktop stands in for the part of a desktop that shows notifications,
// so that a test sees what a person would see of a browser that has no screen,
// and presses it: org.freedesktop.Notifications on a session bus of its own.
// A press is the person's, so that the browser lets a page be opened for it.
package desktop

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/godbus/dbus/v5"
)

// Reporter is the part of testing.TB that a desktop speaks to.
type Reporter interface {
	Helper()
	Context() context.Context
	Cleanup(func())
	TempDir() string
	Setenv(name, value string)
	Fatalf(format string, args ...any)
	Skipf(format string, args ...any)
}

const (
	name = "org.freedesktop.Notifications"
	path = "/org/freedesktop/Notifications"
	// patience bounds every wait.
	patience = 30 * time.Second
)

// The name of a press on the notification itself, and the reasons of its end.
const (
	defaultAction = "default"
	byPerson      = uint32(2)
	byProgram     = uint32(3)
)

// Notice is a notification as a desktop shows it.
type Notice struct {
	ID          uint32
	Title, Body string
	Replaced    bool // it took the place of another
}

// Desktop shows notifications.
type Desktop struct {
	reporter Reporter
	bus      *dbus.Conn

	mu      sync.Mutex
	last    uint32
	visible []Notice
	shown   int
	news    chan struct{}
}

// Start opens a desktop for the programs that the test starts from then on, in
// whose environment it puts the bus. It skips the test where there is no bus.
func Start(r Reporter) *Desktop {
	r.Helper()
	d := &Desktop{reporter: r, news: make(chan struct{})}
	address, err := daemon(r)
	if err != nil {
		r.Fatalf("start a session bus: %v", err)
	}
	if d.bus, err = dbus.Connect(address); err != nil {
		r.Fatalf("connect to the session bus: %v", err)
	}
	r.Cleanup(func() { _ = d.bus.Close() })
	if err := d.bus.Export((*methods)(d), path, name); err != nil {
		r.Fatalf("offer notifications: %v", err)
	}
	if _, err := d.bus.RequestName(name, dbus.NameFlagDoNotQueue); err != nil {
		r.Fatalf("offer notifications: %v", err)
	}
	r.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
	return d
}

// configuration lets everybody on the bus do everything.
const configuration = `<busconfig><type>session</type><listen>unix:tmpdir=%s</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`

// daemon runs a bus and answers its address.
func daemon(r Reporter) (string, error) {
	program, err := exec.LookPath("dbus-daemon")
	if err != nil {
		if os.Getenv("CI") != "" {
			r.Fatalf("dbus-daemon is not installed (Debian: apt-get install dbus-daemon)")
		}
		r.Skipf("browser test skipped: dbus-daemon is not installed (Debian: apt-get install dbus-daemon)")
	}
	file := filepath.Join(r.TempDir(), "bus.conf")
	if err := os.WriteFile(file, fmt.Appendf(nil, configuration, os.TempDir()), 0o600); err != nil {
		return "", err
	}
	command := exec.Command(program, "--nofork", "--print-address", "--config-file="+file)
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // else it outlives a test that is killed
	out, err := command.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := command.Start(); err != nil {
		return "", err
	}
	r.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	return strings.TrimSpace(address), err
}

// Await waits until what is visible is as the test says, and answers it.
func (d *Desktop) Await(what string, is func(visible []Notice) bool) []Notice {
	d.reporter.Helper()
	end := time.After(patience)
	for {
		d.mu.Lock()
		visible, news := slices.Clone(d.visible), d.news
		d.mu.Unlock()
		if is(visible) {
			return visible
		}
		select {
		case <-news:
		case <-end:
			d.reporter.Fatalf("%s: not in %v; visible are %+v", what, patience, visible)
		}
	}
}

// Shown is how often something was shown so far, replaced or not.
func (d *Desktop) Shown() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.shown
}

// Press presses a notification, which goes away.
func (d *Desktop) Press(n Notice) {
	d.reporter.Helper()
	err := d.bus.Emit(path, name+".ActionInvoked", n.ID, defaultAction)
	if err != nil {
		d.reporter.Fatalf("press a notification: %v", err)
	}
	(*methods)(d).end(n.ID, byPerson)
}

// methods are what programs call.
type methods Desktop

// GetCapabilities says what notifications may have.
func (m *methods) GetCapabilities() ([]string, *dbus.Error) {
	return []string{"actions", "body"}, nil
}

// GetServerInformation names the desktop.
func (m *methods) GetServerInformation() (name, vendor, version, specification string, err *dbus.Error) {
	return "test", "Följe", "1", "1.2", nil
}

// Notify shows a notification, in the place of the one that it replaces.
func (m *methods) Notify(_ string, replaces uint32, _, summary, body string, _ []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := Notice{ID: replaces, Title: summary, Body: body, Replaced: replaces != 0}
	if i := m.at(replaces); i >= 0 {
		m.visible[i] = n
	} else {
		m.last++
		n.ID = m.last
		m.visible = append(m.visible, n)
	}
	m.shown++
	m.tell()
	return n.ID, nil
}

// CloseNotification takes a notification away.
func (m *methods) CloseNotification(id uint32) *dbus.Error {
	m.end(id, byProgram)
	return nil
}

func (m *methods) end(id, reason uint32) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if i := m.at(id); i >= 0 {
		m.visible = slices.Delete(m.visible, i, i+1)
		m.tell()
	}
	_ = m.bus.Emit(path, name+".NotificationClosed", id, reason) // nobody may listen any more
}

func (m *methods) at(id uint32) int {
	return slices.IndexFunc(m.visible, func(n Notice) bool { return n.ID == id })
}

// tell wakes who waits. The lock is held.
func (m *methods) tell() {
	close(m.news)
	m.news = make(chan struct{})
}
