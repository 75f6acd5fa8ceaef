package web

import (
	"net/http"
	"strings"
)

// ContentSecurityPolicy is the policy of every public answer: nothing from
// elsewhere, nothing inline, and no text that becomes markup or a script's
// address except through the three named Trusted Types policies (that includes
// the addresses given to serviceWorker.register and to Worker).
const ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; " +
	"img-src 'self' blob: data:; media-src blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; " +
	"worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types lit-html app confidential"

// permissionsPolicy turns off what the app never asks for. The microphone is for
// translators who read a letter aloud; browsers ask her first.
const permissionsPolicy = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), " +
	"magnetometer=(), microphone=(self), payment=(), usb=()"

// publicHeaders are set last, over whatever a handler or PocketBase has set.
func publicHeaders(https bool) func(*http.Request, http.Header) {
	return func(r *http.Request, h http.Header) {
		commonHeaders(r, h)
		h.Set("Content-Security-Policy", ContentSecurityPolicy)
		h.Set("X-Frame-Options", "DENY")
		h.Set("Permissions-Policy", permissionsPolicy)
		if https {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
	}
}

// adminHeaders leaves PocketBase's dashboard the policy it brings.
func adminHeaders(r *http.Request, h http.Header) { commonHeaders(r, h) }

func commonHeaders(r *http.Request, h http.Header) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Del("X-Xss-Protection") // of browsers that are gone, and harmful in them
	for name := range h {
		if strings.HasPrefix(name, "Access-Control-") {
			h.Del(name)
		}
	}
	if strings.HasPrefix(r.URL.Path, "/api/") && h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-store")
	}
}
