package question

import (
	"errors"
	"fmt"
	"strings"
)

// Add is the policy's way to a rule of its own, for scripts as $question:
//
//	$question({ words: ['läxfritt'], advice: '…' })
//
// None of the words should stand in a question of the day; where one does, the
// advice is shown. It fails, and so stops the start, on a rule that could never
// be shown, and once the app serves: a policy is what holds from the start.
func (h *Helper) Add(own Own) error {
	if h.serving.Load() {
		return errors.New("$question: rules are given when the file is run, not by a handler")
	}
	own.Words, own.Advice = words(own.Words), strings.TrimSpace(own.Advice)
	if len(own.Words) == 0 || own.Advice == "" {
		return errors.New("$question: a rule needs words and advice")
	}
	for _, word := range own.Words {
		if strings.Trim(word, "* ") == "" {
			return fmt.Errorf("$question: %q is no word", word)
		}
	}
	rule := own.rule()
	rule.ID = fmt.Sprintf("policy.%d", len(h.policy)+1)
	h.policy = append(h.policy, rule)
	return nil
}
