package node

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"folje/internal/cluster"
	"folje/internal/erasure"
	"folje/internal/folder"

	"github.com/nats-io/nats.go/jetstream"
)

// erased is what people had erased while others wrote, as NATS has it.
func (c Config) erased(ctx context.Context) (all []erasure.Entry, err error) {
	stream, err := c.Conn.JS.Stream(ctx, cluster.Erased)
	if err != nil {
		return nil, fmt.Errorf("read erasures: %w", err)
	}
	left := stream.CachedInfo().State.Msgs
	if left == 0 {
		return nil, nil
	}
	messages, err := stream.OrderedConsumer(ctx, jetstream.OrderedConsumerConfig{FilterSubjects: []string{cluster.EveryErased}})
	if err != nil {
		return nil, fmt.Errorf("read erasures: %w", err)
	}
	for left > 0 {
		batch, err := messages.Fetch(int(min(left, 256)), jetstream.FetchMaxWait(5*time.Second))
		if err != nil {
			return nil, fmt.Errorf("read erasures: %w", err)
		}
		got := uint64(0)
		for m := range batch.Messages() {
			got++
			entry, err := entryOf(m)
			if err != nil { // nobody's who tells of erasures
				c.Log.Warn("read erasures", "cause", err.Error())
				continue
			}
			all = append(all, entry)
		}
		if err := errors.Join(batch.Error(), ctx.Err()); err != nil || got == 0 {
			return nil, fmt.Errorf("read erasures: %w: %w", cluster.ErrAway, err)
		}
		left -= min(got, left)
	}
	return all, nil
}

// entryOf reads one: its mark is in its subject.
func entryOf(m jetstream.Msg) (erasure.Entry, error) {
	mark, err := cluster.Word(strings.TrimPrefix(m.Subject(), strings.TrimSuffix(cluster.EveryErased, ">")))
	if err != nil {
		return erasure.Entry{}, fmt.Errorf("read erasures: %w", err)
	}
	at := time.Now()
	if meta, err := m.Metadata(); err == nil {
		at = meta.Timestamp
	}
	return erasure.Entry{Kind: erasure.Device, Mark: mark, Day: at.UTC().Format(time.DateOnly)}, nil
}

// noteErased adds them to the data folder's journal, and gives all that it has.
func (c Config) noteErased(ctx context.Context) ([]erasure.Entry, error) {
	path := erasure.File(c.Dir)
	here, err := erasure.Read(path)
	if err != nil {
		return nil, err
	}
	heard, err := c.erased(ctx)
	if err != nil {
		return nil, err
	}
	all := erasure.Merge(here, heard)
	if len(all) == len(here) {
		return all, nil
	}
	return all, folder.WriteFile(path, erasure.Format(all))
}

// tellErased has NATS know all erasures that the data folder's journal has, also
// those from before there were nodes: the next writer may be given a backup that
// is older.
func (w *Writer) tellErased(ctx context.Context) error {
	here, err := erasure.Read(erasure.File(w.Dir))
	if err != nil {
		return err
	}
	heard, err := w.erased(ctx)
	if err != nil {
		return err
	}
	for _, e := range erasure.Merge(heard, here)[len(erasure.Merge(heard)):] {
		if e.Kind != erasure.Device {
			continue
		}
		if err := w.lease.Holds(); err != nil {
			return err
		}
		if err := w.Conn.Publish(ctx, cluster.NewMsg(cluster.ErasedOf(e.Mark), w.Term(), "erased-"+e.Mark, nil)); err != nil {
			return fmt.Errorf("tell of erasures: %w", err)
		}
	}
	return nil
}

// tellAllErased does it, as often as that takes.
func (w *Writer) tellAllErased(ctx context.Context) {
	for {
		err := w.tellErased(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		w.Log.Warn("look after the node", "cause", err.Error())
		select {
		case <-ctx.Done():
			return
		case <-time.After(looks):
		}
	}
}
