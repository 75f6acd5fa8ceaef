// Package size_test says what phones fetch over the wire, in bytes.
package size_test
