package attachment

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"folje/internal/access"
	"folje/internal/audit"
	"folje/internal/database"
	"folje/internal/pattern"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
)

func (f *feature) bindRoutes(app core.App) {
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		g := e.Router.Group("/api/folje/v1")
		g.GET("/staff/letters/{id}/attachments", problem.Handle(f.Locales, f.list))
		g.PUT("/staff/letters/{id}/attachments/{attachment}", problem.Handle(f.Locales, f.put))
		g.GET("/attachments/{id}", problem.Handle(f.Locales, f.fetch))
		return e.Next()
	})
}

// ids are what an editor makes.
var ids = pattern.Of(`^[a-z0-9]{15}$`)

// letter finds the letter of the path for those who write it. Who may not know
// it gets the same answer as for one that isn't there.
func (f *feature) letter(e *core.RequestEvent) (Use, error) {
	if !access.IsStaff(e.Auth) {
		return Use{}, problem.SignIn()
	}
	use, err := f.Letter(e.App, e.Request.PathValue("id"))
	if err != nil {
		return use, err
	}
	if !CanAttach(e.Auth, use.Unit) {
		return use, problem.NotFound()
	}
	return use, nil
}

// CanAttach reports whether staff may put attachments into letters of the unit:
// its editors.
func CanAttach(staff *core.Record, unit string) bool {
	return access.HasRole(staff, access.RoleEditor) && access.InUnit(staff, unit)
}

// list answers GET staff/letters/{id}/attachments with all that the letter has,
// and with the limits.
func (f *feature) list(e *core.RequestEvent) error {
	if _, err := f.letter(e); err != nil {
		return err
	}
	records, err := of(e.App, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	all := make([]View, len(records))
	for i, r := range records {
		all[i] = view(r)
	}
	return e.JSON(http.StatusOK, map[string]any{"attachments": all})
}

// put answers PUT staff/letters/{id}/attachments/{attachment} with the
// attachment as it is kept. It may be repeated after a lost answer; another
// thing under the same id is a conflict.
func (f *feature) put(e *core.RequestEvent) error {
	if _, err := f.letter(e); err != nil {
		return err
	}
	id := e.Request.PathValue("attachment")
	if !ids.MatchString(id) {
		return problem.NotFound()
	}
	u, err := readUpload(e)
	if err != nil {
		return err
	}
	var made *core.Record
	err = e.App.RunInTransaction(func(tx core.App) (err error) {
		made, err = f.keep(tx, e.Request.PathValue("id"), id, u, e.Auth.Id)
		return err
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view(made))
}

func (f *feature) keep(tx core.App, letter, id string, u upload, author string) (*core.Record, error) {
	known, err := tx.FindRecordById(collection, id)
	if err == nil && known.GetString("letter") == letter && known.GetString("sum") == u.sum {
		return known, nil
	}
	if err == nil {
		return nil, problem.Conflict("error.attachment_taken", nil)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("find an attachment: %w", err)
	}
	use, err := f.Letter(tx, letter) // as it is now
	if err != nil {
		return nil, err
	}
	if err := makeRoom(tx, letter, use, len(u.body)); err != nil {
		return nil, err
	}
	made, err := store(tx, letter, id, u, author)
	if err != nil {
		return nil, err
	}
	return made, audit.Write(tx, author, "attach to letter", letter, f.Now())
}

// makeRoom refuses one more than a letter may have. What the letter no longer
// stands for goes first.
func makeRoom(tx core.App, letter string, use Use, more int) error {
	records, err := of(tx, letter)
	if err != nil {
		return err
	}
	count, total := 0, more
	for _, r := range records {
		if !use.stands(r.Id) {
			if len(records) < MaxCount {
				continue // she may want it back
			}
			if err := tx.Delete(r); err != nil {
				return fmt.Errorf("delete an attachment: %w", err)
			}
			continue
		}
		count, total = count+1, total+r.GetInt("bytes")
	}
	if count >= MaxCount {
		return fault("error.attachments_many", map[string]any{"Max": MaxCount})
	}
	if total > MaxAll {
		return fault("error.attachments_large", map[string]any{"Max": MaxAll >> 20})
	}
	return nil
}

// stands reports whether what is written, waits or is out stands for it.
func (u Use) stands(id string) bool {
	return slices.Contains(u.Drafted, id) || slices.Contains(u.Published, id)
}

func of(app core.App, letter string) ([]*core.Record, error) {
	records, err := app.FindAllRecords(collection, dbx.HashExp{"letter": letter})
	if err != nil {
		return nil, fmt.Errorf("list a letter's attachments: %w", err)
	}
	return records, nil
}

func store(tx core.App, letter, id string, u upload, author string) (*core.Record, error) {
	// The sender's name for it is nobody's business.
	file, err := filesystem.NewFileFromBytes(u.body, u.kind)
	if err != nil {
		return nil, fmt.Errorf("take an attachment: %w", err)
	}
	file.Name, file.OriginalName = u.kind, u.kind
	r, err := database.NewRecord(tx, collection)
	if err != nil {
		return nil, err
	}
	r.Id = id
	r.Load(map[string]any{
		"letter": letter, "author": author, "kind": u.kind, "type": u.media, "sum": u.sum,
		"bytes": len(u.body), "width": u.width, "height": u.height,
	})
	r.Set("file", file)
	if err := tx.Save(r); err != nil {
		return nil, fmt.Errorf("save an attachment: %w", err)
	}
	return r, nil
}
