package browser

// Quota makes a site's storage on this phone no larger than bytes. A database
// that is open already hears of it late.
func (page *Page) Quota(origin string, bytes int64) {
	page.reporter().Helper()
	params := map[string]any{"origin": origin, "quotaSize": bytes}
	if err := page.call("Storage.overrideQuotaForOrigin", params, nil); err != nil {
		page.fatal("set the quota", err)
	}
}
