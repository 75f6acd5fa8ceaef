package access

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"folje/internal/problem"
)

// The roles of staff. One person may have several.
const (
	RoleEditor      = "editor"      // writes letters and invites phones, in her units
	RoleTranslator  = "translator"  // translates, for her units and locales
	RoleCoordinator = "coordinator" // keeps guide, themes and question bank
	RoleSteget      = "steget"      // reads confidential requests
	RoleAdmin       = "admin"       // may do everything staff may do, in every unit
)

// TabletSessions is the collection whose records stand for somebody who is in on
// a unit's shared tablet: with her id, as an editor of that unit and nothing else.
// What such a session reaches at all is decided before, by internal/tablet.
const TabletSessions = "tablet_sessions"

// IsStaff reports whether auth is a signed-in member of staff, by her own account
// or on a shared tablet. Nil and PocketBase's superusers are not.
func IsStaff(auth *core.Record) bool {
	return auth != nil && (auth.Collection().Name == "staff" || auth.Collection().Name == TabletSessions)
}

// IsAdmin reports whether staff is an administrator.
func IsAdmin(staff *core.Record) bool {
	return IsStaff(staff) && slices.Contains(staff.GetStringSlice("roles"), RoleAdmin)
}

// HasRole reports whether staff has the role. An administrator has every one.
func HasRole(staff *core.Record, role string) bool {
	return IsAdmin(staff) || IsStaff(staff) && slices.Contains(staff.GetStringSlice("roles"), role)
}

// InUnit reports whether staff works in the unit. An administrator works in
// every one, nobody in the unit "".
func InUnit(staff *core.Record, unit string) bool {
	if unit == "" || !IsStaff(staff) {
		return false
	}
	return IsAdmin(staff) || slices.Contains(staff.GetStringSlice("units"), unit)
}

// CanInvite reports whether staff may make, see, rotate and revoke the
// group's invites: an editor of the group's unit, or an administrator. It
// needs no look at the database today; app is there for rules that will.
func CanInvite(_ core.App, staff, group *core.Record) bool {
	return group != nil && HasRole(staff, RoleEditor) && InUnit(staff, group.GetString("unit"))
}

// Staff gives the member of staff who sent the request, with what she may do
// as of now. It fails with 401 error.sign_in for everybody else.
func Staff(e *core.RequestEvent) (*core.Record, error) {
	if !IsStaff(e.Auth) {
		return nil, problem.SignIn()
	}
	return e.Auth, nil
}
