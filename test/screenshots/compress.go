package main

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"slices"
)

// compress makes a screenshot small: our screens have few colours, so a palette
// holds them. Where there are more than 256, neighbours share one.
func compress(raw []byte) ([]byte, error) {
	decoded, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("decode a screenshot: %w", err)
	}
	full := image.NewRGBA(decoded.Bounds())
	draw.Draw(full, full.Bounds(), decoded, decoded.Bounds().Min, draw.Src)
	return encode(reduce(full))
}

func encode(m image.Image) ([]byte, error) {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, m); err != nil {
		return nil, fmt.Errorf("encode a picture: %w", err)
	}
	return out.Bytes(), nil
}

// reduce paints m with its 256 most frequent colours; the few others, mostly
// the edges of letters, get the nearest of them.
func reduce(m *image.RGBA) *image.Paletted {
	count := map[color.RGBA]int{}
	for i := 0; i < len(m.Pix); i += 4 {
		count[at(m, i)]++
	}
	frequent := slices.SortedFunc(maps.Keys(count), func(a, b color.RGBA) int {
		return cmp.Or(count[b]-count[a], cmp.Compare(key(a), key(b)))
	})
	out := image.NewPaletted(m.Bounds(), nil)
	for _, c := range frequent[:min(len(frequent), 256)] {
		out.Palette = append(out.Palette, c)
	}
	index := map[color.RGBA]uint8{}
	for i := 0; i < len(m.Pix); i += 4 {
		c := at(m, i)
		if _, known := index[c]; !known {
			index[c] = uint8(out.Palette.Index(c))
		}
		out.Pix[i/4] = index[c]
	}
	return out
}

func at(m *image.RGBA, i int) color.RGBA {
	return color.RGBA{m.Pix[i], m.Pix[i+1], m.Pix[i+2], 255}
}

// key orders colours that are as frequent, so that the same screen always
// makes the same file.
func key(c color.RGBA) int { return int(c.R)<<16 | int(c.G)<<8 | int(c.B) }

// beside puts pictures side by side, with a gap of paper round each.
func beside(gap int, paper color.Color, raws ...[]byte) ([]byte, error) {
	var pictures []image.Image
	width, height := gap, 0
	for _, raw := range raws {
		m, err := png.Decode(bytes.NewReader(raw))
		if err != nil {
			return nil, fmt.Errorf("decode a picture: %w", err)
		}
		pictures = append(pictures, m)
		width += m.Bounds().Dx() + gap
		height = max(height, m.Bounds().Dy()+2*gap)
	}
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(out, out.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	x := gap
	for _, m := range pictures {
		at := image.Rect(x, gap, x+m.Bounds().Dx(), gap+m.Bounds().Dy())
		draw.Draw(out, at, m, m.Bounds().Min, draw.Src)
		x += m.Bounds().Dx() + gap
	}
	return encode(reduce(out))
}
