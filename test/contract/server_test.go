package contract_test

import (
	"io"
	"net/http"
)

// says answers everything alike.
func says(answer string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, answer) }
}
