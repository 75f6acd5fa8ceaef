package confidential

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"

	"folje/internal/audit"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// requestView is a request as a holder sees it before she opens it.
type requestView struct {
	ID      string `json:"id" db:"id"`
	Key     string `json:"key" db:"key"`
	Arrived string `json:"arrived" db:"arrived"`
	State   string `json:"state" db:"state"`
	Opened  string `json:"opened" db:"opened"`
	Closed  string `json:"closed" db:"closed"`
}

// listRequests answers GET channels/{name}/requests → {requests: [{id, key,
// arrived, state, opened, closed}]}, the latest first.
func (f *feature) listRequests(e *core.RequestEvent) error {
	d, err := f.door(e.App, e.Auth.Id, e.Request.PathValue("name"))
	if err != nil {
		return err
	}
	if err := d.reads(); err != nil {
		return err
	}
	found := []requestView{}
	err = e.App.DB().Select("r.id", "r.key", "r.arrived", "r.state", "r.opened", "r.closed").From(requests+" r").
		InnerJoin(keys+" k", dbx.NewExp("[[k.id]] = [[r.key]]")).Where(dbx.HashExp{"k.channel": d.channel.Id}).
		OrderBy("r.arrived DESC", "r.id").All(&found)
	if err != nil {
		return fmt.Errorf("list requests: %w", err)
	}
	return e.JSON(http.StatusOK, map[string]any{"requests": found})
}

// request finds the request of the path for one who reads it now, in tx.
func (f *feature) request(tx core.App, e *core.RequestEvent) (door, *core.Record, error) {
	r, err := tx.FindRecordById(requests, e.Request.PathValue("id"))
	if errors.Is(err, sql.ErrNoRows) {
		return door{}, nil, problem.NotFound()
	}
	if err != nil {
		return door{}, nil, fmt.Errorf("find a request: %w", err)
	}
	name, err := channelOf(tx, r)
	if err != nil {
		return door{}, nil, err
	}
	d, err := f.door(tx, e.Auth.Id, name)
	if err != nil {
		return d, nil, err
	}
	return d, r, d.reads()
}

// channelOf names the request's channel.
func channelOf(app core.App, request *core.Record) (name string, err error) {
	err = app.DB().Select("c.name").From(channels+" c").InnerJoin(keys+" k", dbx.NewExp("[[k.channel]] = [[c.id]]")).
		Where(dbx.HashExp{"k.id": request.GetString("key")}).Row(&name)
	if err != nil {
		return "", fmt.Errorf("find a request's channel: %w", err)
	}
	return name, nil
}

// opened is a request with what is in it, as it came.
type opened struct {
	requestView
	Channel    string `json:"channel"`
	Ciphertext string `json:"ciphertext"`
}

// open answers POST requests/{id}/open. The row of the audit log is written
// before the request is read for the answer, and both are committed before the
// answer leaves.
func (f *feature) open(e *core.RequestEvent) error {
	var answer opened
	err := e.App.RunInTransaction(func(tx core.App) error {
		d, r, err := f.request(tx, e)
		if err != nil {
			return err
		}
		if err := audit.Write(tx, d.staff.Id, "open request", d.subject(r.Id), f.Now()); err != nil {
			return err
		}
		if r.GetString("state") == "new" {
			r.Load(map[string]any{"state": "opened", "opened": f.minute()})
			if err := tx.Save(r); err != nil {
				return fmt.Errorf("save a request: %w", err)
			}
		}
		answer = opened{viewRequest(r), d.name(), r.GetString("ciphertext")}
		return nil
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, answer)
}

func viewRequest(r *core.Record) requestView {
	return requestView{
		ID: r.Id, Key: r.GetString("key"), Arrived: r.GetString("arrived"), State: r.GetString("state"),
		Opened: r.GetString("opened"), Closed: r.GetString("closed"),
	}
}

// setState answers PUT requests/{id} {state: opened | answered | closed} with
// the request, without what is in it.
func (f *feature) setState(e *core.RequestEvent) error {
	var in struct {
		State string `json:"state"`
	}
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	var view requestView
	err := e.App.RunInTransaction(func(tx core.App) error {
		d, r, err := f.request(tx, e)
		if err != nil {
			return err
		}
		wrong := fields{}
		wrong.need("state", in.State, in.State == "opened" || in.State == "answered" || in.State == "closed")
		wrong.wrong("state", r.GetString("state") == "new") // nobody has read it
		if err := wrong.err(); err != nil {
			return err
		}
		r.Set("state", in.State)
		r.Set("closed", types.DateTime{})
		if in.State == "closed" {
			r.Set("closed", f.minute())
		}
		if err := tx.Save(r); err != nil {
			return fmt.Errorf("save a request: %w", err)
		}
		view = viewRequest(r)
		return audit.Write(tx, d.staff.Id, "set request "+in.State, d.subject(r.Id), f.Now())
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

// receipt says that a request was handed to the case system: which one, as the
// hash of the ciphertext, and the row of the audit log that says so. A hash of
// the text itself would let whoever has it try what the text may be.
type receipt struct {
	ID      string `json:"id"`
	Request string `json:"request"`
	Channel string `json:"channel"`
	Arrived string `json:"arrived"`
	SHA256  string `json:"sha256"`
	At      string `json:"at"`
	Seq     int    `json:"seq"`
	Hash    string `json:"hash"`
}

// export answers POST requests/{id}/export with a receipt. Her browser has the
// text, and makes the file.
func (f *feature) export(e *core.RequestEvent) error {
	var answer receipt
	err := e.App.RunInTransaction(func(tx core.App) error {
		d, r, err := f.request(tx, e)
		if err != nil {
			return err
		}
		if r.GetString("state") == "new" {
			return problem.Invalid(fields{"state": {Code: "error.field_invalid"}})
		}
		sum := sha256.Sum256(decode(r.GetString("ciphertext")))
		answer = receipt{Request: r.Id, Channel: d.name(), Arrived: r.GetString("arrived"), SHA256: hex.EncodeToString(sum[:])}
		row, err := audit.Add(tx, d.staff.Id, "export request", d.subject(r.Id, answer.SHA256), f.Now())
		answer.ID, answer.At, answer.Seq, answer.Hash = row.ID, row.At, row.Seq, row.Hash
		return err
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, answer)
}
