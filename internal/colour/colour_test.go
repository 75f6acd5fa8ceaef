package colour

import (
	"math"
	"testing"
)

func TestParseTakesWhatBrowsersWrite(t *testing.T) {
	if c, err := Parse("#24594b"); err != nil || c != (RGB{0x24, 0x59, 0x4b}) || c.String() != "#24594b" {
		t.Errorf("%v, %v", c, err)
	}
	for _, s := range []string{"", "24594b", "#24594B", "#245", "#24594b;}", "red", "#24594b00", "url(x)"} {
		if _, err := Parse(s); err == nil {
			t.Errorf("%q was taken", s)
		}
	}
}

// The figures are those of LOOK: the app's own green on paper, and the ends.
func TestContrastIsWCAGs(t *testing.T) {
	for _, x := range []struct {
		a, b RGB
		want float64
	}{
		{RGB{}, white, 21}, {white, white, 1}, {RGB{0x24, 0x59, 0x4b}, paper, 7.6}, {RGB{0x1f, 0x23, 0x28}, paper, 14.9}, {RGB{0x77, 0x77, 0x77}, white, 4.48},
	} {
		if got := Contrast(x.a, x.b); math.Abs(got-x.want) > 0.06 || got != Contrast(x.b, x.a) {
			t.Errorf("%s on %s: %.2f, want %.2f", x.a, x.b, got, x.want)
		}
	}
}

func TestPassesIsForEveryGround(t *testing.T) {
	for s, want := range map[string]bool{
		"#24594b": true, "#005aa0": true, "#9b2638": true, "#000000": true,
		"#ffd200": false, "#ffffff": false, "#e2001a": false, "#777777": false,
		"#767676": false, // 4.54 on white, and less on paper
	} {
		c, err := Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		if c.Passes() != want {
			t.Errorf("%s: %v", s, !want)
		}
	}
}

// Whatever passes in a light room is readable in both, on every ground.
func TestEverySchemeCanBeRead(t *testing.T) {
	chosen := 0
	for n := range 17 * 17 * 17 {
		c := RGB{uint8(n % 17 * 15), uint8(n / 17 % 17 * 15), uint8(n / 289 * 15)}
		if !c.Passes() {
			continue
		}
		chosen++
		light, dark := c.Light(), c.Dark()
		if got := least(light.Accent, paper, white, light.Tint, light.On); got < Readable {
			t.Errorf("%s in a light room: %.2f", c, got)
		}
		if got := least(dark.Accent, darkPaper, darkCard, dark.On); got < Dark {
			t.Errorf("%s in a dark room, as %s: %.2f", c, dark.Accent, got)
		}
		if got := Contrast(dark.Accent, dark.Tint); got < Readable {
			t.Errorf("%s on its dark tint: %.2f", c, got)
		}
	}
	if chosen < 500 || chosen > 4500 {
		t.Errorf("%d of 4913 pass", chosen)
	}
}

func TestStyleSetsTheAppsProperties(t *testing.T) {
	const want = ":root{--spruce:#005aa0;--on-spruce:#ffffff;--spruce-tint:#e6eff6}@media (prefers-color-scheme:dark){:root{"
	if got := (RGB{0x00, 0x5a, 0xa0}).Style(); got[:len(want)] != want {
		t.Error(got)
	}
}
