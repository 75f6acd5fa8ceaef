// Package rules holds the authorization matrix of the whole program: every
// collection and every route × every operation × everybody who may ask, on the
// public and on the administrators' listener, compared with a reviewed table.
//
// The world that is asked has two units, A and B. Every text in it is a canary:
// a string that stands in one field of one record and nowhere else, secrets and
// hidden fields included. A cell of the table (matrix.golden) says how a request
// was answered and whose canaries were in the answer, head or body; the table's
// first lines explain its codes.
//
//	go test ./test/rules           compares
//	go test ./test/rules -update   writes the table anew, to be read line by line
//
// What must never happen, whatever the table says, is stated beside it as
// invariants (invariant_test.go). What one may learn without being shown it,
// through filters and sort orders, is asked by probe_test.go.
//
// Who adds a collection gives it two records and two bodies in
// fixture_test.go; who adds a route gives it rows in row_own_test.go. Without
// them the test fails and says so.
package rules
