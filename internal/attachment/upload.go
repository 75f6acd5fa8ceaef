package attachment

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"folje/internal/problem"

	"github.com/gabriel-vasile/mimetype"
	"github.com/pocketbase/pocketbase/core"
)

const (
	// patience is how long sending or fetching one may take: a few minutes over
	// a line of 10 KB/s.
	patience = 10 * time.Minute
	// beside is what holds the parts of a form apart, in bytes.
	beside = 16 << 10
	// inMemory is how much of a form is held there; the rest is on the disk
	// while it is looked at.
	inMemory = 256 << 10
)

// What a letter may carry.
const (
	kindPicture = "picture"
	kindFile    = "file"

	typeJPEG = "image/jpeg"
	typePDF  = "application/pdf"
)

// upload is what was sent, as it is going to be kept.
type upload struct {
	kind, media   string
	body          []byte
	width, height int
	sum           string // of what was sent
}

// readUpload reads multipart/form-data {file} and finds out by its content what
// it is, whatever the sender calls it. It fails with a problem at "file".
func readUpload(e *core.RequestEvent) (upload, error) {
	// Not every writer in tests has a connection under it.
	_ = http.NewResponseController(e.Response).SetReadDeadline(time.Now().Add(patience))
	e.Request.Body = http.MaxBytesReader(e.Response, e.Request.Body, MaxFile+beside)
	if err := e.Request.ParseMultipartForm(inMemory); err != nil {
		return upload{}, unreadable(err)
	}
	files := e.Request.MultipartForm.File["file"]
	if len(files) != 1 {
		return upload{}, fault("error.field_required", nil)
	}
	if files[0].Size > MaxFile {
		return upload{}, tooLarge(MaxFile)
	}
	file, err := files[0].Open()
	if err != nil {
		return upload{}, fmt.Errorf("open what was sent: %w", err)
	}
	raw, err := io.ReadAll(file)
	if err := errors.Join(err, file.Close()); err != nil {
		return upload{}, fmt.Errorf("read what was sent: %w", err)
	}
	u, err := judge(raw)
	if err != nil {
		return u, refusal(err)
	}
	sum := sha256.Sum256(raw)
	u.sum = hex.EncodeToString(sum[:])
	return u, nil
}

var errTooLarge = errors.New("a picture of too many bytes")

// judge tells what the bytes are, and cleans them where they are a picture.
func judge(raw []byte) (upload, error) {
	if !mimetype.Detect(raw[:min(len(raw), 3072)]).Is(typeJPEG) {
		return upload{kind: kindFile, media: typePDF, body: raw}, checkPDF(raw)
	}
	u := upload{kind: kindPicture, media: typeJPEG}
	if len(raw) > MaxPicture {
		return u, errTooLarge
	}
	var err error
	u.body, u.width, u.height, err = cleaned(raw)
	return u, err
}

// refusal says in the sender's language what is wrong with what was sent.
func refusal(err error) error {
	switch {
	case errors.Is(err, errTooLarge):
		return tooLarge(MaxPicture)
	case errors.Is(err, errSide):
		return fault("error.picture_side", map[string]any{"Max": MaxSide})
	case errors.Is(err, errPicture):
		return fault("error.picture_broken", nil)
	case errors.Is(err, errLocked):
		return fault("error.file_locked", nil)
	case errors.Is(err, errActive):
		return fault("error.file_active", nil)
	}
	return fault("error.attachment_kind", nil)
}

func fault(code string, params map[string]any) *problem.Problem {
	return problem.Invalid(map[string]problem.Field{"file": {Code: code, Params: params}})
}

func tooLarge(most int) *problem.Problem {
	return fault("error.attachment_too_large", map[string]any{"Max": most >> 20})
}

// unreadable tells a body that is too large from one that is no form.
func unreadable(err error) error {
	var over *http.MaxBytesError
	if errors.As(err, &over) || strings.Contains(err.Error(), "message too large") {
		return problem.TooLarge().Because(err)
	}
	return problem.Request(err)
}
