package node

import "context"

// Lost is closed once another node has the lease.
func (w *Writer) Lost() <-chan struct{} { return w.lease.Lost() }

// TellErased is what is done at the start of a term.
func (w *Writer) TellErased(ctx context.Context) error { return w.tellErased(ctx) }
