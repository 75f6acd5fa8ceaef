package municipality

import (
	"bytes"
	"net/http"
	"time"

	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// maxLogoBody is the largest request that brings a logo: what it may have been
// before it was drawn anew, in base64.
const maxLogoBody = 4 * MaxLogo

// setLogo answers PUT staff/admin/logo: {file} in base64 → {id, width, height}
// of what phones get from now on.
func (f *feature) setLogo(e *core.RequestEvent) error {
	if _, err := admin(e); err != nil {
		return err
	}
	var sent struct {
		File []byte `json:"file"`
	}
	if err := problem.Read(e, maxLogoBody, &sent); err != nil {
		return err
	}
	body, size, err := redrawn(sent.File)
	if err != nil {
		return err
	}
	var kept *core.Record
	err = e.App.RunInTransaction(func(tx core.App) error {
		kept, err = keepLogo(tx, body, size)
		return err
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"id": kept.GetString("sum"), "width": size.X, "height": size.Y})
}

// dropLogo answers DELETE staff/admin/logo → 204, also where there is none.
func (f *feature) dropLogo(e *core.RequestEvent) error {
	if _, err := admin(e); err != nil {
		return err
	}
	err := e.App.RunInTransaction(func(tx core.App) error {
		r, err := findLogo(tx)
		if err != nil || r == nil {
			return err
		}
		return tx.Delete(r)
	})
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

// showLogo answers GET logo/{id} for everybody, as long as that is the logo. An
// id names the same picture for good.
func (f *feature) showLogo(e *core.RequestEvent) error {
	r, err := findLogo(e.App)
	if err != nil {
		return err
	}
	if r == nil || r.GetString("sum") != e.Request.PathValue("id") {
		return problem.NotFound()
	}
	body, err := bodyOf(r)
	if err != nil {
		return err
	}
	h := e.Response.Header()
	h.Set("Content-Type", "image/png")
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("ETag", `"`+r.GetString("sum")+`"`)
	http.ServeContent(e.Response, e.Request, "", time.Time{}, bytes.NewReader(body))
	return nil
}
