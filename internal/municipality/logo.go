package municipality

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/png"

	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

const logos = "logos"

// Limits of the logo: MaxLogo in bytes, of what every phone and every sheet
// carries; MaxLogoSide in pixels.
const (
	MaxLogo     = 64 << 10
	MaxLogoSide = 640
)

// What is wrong with what was sent as a logo.
var (
	errNoLogo    = problem.Invalid(map[string]problem.Field{"logo": {Code: "error.picture_broken"}})
	errLogoSide  = problem.Invalid(map[string]problem.Field{"logo": {Code: "error.picture_side", Params: map[string]any{"Max": MaxLogoSide}}})
	errLogoLarge = problem.Invalid(map[string]problem.Field{"logo": {Code: "error.too_large"}})
)

// redrawn gives a PNG of the same pixels and nothing else: what a program wrote
// beside the picture, or hid behind its end, is gone. Nothing is unpacked of
// more pixels than a logo has.
func redrawn(raw []byte) (body []byte, size image.Point, err error) {
	head, err := png.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return nil, size, errNoLogo.Because(err)
	}
	if head.Width > MaxLogoSide || head.Height > MaxLogoSide {
		return nil, size, errLogoSide
	}
	drawn, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, size, errNoLogo.Because(err)
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, drawn); err != nil {
		return nil, size, fmt.Errorf("draw the logo: %w", err)
	}
	if out.Len() > MaxLogo {
		return nil, size, errLogoLarge
	}
	return out.Bytes(), drawn.Bounds().Size(), nil
}

// keepLogo puts a logo in the place of the one before, in a transaction.
func keepLogo(tx core.App, body []byte, size image.Point) (*core.Record, error) {
	r, err := findLogo(tx)
	if err != nil {
		return nil, err
	}
	if r == nil {
		c, err := tx.FindCachedCollectionByNameOrId(logos)
		if err != nil {
			return nil, fmt.Errorf("find where logos are: %w", err)
		}
		r = core.NewRecord(c)
	}
	sum := sha256.Sum256(body)
	r.Set("sum", hex.EncodeToString(sum[:12]))
	r.Set("body", base64.StdEncoding.EncodeToString(body))
	r.Set("width", size.X)
	r.Set("height", size.Y)
	if err := tx.Save(r); err != nil {
		return nil, fmt.Errorf("keep the logo: %w", err)
	}
	return r, nil
}

// findLogo is the municipality's logo, nil where it has none.
func findLogo(app core.App) (*core.Record, error) {
	all, err := app.FindAllRecords(logos)
	if err != nil {
		return nil, fmt.Errorf("find the logo: %w", err)
	}
	if len(all) == 0 {
		return nil, nil
	}
	return all[0], nil
}

// bodyOf is the picture of a logo that was kept.
func bodyOf(r *core.Record) ([]byte, error) {
	body, err := base64.StdEncoding.DecodeString(r.GetString("body"))
	if err != nil {
		return nil, errors.Join(errors.New("read the logo"), err)
	}
	return body, nil
}
