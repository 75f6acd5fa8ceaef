package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"
)

// picture is a screen: paper, and below it an edge of ink in more shades than
// a palette holds, each rarer the nearer it is to the ink.
func picture(t *testing.T, width int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, width, 40))
	for y := range 40 {
		for x := range width {
			m.Set(x, y, color.RGBA{0xfb, 0xf8, 0xf3, 255})
			if y >= 20 && y-20 < 20*(width-x)/width+1 {
				m.Set(x, y, color.RGBA{uint8(x / 2), uint8(x / 3), uint8(y - 20), 255})
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func open(t *testing.T, raw []byte) image.Image {
	t.Helper()
	m, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestCompress(t *testing.T) {
	small, err := compress(picture(t, 200))
	if err != nil {
		t.Fatal(err)
	}
	m := open(t, small)
	if _, ok := m.(*image.Paletted); !ok {
		t.Errorf("the picture is %T", m)
	}
	if got := m.At(3, 3); got != (color.RGBA{0xfb, 0xf8, 0xf3, 255}) {
		t.Errorf("the paper became %v", got)
	}
	r, g, b, _ := m.At(100, 25).RGBA()
	if near := func(got uint32, want uint8) bool { d := int(got>>8) - int(want); return d > -40 && d < 40 }; !near(r, 50) || !near(g, 33) || !near(b, 5) {
		t.Errorf("a shade of the ink became %d %d %d", r>>8, g>>8, b>>8)
	}
}

func TestBeside(t *testing.T) {
	both, err := beside(10, color.White, picture(t, 100), picture(t, 60))
	if err != nil {
		t.Fatal(err)
	}
	if size := open(t, both).Bounds().Size(); size != (image.Point{190, 60}) {
		t.Errorf("two pictures take %v", size)
	}
}
