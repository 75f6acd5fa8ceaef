package message

import "time"

// NewSettling, Edited and End let tests settle edits without a server.
func NewSettling(settle time.Duration, do func()) *settling { return newSettling(settle, do) }
func (s *settling) Edited()                                 { s.edited() }
func (s *settling) End()                                    { s.end() }
