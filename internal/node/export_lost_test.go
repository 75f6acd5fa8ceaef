package node

// Lost is closed once another node has the lease.
func (w *Writer) Lost() <-chan struct{} { return w.lease.Lost() }
