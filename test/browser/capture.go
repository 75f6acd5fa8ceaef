package browser

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
)

// Screenshot answers a PNG of what the page shows: the window, or all of it.
func (page *Page) Screenshot(full bool) []byte {
	page.reporter().Helper()
	png, err := page.shoot(full)
	if err != nil {
		page.fatal("take a screenshot", err)
	}
	return png
}

// shoot makes the window as high as the page for a full picture, so that bars
// fixed at the bottom are at the bottom.
func (page *Page) shoot(full bool) ([]byte, error) {
	if full {
		var layout struct {
			Content struct {
				Height float64 `json:"height"`
			} `json:"cssContentSize"`
		}
		if err := page.call("Page.getLayoutMetrics", nil, &layout); err != nil {
			return nil, err
		}
		var size struct{ Width, Height int }
		if err := page.evaluate(`({Width: innerWidth, Height: innerHeight})`, &size); err != nil {
			return nil, err
		}
		if err := page.size(size.Width, max(size.Height, int(math.Ceil(layout.Content.Height)))); err != nil {
			return nil, err
		}
		defer func() { _ = page.size(size.Width, size.Height) }()
	}
	// Two frames: what changed is laid out in the first and painted by the second.
	if err := page.ask(nil, `rig.within(0).settled()`); err != nil {
		return nil, err
	}
	var picture struct {
		Data []byte `json:"data"`
	}
	err := page.call("Page.captureScreenshot", map[string]any{"format": "png", "optimizeForSpeed": false}, &picture)
	return picture.Data, err
}

func (page *Page) save(path string, full bool) error {
	png, err := page.shoot(full)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("make the folder of a picture: %w", err)
	}
	return os.WriteFile(path, png, 0o644)
}

// PDF answers the page as it prints, on the paper its style asks for.
func (page *Page) PDF() []byte {
	page.reporter().Helper()
	var pdf struct {
		Data []byte `json:"data"`
	}
	err := page.call("Page.printToPDF", map[string]any{"preferCSSPageSize": true, "printBackground": true}, &pdf)
	if err != nil {
		page.fatal("print", err)
	}
	return pdf.Data
}
