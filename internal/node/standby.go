package node

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"folje/internal/web"
)

// standby is the listener of a node that isn't the writer.
type standby struct {
	server *http.Server
	close  func() error // frees the address; a second call does nothing
}

func wait(addr string, h http.Handler) (*standby, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen as a standby: %w", err)
	}
	s := &standby{server: &http.Server{Handler: h}}
	web.DefaultTimeouts.Apply(s.server)
	s.close = sync.OnceValue(func() error {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if err := s.server.Shutdown(ctx); errors.Is(err, context.DeadlineExceeded) {
			return s.server.Close()
		}
		return nil
	})
	go func() { _ = s.server.Serve(listener) }()
	return s, nil
}
