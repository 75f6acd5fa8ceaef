package command

import (
	"context"
	"errors"
	"io"
	"log/slog"

	"folje/internal/app"
	"folje/internal/cluster"
	"folje/internal/natsd"
	"folje/internal/web"
)

// shared is what a writer shares its work through, while it runs.
type shared struct {
	*app.Cluster // nil where nobody shares it
	fence        web.Fence
	close        func() // ends the app first
}

// share connects the opened app to NATS where --nats says so, to a server of its
// own where that is "embedded". A node brings its connection, and its lease.
func (o options) share(ctx context.Context, a *opened) (s shared, err error) {
	if s.fence, err = o.written(ctx, a.App); err != nil {
		return s, err
	}
	s.close = func() {}
	switch {
	case o.writer == nil && o.nats.URL != cluster.Embedded && o.inside != (natsd.Inside{}):
		return s, errors.New("--nats-listen and what belongs to it are for --nats embedded")
	case o.writer != nil:
		s.Cluster = &app.Cluster{Conn: o.writer.Conn, Term: o.writer.Term, Barrier: o.writer.Barrier}
	case o.nats.On():
		err = o.connect(ctx, a, &s)
		return s, err
	}
	return s, nil
}

func (o options) connect(ctx context.Context, a *opened, s *shared) error {
	log, end := a.Logger(), func() {}
	o.nats.Name, o.nats.Logger = "folje serve", log
	if o.nats.URL == cluster.Embedded {
		o.inside.Logger = log
		server, err := natsd.Embed(o.inside, o.dir, &o.nats)
		if err != nil {
			return err
		}
		end = server.Close
	}
	conn, err := cluster.Dial(ctx, o.nats)
	if err != nil {
		end()
		return err
	}
	s.Cluster = &app.Cluster{Conn: conn, Work: o.nats.InProcess != nil && o.inside.Listen == ""}
	s.close = func() {
		_ = a.end() // before its NATS; a.close says how it went
		conn.Close()
		end()
	}
	return nil
}

// logTo is a role's log where there is no database to keep it.
func logTo(out io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(out, nil)) }
