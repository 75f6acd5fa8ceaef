package command

import (
	"context"
	"io"
	"log/slog"

	"folje/internal/app"
	"folje/internal/cluster"
	"folje/internal/natsd"
)

// shared is the NATS that a writer shares its work through, while it runs.
type shared struct {
	*app.Cluster // nil where there is none
	close        func()
}

// share connects the writer to NATS where --nats says so, to a server of its
// own where that is "embedded". A node brings its connection.
func (o options) share(ctx context.Context, log *slog.Logger) (shared, error) {
	switch {
	case o.writer != nil:
		return shared{&app.Cluster{Conn: o.writer.Conn, Term: o.writer.Term, Barrier: o.writer.Barrier}, func() {}}, nil
	case !o.nats.On():
		return shared{nil, func() {}}, nil
	}
	o.nats.Name, o.nats.Logger = "folje serve", log
	end := func() {}
	if o.nats.URL == cluster.Embedded {
		o.inside.Logger = log
		s, err := natsd.Embed(o.inside, o.dir, &o.nats)
		if err != nil {
			return shared{}, err
		}
		end = s.Close
	}
	conn, err := cluster.Dial(ctx, o.nats)
	if err != nil {
		end()
		return shared{}, err
	}
	return shared{&app.Cluster{Conn: conn, Work: o.nats.InProcess != nil && o.inside.Listen == ""}, func() {
		conn.Close()
		end()
	}}, nil
}

// logTo is a role's log where there is no database to keep it.
func logTo(out io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(out, nil)) }
