package web

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// refuser answers what never reaches a handler, in the shape of all errors
// here: {code, message}, the code being a message id and the message in the
// caller's language.
type refuser struct{ messages Messages }

func (f refuser) write(w http.ResponseWriter, r *http.Request, status int, code string) {
	tag := f.messages.Negotiate(r.Header.Get("Accept-Language"))
	answer, _ := json.Marshal(map[string]string{"code": code, "message": f.messages.Text(tag, code, nil)})
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Language", tag)
	h.Set("Content-Length", strconv.Itoa(len(answer)))
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(answer)
}

// method answers 405 with the methods there are.
func (f refuser) method(w http.ResponseWriter, r *http.Request, allow string) {
	w.Header().Set("Allow", allow)
	f.write(w, r, http.StatusMethodNotAllowed, "error.method")
}

func (f refuser) notFound(w http.ResponseWriter, r *http.Request) {
	f.write(w, r, http.StatusNotFound, "error.not_found")
}
