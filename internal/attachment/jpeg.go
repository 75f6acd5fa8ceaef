package attachment

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image/jpeg"
	"slices"
)

// errPicture says that bytes are no JPEG as it should be.
var errPicture = errors.New("no proper JPEG")

// errSide says that a picture has more pixels than phones are sent.
var errSide = fmt.Errorf("a side of more than %d pixels", MaxSide)

// The markers of JPEG (ITU-T T.81, table B.1) that are told apart here.
const (
	markerStart   = 0xD8
	markerEnd     = 0xD9
	markerScan    = 0xDA
	markerJFIF    = 0xE0 // APP0
	markerAdobe   = 0xEE // APP14: how colours are stored
	markerComment = 0xFE
)

// tables are the markers of what a scan is read with, and the scan's own.
var tables = []byte{0xC4, 0xDB, 0xDD, markerScan}

// How long the heads of JFIF and Adobe are, with their lengths.
const (
	jfifHead  = 16
	adobeHead = 14
)

// scans bounds how often a picture is drawn over, finer each time: encoders do
// so about ten times, and each costs as much as the whole.
const scans = 40

// cleaned gives the picture without anything that doesn't draw it: no place, no
// camera, no time, no words, no smaller picture, nothing after its end. It fails
// with errPicture for what is no whole JPEG, and with errSide, before anything
// is unpacked, for one that is too large.
func cleaned(raw []byte) (clean []byte, width, height int, err error) {
	head, err := jpeg.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return nil, 0, 0, errPicture
	}
	if head.Width > MaxSide || head.Height > MaxSide {
		return nil, 0, 0, errSide
	}
	if clean, err = withoutNotes(raw); err != nil {
		return nil, 0, 0, err
	}
	// Whether phones can draw it: at most 1600 × 1600 pixels are unpacked.
	drawn, err := jpeg.Decode(bytes.NewReader(clean))
	if err != nil || drawn.Bounds().Dx() != head.Width || drawn.Bounds().Dy() != head.Height {
		return nil, 0, 0, errPicture
	}
	return clean, head.Width, head.Height, nil
}

// withoutNotes copies a JPEG segment by segment, without applications' notes and
// comments, up to the end of its picture.
func withoutNotes(raw []byte) ([]byte, error) {
	if len(raw) < 4 || raw[0] != 0xFF || raw[1] != markerStart {
		return nil, errPicture
	}
	out, drawn := append(make([]byte, 0, len(raw)), raw[:2]...), 0
	for rest := raw[2:]; ; {
		marker, segment, after, err := nextSegment(rest)
		if err != nil {
			return nil, err
		}
		if marker == markerEnd {
			return append(out, 0xFF, markerEnd), nil
		}
		if kept, err := drawing(marker, segment); err != nil {
			return nil, err
		} else if kept != nil {
			out = append(append(out, 0xFF, marker), kept...)
		}
		if rest = after; marker == markerScan {
			if drawn++; drawn > scans {
				return nil, errPicture
			}
			end := scanEnd(rest)
			out, rest = append(out, rest[:end]...), rest[end:]
		}
	}
}

// nextSegment reads a marker and what belongs to it, its length included.
func nextSegment(b []byte) (marker byte, segment, after []byte, err error) {
	for len(b) > 1 && b[0] == 0xFF && b[1] == 0xFF { // fill bytes
		b = b[1:]
	}
	if len(b) < 2 || b[0] != 0xFF || b[1] == 0 {
		return 0, nil, nil, errPicture
	}
	if b[1] == markerEnd {
		return markerEnd, nil, b[2:], nil
	}
	if len(b) < 4 {
		return 0, nil, nil, errPicture
	}
	size := int(binary.BigEndian.Uint16(b[2:]))
	if size < 2 || len(b) < 2+size {
		return 0, nil, nil, errPicture
	}
	return b[1], b[2 : 2+size], b[2+size:], nil
}

// drawing gives what of a segment is needed to draw the picture, nil for
// nothing: notes can stand behind the heads of JFIF and Adobe too, and a smaller
// picture that shows what was cut off. What no picture of a camera has isn't
// taken: decoders pass over it, and nobody would see what it says.
func drawing(marker byte, segment []byte) ([]byte, error) {
	switch {
	case marker >= 0xC0 && marker <= 0xC2, slices.Contains(tables, marker):
		return segment, nil
	case marker == markerJFIF && len(segment) >= jfifHead && bytes.HasPrefix(segment[2:], []byte("JFIF\x00")):
		head := binary.BigEndian.AppendUint16(nil, jfifHead)
		return append(append(head, segment[2:jfifHead-2]...), 0, 0), nil // a smaller picture of 0 × 0
	case marker == markerAdobe && len(segment) >= adobeHead && bytes.HasPrefix(segment[2:], []byte("Adobe")):
		return append(binary.BigEndian.AppendUint16(nil, adobeHead), segment[2:adobeHead]...), nil
	case marker >= 0xE0 && marker <= 0xEF, marker == markerComment:
		return nil, nil
	}
	return nil, errPicture
}

// scanEnd finds the first marker after a scan's data, in which 0xFF is followed
// by 0 or by a restart marker.
func scanEnd(b []byte) int {
	for i := 0; i+1 < len(b); i++ {
		if b[i] == 0xFF && b[i+1] != 0 && b[i+1] != 0xFF && (b[i+1] < 0xD0 || b[i+1] > 0xD7) {
			return i
		}
	}
	return len(b)
}
