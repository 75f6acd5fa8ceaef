package push

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestOutcomes(t *testing.T) {
	for want, statuses := range map[Outcome][]int{
		Delivered: {200, 201, 202, 204, 299},
		Gone:      {404, 410},
		Refused:   {300, 301, 302, 303, 307, 308, 400, 401, 402, 403, 405, 406, 409, 412, 415, 418, 421, 422, 431, 451, 499},
		TooLarge:  {413},
		Later:     {429, 503},
		Failed:    {408, 500, 501, 502, 504, 505, 507, 511, 599, 999},
	} {
		for _, status := range statuses {
			got := answered(status, http.Header{}, midday)
			if got.Outcome != want || got.Status != status || got.Wait != 0 {
				t.Errorf("%d: %+v", status, got)
			}
			if (got.Err == nil) != (want == Delivered) || got.Err != nil && !strings.Contains(got.Err.Error(), fmt.Sprint(status)) {
				t.Errorf("%d: %v", status, got.Err)
			}
		}
	}
}

func TestRetryAfter(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"":                               0,
		"120":                            2 * time.Minute,
		" 7 ":                            7 * time.Second,
		"0":                              time.Second,
		"1":                              time.Second,
		"-5":                             time.Second,
		"3600":                           time.Hour,
		"3601":                           time.Hour,
		"31536000":                       time.Hour,
		"9223372036854775807":            time.Hour,
		"99999999999999999999999999":     time.Hour,
		"-99999999999999999999999999":    time.Second,
		"Sun, 22 Nov 2026 12:10:00 GMT":  10 * time.Minute,
		"Sunday, 22-Nov-26 12:10:00 GMT": 10 * time.Minute,
		"Sun, 22 Nov 2026 11:00:00 GMT":  time.Second, // over
		"Fri, 01 Jan 2100 00:00:00 GMT":  time.Hour,
		"Thu, 01 Jan 1970 00:00:00 GMT":  time.Second,
		"soon":                           0,
		"1.5":                            0,
		"12 minutes":                     0,
		"0x10":                           0,
		"NaN":                            0,
		"2026-11-22T12:10:00Z":           0,
		"\x00\xff":                       0,
	} {
		for _, status := range []int{429, 503} {
			if got := answered(status, http.Header{"Retry-After": {value}}, midday); got.Wait != want || got.Outcome != Later {
				t.Errorf("%q: %+v, want %v", value, got, want)
			}
		}
		if got := answered(500, http.Header{"Retry-After": {value}}, midday); got.Wait != 0 {
			t.Errorf("%q is obeyed of an answer that may not say it", value)
		}
	}
}
