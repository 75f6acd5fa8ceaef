package browser

// StopWorkers ends the profile's service workers, as a browser does with those
// that have nothing to do. What wakes one later starts it from nothing.
func (page *Page) StopWorkers() {
	page.reporter().Helper()
	p := page.profile
	p.mu.Lock()
	var workers []string
	for session, kind := range p.sessions {
		if kind == "service_worker" {
			workers = append(workers, session)
		}
	}
	p.mu.Unlock()
	err := page.call("ServiceWorker.enable", nil, nil)
	for _, session := range workers {
		if err == nil { // else Chromium waits, at its next start, for who watched it before
			err = p.do("", "Target.detachFromTarget", map[string]any{"sessionId": session})
		}
	}
	if err == nil {
		err = page.call("ServiceWorker.stopAllWorkers", nil, nil)
	}
	if err != nil {
		page.fatal("stop the service workers", err)
	}
}
