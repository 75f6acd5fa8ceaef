package translation

import (
	"slices"

	"folje/internal/access"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// simple is plain Swedish. Who writes letters may word hers in it too.
const simple = "sv-simple"

// canTranslate reports whether staff may write in the locale: a translator of
// it, or an administrator; nobody into the source.
func canTranslate(staff *core.Record, tag string) bool {
	if tag == sourceLocale {
		return false
	}
	return access.IsAdmin(staff) || access.HasRole(staff, access.RoleTranslator) && slices.Contains(staff.GetStringSlice("locales"), tag)
}

// canSimplify reports whether staff may word the record in plain Swedish
// without translating otherwise: an editor of the unit that it belongs to.
func canSimplify(staff, r *core.Record, tag string) bool {
	return tag == simple && access.HasRole(staff, access.RoleEditor) && access.InUnit(staff, r.GetString("unit"))
}

// mayTranslate gives the locale of the path, where she translates into it.
func (d *desk) mayTranslate(e *core.RequestEvent) (string, error) {
	return d.allowed(e.Auth, e.Request.PathValue("locale"), func(string) bool { return false })
}

// mayWrite gives the locale, where she may write the record's texts in it.
func (d *desk) mayWrite(staff, r *core.Record, tag string) (string, error) {
	return d.allowed(staff, tag, func(tag string) bool { return canSimplify(staff, r, tag) })
}

// allowed gives the locale where she translates into it, or may write in it all
// the same. Who doesn't translate at all gets the answer for what isn't there.
func (d *desk) allowed(staff *core.Record, tag string, besides func(tag string) bool) (string, error) {
	info, known := d.Locales.Find(tag)
	switch {
	case known && besides(info.Tag):
		return info.Tag, nil
	case !known, !access.HasRole(staff, access.RoleTranslator):
		return "", problem.NotFound()
	case !canTranslate(staff, info.Tag):
		return "", problem.Forbidden()
	}
	return info.Tag, nil
}
