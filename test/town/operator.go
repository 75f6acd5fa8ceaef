package town

import (
	"net/http"
	"strings"
)

// Operator runs the machine: she changes in PocketBase's dashboard, by its
// routes, what staff have no screen for.
type Operator struct{ office *Office }

// Operator lets herself in. The server is stopped for that and started again.
func (w *Town) Operator() *Operator {
	w.r.Helper()
	const email = "drift@kommun.example"
	w.Stop()
	password, err := w.Server.Run(w.r.Context(), "superuser", email)
	w.must(err)
	w.Start()
	o := &Office{town: w, origin: w.Server.Dashboard()}
	var session struct{ Token string }
	o.ask(http.MethodPost, "/api/collections/_superusers/auth-with-password",
		map[string]string{"identity": email, "password": strings.TrimSpace(password)}, &session)
	o.token = session.Token
	return &Operator{o}
}

// Changes sets some of what the dashboard shows at a path of PocketBase's
// routes: "collections/staff", "settings".
func (o *Operator) Changes(path string, values map[string]any) {
	o.office.town.r.Helper()
	o.office.ask(http.MethodPatch, "/api/"+path, values, nil)
}

// SendsMail tells the server of a mailbox's mail server.
func (o *Operator) SendsMail(m *Mailbox) {
	o.office.town.r.Helper()
	o.Changes("settings", map[string]any{
		"meta": map[string]any{"senderName": "Följe", "senderAddress": "folje@kommun.example"},
		"smtp": map[string]any{"enabled": true, "host": m.host, "port": m.port},
	})
}
