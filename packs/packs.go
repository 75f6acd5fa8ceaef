// Package packs holds the content packs that come with the program. internal/pack
// reads them.
package packs

import "embed"

// Demo is the demo's pack, under DemoDir.
//
//go:embed bjorkhult-demo
var Demo embed.FS

// DemoDir is where in Demo the pack's files are (see fs.Sub).
const DemoDir = "bjorkhult-demo"
