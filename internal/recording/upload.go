package recording

import (
	"encoding/json"
	"errors"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
	"time"

	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

const (
	// patience is how long sending or fetching a recording may take: a minute
	// and a half of speech over a line of 2 KB/s.
	patience = 10 * time.Minute
	// beside is how much may come beside the audio, in bytes: the marks of a
	// long letter and what holds the parts apart.
	beside = 64 << 10
	// inMemory is how much of a recording is held there; the rest is on the disk
	// while it is looked at.
	inMemory = 256 << 10
)

// upload is a recording as it was sent.
type upload struct {
	audio   *multipart.FileHeader
	kind    string // media type, by what it consists of
	marks   []Mark
	length  time.Duration
	version string
}

// readUpload reads multipart/form-data {audio, marks, milliseconds, version}.
// It fails with a problem that names the faulty fields.
func readUpload(e *core.RequestEvent) (upload, error) {
	var u upload
	// Not every writer in tests has a connection under it.
	_ = http.NewResponseController(e.Response).SetReadDeadline(time.Now().Add(patience))
	e.Request.Body = http.MaxBytesReader(e.Response, e.Request.Body, MaxBytes+beside)
	if err := e.Request.ParseMultipartForm(inMemory); err != nil {
		return u, unreadable(err)
	}
	form := e.Request.MultipartForm
	fields := map[string]problem.Field{}
	wrong := func(name string) { fields[name] = problem.Field{Code: "error.field_invalid"} }
	if files := form.File["audio"]; len(files) == 1 {
		u.audio = files[0]
	} else {
		fields["audio"] = problem.Field{Code: "error.field_required"}
	}
	ms, err := strconv.Atoi(value(form, "milliseconds"))
	if err != nil || ms <= 0 || ms > int(MaxLength.Milliseconds()) {
		fields["milliseconds"] = problem.Field{Code: "error.recording_too_long", Params: map[string]any{"Max": int(MaxLength.Minutes())}}
	}
	u.length = time.Duration(ms) * time.Millisecond
	if raw := value(form, "marks"); len(raw) > beside || json.Unmarshal([]byte(raw), &u.marks) != nil {
		wrong("marks")
	}
	if u.version = value(form, "version"); u.version == "" {
		wrong("version")
	}
	if u.audio != nil {
		if err := u.sniff(); err != nil {
			return u, err
		}
		if u.kind == "" {
			fields["audio"] = problem.Field{Code: "error.recording_kind"}
		}
	}
	if len(fields) > 0 {
		return u, problem.Invalid(fields)
	}
	return u, nil
}

func value(form *multipart.Form, name string) string {
	if values := form.Value[name]; len(values) == 1 {
		return values[0]
	}
	return ""
}

// sniff finds out what the audio is, and that it isn't too large.
func (u *upload) sniff() error {
	if u.audio.Size > MaxBytes {
		return problem.TooLarge()
	}
	file, err := u.audio.Open()
	if err != nil {
		return err
	}
	u.kind, err = typeOf(file)
	return errors.Join(err, file.Close())
}

// unreadable tells a body that is too large, or that broke off, from one that
// is no form.
func unreadable(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) || strings.Contains(err.Error(), "message too large") {
		return problem.TooLarge().Because(err)
	}
	return problem.Request(err)
}
