package rules_test

import (
	"bytes"
	"image"
	"image/png"
)

// logo is the municipality's, which is everybody's.
func (w *world) logo() {
	w.ids["logo"] = w.save("logos", map[string]any{"sum": "ours", "body": "aGVq", "width": 4, "height": 3}).Id
}

func (w *world) logoTargets() fixture {
	return fixture{[]target{{
		view: w.ids["logo"], change: w.ids["logo"], update: body{"width": 5},
		create: body{"sum": "new", "body": "aGVq", "width": 4, "height": 3},
	}}}
}

// logoRows are the requests of whoever sees the logo, and of those who change
// it.
func (w *world) logoRows() []row {
	const at = "staff/admin/logo"
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, image.NewGray(image.Rect(0, 0, 4, 3))); err != nil {
		w.Fatal(err)
	}
	return []row{
		ask("GET", "logo/{id}", "the one there is", "logo/ours", nil),
		ask("GET", "logo/{id}", "one there is not", "logo/new", nil).refused("there is none"),
		ask("PUT", at, "", at, body{"file": drawn.Bytes()}),
		ask("PUT", at, "no picture", at, body{"file": []byte("<svg>")}).refused("it is no PNG"),
		ask("DELETE", at, "", at, nil),
	}
}
