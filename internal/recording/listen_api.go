package recording

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"time"

	"folje/internal/access"
	"folje/internal/problem"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
)

// listen answers GET recordings/{id} with the audio, whole or in ranges, for a
// phone that has the letter and for staff of its unit. Nothing between the
// server and the one who asked keeps it: a phone does so itself, and forgets it
// with the letter.
func (f *feature) listen(e *core.RequestEvent) error {
	record, err := e.App.FindRecordById(collection, e.Request.PathValue("id"))
	if err != nil {
		// Whoever is not known hears that first, as everywhere.
		if _, refused := f.listener(e); refused != nil {
			return refused
		}
		return err
	}
	r := Recording{record}
	if err := f.mayHear(e, r); err != nil {
		return err
	}
	return send(e, r)
}

// listener is the phone that asks, nil for staff.
func (f *feature) listener(e *core.RequestEvent) (*access.Device, error) {
	if access.IsStaff(e.Auth) {
		return nil, nil
	}
	return f.Authenticate(e.Request)
}

func (f *feature) mayHear(e *core.RequestEvent, r Recording) error {
	device, err := f.listener(e)
	if err != nil {
		return err
	}
	letter, err := e.App.FindRecordById(letters, r.GetString("letter"))
	if err != nil {
		return err
	}
	if device == nil {
		if !reads(e.Auth, letter) {
			return problem.NotFound()
		}
		return nil
	}
	_, owner, err := f.places(e.App, letter)
	if err != nil {
		return err
	}
	return f.out(r, owner, device)
}

// out says whether the phone has the letter, and the letter the sentences of the
// recording: one of a draft is for staff only. A phone is not told which of both
// it is.
func (f *feature) out(r Recording, owner translation.Owner, device *access.Device) error {
	now := f.Now()
	follows := slices.ContainsFunc(owner.PublishedScopes, func(scope string) bool { return device.In(scope, now) })
	marks, err := r.Marks()
	if err != nil {
		return err
	}
	if !follows || !areOf(marks, owner.Published) {
		return problem.NotFound()
	}
	return nil
}

func send(e *core.RequestEvent, r Recording) error {
	files, err := e.App.NewFilesystem()
	if err != nil {
		return fmt.Errorf("open the files: %w", err)
	}
	defer files.Close()
	audio, err := files.GetReader(r.BaseFilesPath() + "/" + r.GetString("audio"))
	if errors.Is(err, filesystem.ErrNotFound) || errors.Is(err, fs.ErrNotExist) {
		return problem.NotFound().Because(err)
	}
	if err != nil {
		return fmt.Errorf("open a recording: %w", err)
	}
	defer audio.Close()
	// Not every writer in tests has a connection under it.
	_ = http.NewResponseController(e.Response).SetWriteDeadline(time.Now().Add(patience))
	h := e.Response.Header()
	h.Set("Content-Type", r.GetString("type"))
	h.Set("Content-Disposition", "inline")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "private, no-store")
	h.Set("ETag", `"`+r.Id+`"`)
	http.ServeContent(e.Response, e.Request, "", time.Time{}, audio)
	return nil
}
