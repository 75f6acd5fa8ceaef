package recording

import (
	"bytes"
	"fmt"
	"io"

	"github.com/gabriel-vasile/mimetype"
)

// The kinds of recordings that browsers make and phones play.
const (
	typeWebM = "audio/webm"
	typeOgg  = "audio/ogg"
	typeMP4  = "audio/mp4"
)

// enough is how much of a file says what it is, in bytes: browsers write the
// description of the tracks first. Sound can look like anything, so the less the
// better.
const enough = 8 << 10

// typeOf gives the media type of the audio by what it consists of, whatever the
// sender called it; "" for all that isn't a recording as browsers make them:
// speech in Opus or AAC, and no picture.
func typeOf(file io.Reader) (string, error) {
	head, err := io.ReadAll(io.LimitReader(file, enough))
	if err != nil {
		return "", fmt.Errorf("read the beginning of a recording: %w", err)
	}
	has := func(mark string) bool { return bytes.Contains(head, []byte(mark)) }
	switch found := mimetype.Detect(head); {
	case found.Is("video/webm") && speaks(head):
		return typeWebM, nil
	case (found.Is("audio/ogg") || found.Is("application/ogg") || found.Is("video/ogg")) && has("OpusHead") && !has("\x80theora"):
		return typeOgg, nil
	case isMP4(found) && (has("mp4a") || has("Opus")) && !mp4Picture(head):
		return typeMP4, nil
	}
	return "", nil
}

// cluster begins what is heard in WebM, which may be any bytes.
const cluster = "\x1f\x43\xb6\x75"

// speaks reports whether the tracks that a WebM names are Opus and no picture.
func speaks(head []byte) bool {
	named, _, _ := bytes.Cut(head, []byte(cluster))
	return bytes.Contains(named, []byte("A_OPUS")) && !bytes.Contains(named, []byte("V_"))
}

func isMP4(found *mimetype.MIME) bool {
	for _, name := range []string{"video/mp4", "audio/mp4", "audio/x-m4a", "video/x-m4v"} {
		if found.Is(name) {
			return true
		}
	}
	return false
}

// mp4Picture reports whether one of the tracks is handled as a picture: the box
// hdlr says how, eight bytes after its name.
func mp4Picture(head []byte) bool {
	for rest := head; ; {
		_, after, found := bytes.Cut(rest, []byte("hdlr"))
		if !found {
			return false
		}
		if len(after) >= 12 && string(after[8:12]) == "vide" {
			return true
		}
		rest = after
	}
}
