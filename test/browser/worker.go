package browser

// StopWorkers ends the profile's service workers, as a browser does with those
// that have nothing to do. What wakes one later starts it from nothing.
func (page *Page) StopWorkers() {
	page.reporter().Helper()
	err := page.call("ServiceWorker.enable", nil, nil)
	if err == nil {
		err = page.call("ServiceWorker.stopAllWorkers", nil, nil)
	}
	if err != nil {
		page.fatal("stop the service workers", err)
	}
}
