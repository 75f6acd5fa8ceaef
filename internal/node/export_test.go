package node

import (
	"context"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// Hurry gives the lease other times.
func (c *Config) Hurry(lasts, renew time.Duration) { c.lasts, c.renew = lasts, renew }

// NoteKeys is what is done each minute.
func (w *Writer) NoteKeys(ctx context.Context, app core.App) error { return w.noteKeys(ctx, app) }

// ForgetOld is what is done each hour.
func (w *Writer) ForgetOld(ctx context.Context) error { return w.forgetOld(ctx) }
