package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"crypto/x509"

	"folje/internal/cluster"
	"folje/internal/natsd"
	"folje/internal/push"
	"folje/internal/shard"
)

// child is a process of this program's, which ends with it.
type child struct {
	said  string // its first line
	cmd   *exec.Cmd
	stdin io.Closer
}

func start(ctx context.Context, args ...string) (*child, error) {
	own, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &child{cmd: exec.CommandContext(ctx, own, args...)}
	c.cmd.Stderr = os.Stderr
	if c.stdin, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", args[0], err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("ask %s how it is: %w", args[0], err), c.stop())
	}
	c.said = strings.TrimSpace(line)
	return c, nil
}

func (c *child) stop() error {
	_ = c.stdin.Close() // which it takes for the end
	return c.cmd.Wait()
}

// used is the processor time that a stopped child had.
func (c *child) used() time.Duration {
	return c.cmd.ProcessState.UserTime() + c.cmd.ProcessState.SystemTime()
}

// ends is a context that ends with the parent.
func ends() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		cancel()
	}()
	return ctx
}

// serveNATS is three servers in the folder, as folje natsd runs them.
func serveNATS(folder string) error {
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	var routes, urls []string
	var listeners []net.Listener // all at once, or one port comes twice
	for range 3 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		routes, listeners = append(routes, l.Addr().String()), append(listeners, l)
	}
	for _, l := range listeners {
		if err := l.Close(); err != nil {
			return err
		}
	}
	for i, at := range routes {
		name := fmt.Sprintf("n%d", i)
		s, err := natsd.Start(natsd.Config{
			Name: name, Dir: filepath.Join(folder, name), Listen: "127.0.0.1:0", ClusterListen: at, Routes: routes, Logger: quiet,
		})
		if err != nil {
			return err
		}
		urls = append(urls, s.ClientURL())
	}
	fmt.Println(strings.Join(urls, ","))
	<-ends().Done()
	os.Exit(0)
	return nil
}

// serveWorker is a worker: the servers, the keys' file, the sink's certificate
// and how many messages are sent at once are its arguments.
func serveWorker(args []string) error {
	raw, err := os.ReadFile(args[1])
	if err != nil {
		return err
	}
	keys, err := push.ParseVAPID(string(raw))
	if err != nil {
		return err
	}
	pem, err := os.ReadFile(args[2])
	if err != nil {
		return err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	ctx := ends()
	conn, err := cluster.Dial(ctx, cluster.Config{URL: args[0], Name: "worker"})
	if err != nil {
		return err
	}
	defer conn.Close()
	concurrency, err := strconv.Atoi(args[3])
	if err != nil {
		return err
	}
	w, err := shard.NewWorker(shard.WorkerConfig{
		Conn: conn, Keys: keys, Services: origins{}, Concurrency: concurrency, Logger: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: time.Now,
		Sender: push.NewSender(push.SenderConfig{
			VAPID: keys, Contact: contact, Services: origins{}, Now: time.Now, Roots: roots, Dial: new(net.Dialer).DialContext,
		}),
	})
	if err != nil {
		return err
	}
	fmt.Println("at work")
	w.Run(ctx)
	os.Exit(0)
	return nil
}

const contact = "https://folje.example"

// origins lets any endpoint through, and answers its origin.
type origins struct{}

// Check is what a sender asks.
func (origins) Check(endpoint string) (string, error) {
	u, err := url.Parse(endpoint)
	if err != nil {
		return "", err
	}
	return u.Scheme + "://" + u.Host, nil
}
