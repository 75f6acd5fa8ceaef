package confidential

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"folje/internal/audit"
	"folje/internal/database"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// holderView is a holder as holders, head and administrators see her.
type holderView struct {
	ID        string `json:"id"`
	Staff     string `json:"staff"`
	Name      string `json:"name"`
	State     string `json:"state"`
	Recipient string `json:"recipient"`
	Cover     *span  `json:"cover"`
}

func viewHolder(app core.App, r *core.Record) (holderView, error) {
	v := holderView{ID: r.Id, Staff: r.GetString("staff"), State: r.GetString("state"), Cover: coverOf(r)}
	staff, err := app.FindRecordById("staff", v.Staff)
	if err != nil {
		return v, fmt.Errorf("find a holder's account: %w", err)
	}
	v.Name = staff.GetString("name")
	key, err := ownKey(app, v.Staff)
	if err != nil {
		return v, err
	}
	if key != nil {
		v.Recipient = key.GetString("recipient")
	}
	return v, nil
}

func coverOf(r *core.Record) *span {
	if r.GetString("coverFrom") == "" {
		return nil
	}
	return &span{r.GetString("coverFrom"), r.GetString("coverTo")}
}

// holderViews are all who asked, are in, or left, in the order of their ids.
func holderViews(app core.App, channel string) ([]holderView, error) {
	all, err := app.FindRecordsByFilter(holders, "channel = {:channel}", "id", 0, 0, dbx.Params{"channel": channel})
	if err != nil {
		return nil, fmt.Errorf("list holders: %w", err)
	}
	views := make([]holderView, 0, len(all))
	for _, r := range all {
		v, err := viewHolder(app, r)
		if err != nil {
			return nil, err
		}
		views = append(views, v)
	}
	return views, nil
}

// ownHolder is what a holder gets of herself: what she needs to open requests
// with, which is nothing without her passphrase.
type ownHolder struct {
	ID        string     `json:"id"`
	State     string     `json:"state"`
	Cover     *span      `json:"cover"`
	Recipient string     `json:"recipient"`
	Identity  string     `json:"identity"`
	Keys      []keyView  `json:"keys"`
	Wraps     []wrapView `json:"wraps"`
}

type wrapView struct {
	Key     string `json:"key"`
	Wrapped string `json:"wrapped"`
}

// getHolder answers GET channels/{name}/holder.
func (f *feature) getHolder(e *core.RequestEvent) error {
	d, err := f.door(e.App, e.Auth.Id, e.Request.PathValue("name"))
	if err != nil {
		return err
	}
	return f.showHolder(e, d)
}

func (f *feature) showHolder(e *core.RequestEvent, d door) error {
	if d.holder == nil || !d.mayHold() {
		return problem.NotFound()
	}
	v := ownHolder{ID: d.holder.Id, State: d.holder.GetString("state"), Cover: coverOf(d.holder), Wraps: []wrapView{}}
	key, err := ownKey(e.App, d.staff.Id)
	if err != nil {
		return err
	}
	if key != nil {
		v.Recipient, v.Identity = key.GetString("recipient"), key.GetString("identity")
	}
	all, err := allKeys(e.App, d.channel.Id)
	if err != nil {
		return err
	}
	v.Keys = keyViews(all, true)
	if d.reads() == nil {
		if v.Wraps, err = wrapsOf(e.App, d.holder.Id); err != nil {
			return err
		}
	}
	return e.JSON(http.StatusOK, v)
}

func wrapsOf(app core.App, holder string) ([]wrapView, error) {
	all, err := app.FindRecordsByFilter(wraps, "holder = {:holder}", "key.number", 0, 0, dbx.Params{"holder": holder})
	if err != nil {
		return nil, fmt.Errorf("list wrapped keys: %w", err)
	}
	views := make([]wrapView, len(all))
	for i, r := range all {
		views[i] = wrapView{r.GetString("key"), r.GetString("wrapped")}
	}
	return views, nil
}

// putHolder answers PUT channels/{name}/holder {recipient, identity}: she asks to
// be let in, with her own key; once she is in, it stores that key under another
// passphrase. Another key is another asking.
func (f *feature) putHolder(e *core.RequestEvent) error {
	d, err := f.door(e.App, e.Auth.Id, e.Request.PathValue("name"))
	if err != nil {
		return err
	}
	if !d.mayHold() {
		return problem.NotFound()
	}
	in, err := readOwnKey(e)
	if err != nil {
		return err
	}
	err = e.App.RunInTransaction(func(tx core.App) error {
		if d, err = f.door(tx, e.Auth.Id, d.name()); err != nil {
			return err
		}
		if err := f.storeOwnKey(tx, d.staff.Id, in); err != nil {
			return err
		}
		if err := f.ask(tx, d); err != nil {
			return err
		}
		d, err = f.door(tx, d.staff.Id, d.name())
		return err
	})
	if err != nil {
		return err
	}
	return f.showHolder(e, d)
}

// ask makes her one who asked, unless she is already, or is in.
func (f *feature) ask(tx core.App, d door) (err error) {
	r := d.holder
	if r == nil {
		if r, err = database.NewRecord(tx, holders); err != nil {
			return err
		}
		r.Load(map[string]any{"channel": d.channel.Id, "staff": d.staff.Id})
	} else if r, err = tx.FindRecordById(holders, r.Id); err != nil { // another key has put her out
		return fmt.Errorf("find a holder: %w", err)
	}
	if state := r.GetString("state"); state == "in" || state == "asked" {
		return nil
	}
	r.Load(map[string]any{"state": "asked", "coverFrom": "", "coverTo": ""})
	if err := tx.Save(r); err != nil {
		return fmt.Errorf("save a holder: %w", err)
	}
	return audit.Write(tx, d.staff.Id, "ask to be let in", d.subject(r.Id), f.Now())
}

// holderChange is the body of PUT channels/{name}/holders/{id}.
type holderChange struct {
	State string          `json:"state"`
	Wraps []wrapView      `json:"wraps"`
	Cover json.RawMessage `json:"cover"`
}

// changeHolder answers PUT channels/{name}/holders/{id} with the channel:
// {state: "in", wraps, cover?} by a holder, {state: "left"} by the head, an
// administrator or herself, {cover: {from, to} | null} by any of them but
// herself.
func (f *feature) changeHolder(e *core.RequestEvent) error {
	var in holderChange
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	return f.change(e, func(tx core.App, d door) error {
		r, err := tx.FindRecordById(holders, e.Request.PathValue("id"))
		if errors.Is(err, sql.ErrNoRows) || err == nil && r.GetString("channel") != d.channel.Id {
			return problem.NotFound()
		}
		if err != nil {
			return fmt.Errorf("find a holder: %w", err)
		}
		switch {
		case in.State == "in":
			return f.letIn(tx, d, r, in)
		case in.State == "left":
			return f.putOut(tx, d, r)
		case in.State == "" && len(in.Cover) > 0:
			return f.setCover(tx, d, r, in.Cover)
		}
		return problem.Invalid(fields{"state": {Code: "error.field_invalid"}})
	})
}
