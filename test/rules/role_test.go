package rules_test

import "strings"

// role is somebody who asks. Its name heads a column of the table; it ends with
// @ for who is the same person on the administrators' listener.
type role struct {
	name string
	says string
	// admin: asks the administrators' listener, not the public one.
	admin bool
}

// The roles. Those of unit A differ from each other only in what they may do
// there, so that a cell shows what the role gives and not the unit.
const (
	guest        = "guest"
	phone        = "phoneA"
	revoked      = "revoked"
	editor       = "editA"
	translator   = "transA"
	coordinator  = "coordA"
	steget       = "stegetA"
	stranger     = "editB"
	admin        = "admin"
	onTablet     = "tabletA"
	gone         = "gone"
	demoted      = "demoted"
	superuser    = "super"
	superuserIn  = "super@"
	editorIn     = "editA@"
	onTabletIn   = "tabletA@"
	guestIn      = "guest@"
	signingIn    = "signing in" // no column: a member of staff who signs in in some rows
	superSigning = "super signing in"
)

// The roles on the administrators' listener show what the collections' rules
// say where the public one doesn't even get that far.
var roles = []role{
	{name: guest, says: "nobody, without any token"},
	{name: phone, says: "a device that follows the group of unit A"},
	{name: revoked, says: "a device that followed it and was shut out"},
	{name: editor, says: "editor of unit A"},
	{name: translator, says: "translator of unit A into Arabic"},
	{name: coordinator, says: "coordinator, working in unit A"},
	{name: steget, says: "Steget leader, working in unit A"},
	{name: stranger, says: "editor and translator of unit B"},
	{name: admin, says: "administrator (of the staff)"},
	{name: onTablet, says: "editor, translator, coordinator and Steget leader of both units, in on the shared tablet of unit A"},
	{name: gone, says: "editor of unit A whose account was deleted; the token is left"},
	{name: demoted, says: "was editor and translator of unit A when the token was made, is a coordinator now"},
	{name: superuser, says: "PocketBase's superuser on the public listener"},
	{name: superuserIn, says: "PocketBase's superuser on the administrators' listener", admin: true},
	{name: editorIn, says: "editor of unit A, on the administrators' listener", admin: true},
	{name: onTabletIn, says: "the same session on a tablet, on the administrators' listener", admin: true},
	{name: guestIn, says: "nobody, on the administrators' listener", admin: true},
}

// self is whose canaries are the role's own.
func self(role string) string { return strings.TrimSuffix(role, "@") }
