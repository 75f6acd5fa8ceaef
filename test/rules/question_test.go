package rules_test

// questionRows are the requests of those who ask a question of the day, and of
// those who say what a good one is.
func (w *world) questionRows() []row {
	const at = "staff/question"
	return []row{
		// Who writes a letter may name her colleagues in it; one of them works in both units.
		ask("GET", at, "", at, nil).entitled("A:n"),
		ask("PUT", at, "", at, body{"base": 0, "changes": body{"rules": body{"plain": body{"off": true}}}}),
	}
}
