// Package colour makes the app's colours of the one that a municipality
// chooses: what links and the main action are drawn in, in a light and in a
// dark room, on every ground that they stand on. The browser's twin is
// public/js/staff/admin/colour.js.
package colour

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
)

// Readable is the contrast that text needs to what it stands on (WCAG 2.2,
// success criterion 1.4.3). In a dark room, where the app itself chooses, it
// keeps to Dark.
const (
	Readable = 4.5
	Dark     = 7
)

// RGB is a colour of sRGB, each part from 0 to 255.
type RGB [3]uint8

// The grounds of public/css/base.css that text in the colour stands on, beside
// its own tints.
var (
	white     = RGB{0xff, 0xff, 0xff} // the card in a light room, and what is said on the colour
	paper     = RGB{0xfb, 0xf8, 0xf3}
	darkCard  = RGB{0x1e, 0x24, 0x27}
	darkPaper = RGB{0x15, 0x19, 0x1b}
	black     = RGB{}
)

// How much of the colour its tints have, of 100: light ones on white, dark ones
// on the dark card; and what is said on a colour in a dark room.
const (
	lightTint = 10
	darkTint  = 16
	onDark    = 15
)

// ErrForm says that a text is no colour.
var ErrForm = errors.New("no colour of the form #24594b")

var form = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// Parse reads a colour as browsers write it: #24594b. It fails with ErrForm.
func Parse(s string) (RGB, error) {
	if !form.MatchString(s) {
		return RGB{}, ErrForm
	}
	n, err := strconv.ParseUint(s[1:], 16, 32)
	if err != nil {
		return RGB{}, ErrForm
	}
	return RGB{uint8(n >> 16), uint8(n >> 8), uint8(n)}, nil
}

func (c RGB) String() string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }

// Passes reports whether links and buttons in the colour can be read in a light
// room, wherever they stand.
func (c RGB) Passes() bool { return least(c, paper, white, mix(white, c, lightTint)) >= Readable }

// Scheme is what a colour becomes in a room: itself, what is said on it, and the
// ground of what is chosen.
type Scheme struct{ Accent, On, Tint RGB }

// Light is the colour in a light room, as it was chosen.
func (c RGB) Light() Scheme { return Scheme{c, white, mix(white, c, lightTint)} }

// Dark is the colour for a dark room: of the same hue, as much lighter as it
// must be.
func (c RGB) Dark() Scheme {
	for part := 0; ; part++ {
		accent := mix(c, white, part)
		s := Scheme{accent, mix(black, accent, onDark), mix(darkCard, accent, darkTint)}
		if part == 100 || least(accent, darkPaper, darkCard, s.On) >= Dark && Contrast(accent, s.Tint) >= Readable {
			return s
		}
	}
}

// Style is the style sheet that draws the app in the colour, to stand after
// its own.
func (c RGB) Style() string {
	return ":root{" + c.Light().properties() + "}@media (prefers-color-scheme:dark){:root{" + c.Dark().properties() + "}}\n"
}

func (s Scheme) properties() string {
	return fmt.Sprintf("--spruce:%s;--on-spruce:%s;--spruce-tint:%s", s.Accent, s.On, s.Tint)
}

// Contrast is how much two colours differ in lightness, from 1 to 21 (WCAG 2.2,
// "contrast ratio").
func Contrast(a, b RGB) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func least(c RGB, grounds ...RGB) float64 {
	lowest := math.Inf(1)
	for _, ground := range grounds {
		lowest = min(lowest, Contrast(c, ground))
	}
	return lowest
}

// luminance is WCAG's relative luminance.
func (c RGB) luminance() float64 {
	linear := func(part uint8) float64 {
		v := float64(part) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c[0]) + 0.7152*linear(c[1]) + 0.0722*linear(c[2])
}

// mix is a with so much of b, of 100.
func mix(a, b RGB, share int) (m RGB) {
	for i := range m {
		m[i] = uint8((int(a[i])*(100-share) + int(b[i])*share + 50) / 100)
	}
	return m
}
