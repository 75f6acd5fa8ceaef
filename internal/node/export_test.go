package node

import "time"

// Hurry gives the lease other times.
func (c *Config) Hurry(lasts, renew time.Duration) { c.lasts, c.renew = lasts, renew }
