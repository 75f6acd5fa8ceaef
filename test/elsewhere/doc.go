// Package elsewhere drives the browsers that parents have beside Chromium:
// Firefox over WebDriver BiDi, without geckodriver, and WebKitGTK over
// WebDriver, the nearest that Linux has to an iPhone's browser. It can what
// the two journeys of its tests need: read without a network, write without a
// network. Looking for elements and waiting in the page is done by the rig of
// package browser, with its selectors.
package elsewhere
