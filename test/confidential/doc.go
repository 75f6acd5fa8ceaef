// Package confidential asks the real program, as a process of its own, what it
// promises of confidential requests: that nothing of them can be read from
// anything it writes, and that each comes exactly once, whenever it is killed.
package confidential
