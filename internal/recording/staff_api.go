package recording

import (
	"fmt"
	"net/http"
	"slices"

	"folje/internal/access"
	"folje/internal/audit"
	"folje/internal/database"
	"folje/internal/problem"
	"folje/internal/sync"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
)

func (f *feature) bindRoutes(app core.App) {
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		g := e.Router.Group("/api/folje/v1")
		const at = "/staff/letters/{id}/recordings/{locale}"
		g.GET(at, problem.Handle(f.Locales, f.at(f.show)))
		g.PUT(at, problem.Handle(f.Locales, f.at(f.put)))
		g.DELETE(at, problem.Handle(f.Locales, f.at(f.remove)))
		g.GET("/recordings/{id}", problem.Handle(f.Locales, f.listen))
		return e.Next()
	})
}

// order is what a member of staff asks about: a letter in a locale, and in which
// direction that is written.
type order struct {
	letter   *core.Record
	tag, dir string
}

// at finds what the path names, for those who may record it. Who may not know
// the letter gets the same answer as for one that isn't there.
func (f *feature) at(h func(*core.RequestEvent, order) error) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		if !access.IsStaff(e.Auth) {
			return problem.SignIn()
		}
		letter, err := e.App.FindRecordById(letters, e.Request.PathValue("id"))
		if err != nil {
			return err
		}
		if !reads(e.Auth, letter) {
			return problem.NotFound()
		}
		info, ok := f.Locales.Find(e.Request.PathValue("locale"))
		if !ok {
			return problem.NotFound()
		}
		if !CanRecord(e.Auth, letter, info.Tag) {
			return problem.Forbidden()
		}
		return h(e, order{letter, info.Tag, info.Dir})
	}
}

// reads reports whether staff may see the letter's texts.
func reads(staff, letter *core.Record) bool {
	works := access.HasRole(staff, access.RoleEditor) || access.HasRole(staff, access.RoleTranslator)
	return works && access.InUnit(staff, letter.GetString("unit"))
}

// CanRecord reports whether staff may record the letter in the locale: a
// translator of both its unit and the locale; an editor of the unit in Swedish
// and in its easier wording; an administrator.
func CanRecord(staff, letter *core.Record, tag string) bool {
	if !access.InUnit(staff, letter.GetString("unit")) {
		return false
	}
	if tag == source || tag == simple {
		if access.HasRole(staff, access.RoleEditor) {
			return true
		}
	}
	return access.IsAdmin(staff) ||
		access.HasRole(staff, access.RoleTranslator) && slices.Contains(staff.GetStringSlice("locales"), tag)
}

// View is a recording as staff see it. Old says that the letter says something
// else by now.
type View struct {
	ID           string `json:"id"`
	Type         string `json:"type"`
	Bytes        int    `json:"bytes"`
	Milliseconds int    `json:"milliseconds"`
	Version      string `json:"version"`
	Made         string `json:"made"`
	Old          bool   `json:"old"`
}

func view(r *Recording, version string) *View {
	if r == nil {
		return nil
	}
	return &View{
		ID: r.Id, Type: r.GetString("type"), Bytes: r.GetInt("bytes"), Milliseconds: r.GetInt("milliseconds"),
		Version: r.GetString("version"), Made: r.GetDateTime("created").Time().UTC().Format("2006-01-02T15:04:05Z"),
		Old: r.GetString("version") != version,
	}
}

// show answers GET …/recordings/{locale}: what there is to read aloud, and the
// recording that there is.
func (f *feature) show(e *core.RequestEvent, o order) error {
	places, _, err := f.places(e.App, o.letter)
	if err != nil {
		return err
	}
	s, err := f.script(e.App, o.letter.Id, o.tag, places)
	if err != nil {
		return err
	}
	r, err := of(e.App, o.letter.Id, o.tag)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{
		"letter": o.letter.Id, "title": o.letter.GetString("title"), "locale": o.tag, "dir": o.dir,
		"sentences": s.Sentences, "version": s.Version, "missing": s.Missing, "recording": view(r, s.Version),
		"maxBytes": MaxBytes, "maxMilliseconds": MaxLength.Milliseconds(),
	})
}

// put answers PUT …/recordings/{locale}: the recording takes the place of the
// one before, where it is of what the letter says now. It fails with 409 where
// the letter says something else.
func (f *feature) put(e *core.RequestEvent, o order) error {
	u, err := readUpload(e)
	if err != nil {
		return err
	}
	var made *Recording
	err = e.App.RunInTransaction(func(tx core.App) (err error) {
		made, err = f.replace(tx, o, u, e.Auth.Id)
		return err
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view(made, u.version))
}

// replace stores the recording under a new id: what an id names never changes,
// so that phones may keep what they have loaded.
func (f *feature) replace(tx core.App, o order, u upload, author string) (*Recording, error) {
	letter, err := tx.FindRecordById(letters, o.letter.Id) // as it is now
	if err != nil {
		return nil, err
	}
	places, owner, err := f.places(tx, letter)
	if err != nil {
		return nil, err
	}
	s, err := f.script(tx, letter.Id, o.tag, places)
	if err != nil {
		return nil, err
	}
	if len(s.Sentences) == 0 || s.Missing > 0 {
		return nil, problem.New(http.StatusBadRequest, "error.recording_incomplete")
	}
	if s.Version != u.version {
		return nil, problem.Conflict("error.recording_outdated", s.Version)
	}
	if !fit(u.marks, s.Sentences, u.length) {
		return nil, problem.Invalid(map[string]problem.Field{"marks": {Code: "error.field_invalid"}})
	}
	if _, err := drop(tx, letter.Id, o.tag); err != nil {
		return nil, err
	}
	made, err := store(tx, o, u, author)
	if err != nil {
		return nil, err
	}
	if err := audit.Write(tx, author, "record letter", letter.Id, f.Now()); err != nil {
		return nil, err
	}
	return made, tell(tx, letter.Id, owner.PublishedScopes)
}

func store(tx core.App, o order, u upload, author string) (*Recording, error) {
	file, err := filesystem.NewFileFromMultipart(u.audio)
	if err != nil {
		return nil, fmt.Errorf("take the recording: %w", err)
	}
	file.Name, file.OriginalName = "audio", "audio" // the sender's name for it is nobody's business
	r, err := database.NewRecord(tx, collection)
	if err != nil {
		return nil, err
	}
	r.Load(map[string]any{
		"letter": o.letter.Id, "author": author, "locale": o.tag, "version": u.version, "marks": u.marks,
		"milliseconds": int(u.length.Milliseconds()), "bytes": int(u.audio.Size), "type": u.kind,
	})
	r.Set("audio", file)
	if err := tx.Save(r); err != nil {
		return nil, fmt.Errorf("save a recording: %w", err)
	}
	return &Recording{r}, nil
}

// remove answers DELETE …/recordings/{locale}; it may be repeated.
func (f *feature) remove(e *core.RequestEvent, o order) error {
	err := e.App.RunInTransaction(func(tx core.App) error {
		dropped, err := drop(tx, o.letter.Id, o.tag)
		if err != nil || !dropped {
			return err
		}
		if err := audit.Write(tx, e.Auth.Id, "remove recording", o.letter.Id, f.Now()); err != nil {
			return err
		}
		letter, err := tx.FindRecordById(letters, o.letter.Id) // as it is now
		if err != nil {
			return err
		}
		_, owner, err := f.places(tx, letter)
		if err != nil {
			return err
		}
		return tell(tx, o.letter.Id, owner.PublishedScopes)
	})
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

// drop deletes the recording that there is, its file too once the transaction
// is through.
func drop(tx core.App, letter, tag string) (bool, error) {
	r, err := of(tx, letter, tag)
	if err != nil || r == nil {
		return false, err
	}
	if err := tx.Delete(r.Record); err != nil {
		return false, fmt.Errorf("delete a recording: %w", err)
	}
	return true, nil
}

// tell marks the letter as changed for the phones that have it. It writes no
// row of the outbox: nobody's phone rings for a recording.
func tell(tx core.App, letter string, scopes []string) error {
	for _, scope := range scopes {
		if err := sync.Touch(tx, scope, sync.Records, sync.Item(letters, letter)); err != nil {
			return err
		}
	}
	return nil
}
