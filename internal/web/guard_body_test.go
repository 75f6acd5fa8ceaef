package web

import "testing"

// What a feature takes must come through to it; everything else is small.
func TestWhatABodyMayWeigh(t *testing.T) {
	for path, want := range map[string]int64{
		"/api/folje/v1/staff/admin/import":                                     1 << 20, // a sheet of 512 KiB in base64, in JSON
		"/api/folje/v1/staff/admin/logo":                                       1 << 20, // 64 KiB in base64, in JSON, before it is drawn anew
		"/api/folje/v1/staff/question":                                         1 << 20,
		"/api/folje/v1/staff/letters/abc/attachments/snowsnowsnow111":          6 << 20,
		"/api/folje/v1/staff/letters/abc/recordings/ar":                        21 << 20,
		"/api/folje/v1/staff/letters/abc/attachments/snowsnowsnow111/../../..": 64 << 10,
		"/api/folje/v1/staff/colleagues":                                       64 << 10,
		"/api/collections/letters/records":                                     1 << 20,
	} {
		if got := bodyLimit(path); got != want {
			t.Errorf("%s: %d bytes, want %d", path, got, want)
		}
	}
}
