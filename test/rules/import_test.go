package rules_test

import "encoding/base64"

// importRows are the requests that set units up out of a table.
func (w *world) importRows() []row {
	const pattern = "staff/admin/import"
	table := func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
	unit := table("Enhet;Grupp;Namn;E-post\nnew;new;New;new@example.org\n")
	return []row{
		ask("POST", pattern, "only looked at", pattern, body{"file": unit}),
		ask("POST", pattern, "a unit", pattern, body{"file": unit, "apply": true}),
		ask("POST", pattern, "no table", pattern, body{"file": table("")}).refused("it is empty"),
	}
}
