package attachment

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"time"

	"folje/internal/access"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
)

// fetch answers GET attachments/{id} with the bytes, whole or in ranges, for a
// phone that has the letter and for staff of its unit. Nothing between the
// server and the one who asked keeps them: a phone does so itself, and forgets
// them with the letter.
func (f *feature) fetch(e *core.RequestEvent) error {
	device, err := f.phone(e)
	if err != nil {
		return err // whoever is not known hears that first, as everywhere
	}
	r, err := e.App.FindRecordById(collection, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	use, err := f.Letter(e.App, r.GetString("letter"))
	if err != nil {
		return err
	}
	if device == nil && !reads(e.Auth, use.Unit) || device != nil && !f.has(device, use, r.Id) {
		return problem.NotFound()
	}
	return send(e, r)
}

// phone is the phone that asks, nil for staff.
func (f *feature) phone(e *core.RequestEvent) (*access.Device, error) {
	if access.IsStaff(e.Auth) {
		return nil, nil
	}
	return f.Authenticate(e.Request)
}

// reads reports whether staff may see letters of the unit.
func reads(staff *core.Record, unit string) bool {
	works := access.HasRole(staff, access.RoleEditor) || access.HasRole(staff, access.RoleTranslator)
	return works && access.InUnit(staff, unit)
}

// has reports whether the letter that the phone has stands for the attachment.
func (f *feature) has(device *access.Device, use Use, id string) bool {
	now := f.Now()
	follows := slices.ContainsFunc(use.Groups, func(group string) bool { return device.In(group, now) })
	return follows && slices.Contains(use.Published, id)
}

func send(e *core.RequestEvent, r *core.Record) error {
	files, err := e.App.NewFilesystem()
	if err != nil {
		return fmt.Errorf("open the files: %w", err)
	}
	defer files.Close()
	body, err := files.GetReader(r.BaseFilesPath() + "/" + r.GetString("file"))
	if errors.Is(err, filesystem.ErrNotFound) || errors.Is(err, fs.ErrNotExist) {
		return problem.NotFound().Because(err)
	}
	if err != nil {
		return fmt.Errorf("open an attachment: %w", err)
	}
	defer body.Close()
	// Not every writer in tests has a connection under it.
	_ = http.NewResponseController(e.Response).SetWriteDeadline(time.Now().Add(patience))
	h := e.Response.Header()
	h.Set("Content-Type", r.GetString("type"))
	h.Set("Content-Disposition", "attachment")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "private, no-store")
	h.Set("ETag", `"`+r.Id+`"`)
	http.ServeContent(e.Response, e.Request, "", time.Time{}, body)
	return nil
}
