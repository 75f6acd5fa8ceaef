package confidential

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"folje/internal/audit"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// colleague is somebody a request may be shared with, once she has a key.
type colleague struct {
	ID        string `json:"id" db:"id"`
	Name      string `json:"name" db:"name"`
	Recipient string `json:"recipient" db:"recipient"`
}

// listPeople answers GET people?role= → {people: [{id, name, recipient}]}, to
// holders who are in: all other members of staff, or those of a role; recipient
// is "" for one who has made no key yet.
func (f *feature) listPeople(e *core.RequestEvent) error {
	in, err := f.channelsIn(e.App, e.Auth.Id)
	if err != nil {
		return err
	}
	if len(in) == 0 {
		return problem.NotFound()
	}
	found := []colleague{}
	q := e.App.DB().Select("s.id", "s.name", "coalesce([[k.recipient]], '') AS [[recipient]]").From("staff s").
		LeftJoin(own+" k", dbx.NewExp("[[k.staff]] = [[s.id]]")).Where(dbx.NewExp("[[s.id]] != {:me} AND [[s.left]] = ''", dbx.Params{"me": e.Auth.Id}))
	if role := e.Request.URL.Query().Get("role"); role != "" {
		q.AndWhere(dbx.NewExp("EXISTS (SELECT 1 FROM json_each([[s.roles]]) WHERE value = {:role})", dbx.Params{"role": role}))
	}
	if err := q.OrderBy("s.name", "s.id").All(&found); err != nil {
		return fmt.Errorf("list colleagues: %w", err)
	}
	return e.JSON(http.StatusOK, map[string]any{"people": found})
}

// channelsIn are the channels that she is let into.
func (f *feature) channelsIn(app core.App, staff string) (names []string, err error) {
	for name := range roles {
		d, err := f.door(app, staff, name)
		if errors.Is(err, problem.NotFound()) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if d.isIn() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}

// mostLinks is how many rows of the chain one answer has.
const mostLinks = 1000

// linkView is a row of the audit log as a holder sees it: what it is linked by,
// and what it says where it is about a channel of hers.
type linkView struct {
	Seq     int    `json:"seq"`
	Digest  string `json:"digest"`
	Hash    string `json:"hash"`
	At      string `json:"at,omitempty"`
	Actor   string `json:"actor,omitempty"`
	Action  string `json:"action,omitempty"`
	Subject string `json:"subject,omitempty"`
}

// listChain answers GET audit/chain?after= → {head: {seq, hash}, rows: [{seq,
// digest, hash, at?, actor?, action?, subject?}]} to holders who are in, with at
// most a thousand rows. Each hash is that of the hash before and the digest, so
// that her browser can check that the log goes on from the head it keeps.
func (f *feature) listChain(e *core.RequestEvent) error {
	in, err := f.channelsIn(e.App, e.Auth.Id)
	if err != nil {
		return err
	}
	if len(in) == 0 {
		return problem.NotFound()
	}
	after, err := seqOf(e.Request.URL.Query().Get("after"))
	if err != nil {
		return err
	}
	head, err := audit.Last(e.App)
	if err != nil {
		return err
	}
	rows, err := audit.After(e.App, after, mostLinks)
	if err != nil {
		return err
	}
	views := make([]linkView, len(rows))
	for i, r := range rows {
		views[i] = linkView{Seq: r.Seq, Digest: r.Digest(), Hash: r.Hash}
		if tells(r, in) {
			views[i].At, views[i].Actor, views[i].Action, views[i].Subject = r.At, r.Actor, r.Action, r.Subject
		}
	}
	return e.JSON(http.StatusOK, map[string]any{"head": head, "rows": views})
}
