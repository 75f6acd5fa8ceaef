package access

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// QR is a QR code as a drawing: a square of Size modules with the quiet zone,
// and Path, SVG path data in which every dark module is filled.
type QR struct {
	Size int    `json:"size"`
	Path string `json:"path"`
}

// quietZone is the light frame that the standard asks for, in modules
// (ISO/IEC 18004, 4 modules on every side).
const quietZone = 4

// NewQR draws content, with error correction M (15 %): enough for a poster
// that hangs for half a year, and fewer modules for an old camera.
func NewQR(content string) (QR, error) {
	code, err := qr.Encode(content, qr.M, qr.Auto)
	if err != nil {
		return QR{}, fmt.Errorf("encode QR: %w", err)
	}
	side := code.Bounds().Dx()
	dark := func(x, y int) bool { return x < side && code.At(x, y) == color.Color(color.Black) }
	var path strings.Builder
	for y := range side {
		for x := 0; x < side; x++ {
			from := x
			for dark(x, y) {
				x++
			}
			if n := x - from; n > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from+quietZone, y+quietZone, n, n)
			}
		}
	}
	return QR{Size: side + 2*quietZone, Path: path.String()}, nil
}
