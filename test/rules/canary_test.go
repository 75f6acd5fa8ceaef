package rules_test

import (
	"fmt"
	"slices"
	"strings"
)

// kind is what a canary stands for, by the letter that the table shows. The
// legend says what each means.
type kind byte

const (
	kUnit         kind = 'u'
	kBoard        kind = 'U'
	kGroup        kind = 'g'
	kName         kind = 'n'
	kEmail        kind = 'N'
	kPlace        kind = 'm'
	kInformation  kind = 'M'
	kJotting      kind = 'f'
	kWord         kind = 'G'
	kPhrase       kind = 'Q'
	kGuide        kind = 'K'
	kNote         kind = 'S'
	kLeader       kind = 'E'
	kMessage      kind = 'j'
	kHistory      kind = 'H'
	kClaim        kind = 'C'
	kFailed       kind = 'F'
	kPublished    kind = 'p'
	kDraft        kind = 'l'
	kWaiting      kind = 'P'
	kWithdrawn    kind = 'w'
	kFormer       kind = 'r'
	kText         kind = 't'
	kUnfinished   kind = 'T'
	kOnly         kind = 'v'
	kVoice        kind = 'V'
	kAttached     kind = 'J'
	kSegment      kind = 'e'
	kUse          kind = 'c'
	kDevice       kind = 'd'
	kMembership   kind = 'b'
	kInvite       kind = 'i'
	kCode         kind = 'I'
	kChange       kind = 'h'
	kAudit        kind = 'a'
	kSetting      kind = 'x'
	kTown         kind = 'X'
	kAnswer       kind = 'A'
	kBooking      kind = 'k'
	kWish         kind = 'W'
	kReport       kind = 'R'
	kLedger       kind = 'o'
	kSubscription kind = 's'
	kOutbox       kind = 'q'
	kDelivery     kind = 'D'
	kPack         kind = 'O'
	kTheme        kind = 'Y'
	kRow          kind = 'Z'
	kSystem       kind = 'z'
	kApp          kind = 'y'
	kLog          kind = 'L'
	kBackup       kind = 'B'
	kTablet       kind = '+'
	kSecret       kind = '!'
)

// legend explains the kinds at the head of the table.
var legend = []struct {
	kind kind
	says string
}{
	{kUnit, "name of a unit"}, {kBoard, "its authority and address"},
	{kGroup, "name of a group"},
	{kName, "name of a member of staff"}, {kEmail, "her e-mail address"},
	{kPlace, "place of a meeting, and whom to reach"}, {kInformation, "its information and question"},
	{kJotting, "what staff noted at a meeting"},
	{kWord, "a school word, its explanation, or a translation of it"},
	{kPhrase, "a question or sentence of the bank"},
	{kGuide, "what everybody reads of the guide, or a translation of it"}, {kNote, "what of the guide only staff read"},
	{kLeader, "a support group that is hidden"},
	{kMessage, "a message of the app, as it was edited"},
	{kHistory, "what somebody did with a text"}, {kClaim, "who has taken a text upon herself"},
	{kFailed, "why an engine drafted nothing"},
	{kPublished, "published text"}, {kDraft, "text of a draft, never published"},
	{kWaiting, "published text that waits to go out"}, {kWithdrawn, "withdrawn text"}, {kFormer, "text that a correction replaced"},
	{kText, "translation of published text"}, {kUnfinished, "translation being typed, or of other text"},
	{kOnly, "translation for one place of one letter only"}, {kVoice, "a letter read aloud"}, {kAttached, "a picture of a letter"},
	{kSegment, "a segment that stands in no letter"}, {kUse, "where a segment stands"},
	{kDevice, "a device"}, {kMembership, "a membership"},
	{kInvite, "an invite"}, {kCode, "the code of an invite"},
	{kChange, "a row of changes"}, {kAudit, "a row of the audit log"},
	{kSetting, "a setting"}, {kTown, "the municipality's public setting"},
	{kAnswer, "a parent's answer to a meeting"}, {kBooking, "an interpreter's booking"},
	{kWish, "a parent's wish"}, {kReport, "a reader's report about a translation"},
	{kLedger, "a row of the ledger of operations"},
	{kSubscription, "a subscription of a phone"}, {kOutbox, "a row of the outbox"}, {kDelivery, "a delivery"},
	{kPack, "what a content pack brought"},
	{kTheme, "a theme, a term, a plan or an open activity that everybody reads"},
	{kRow, "a note in a plan, and an activity that is hidden"},
	{kTablet, "name of a shared tablet"},
	{kSystem, "a record of PocketBase's own collections"}, {kApp, "PocketBase's settings"},
	{kLog, "the activity log"}, {kBackup, "a backup"},
	{kSecret, "a SECRET: a hash, key, sealed code or password"},
}

// Whom a canary belongs to, beside the units A and B.
const (
	both    = '*' // a sentence that letters of both units use
	neither = '-'
)

// canary is a string that stands for one kind of thing of one unit. Owner
// names the role whose own it is, if any.
type canary struct {
	text  string
	kind  kind
	unit  byte
	owner string
}

// canaries are all there are. Every canary is its own string: none is part of
// another.
type canaries struct{ all []canary }

// text makes a new canary to be written somewhere. It is lower-case and has no
// sentence's end, so that it passes as a name, a sentence or an address; and no
// number, so that one passes as another's translation.
func (c *canaries) text(k kind, unit byte) string {
	n := len(c.all)
	text := fmt.Sprintf("canary%c%c%cx", 'a'+n/676%26, 'a'+n/26%26, 'a'+n%26)
	c.add(canary{text: text, kind: k, unit: unit})
	return text
}

// own makes a canary that is a role's own.
func (c *canaries) own(k kind, unit byte, role string) string {
	text := c.text(k, unit)
	c.all[len(c.all)-1].owner = role
	return text
}

func (c *canaries) add(one canary) { c.all = append(c.all, one) }

// in lists the canaries that occur in the text.
func (c *canaries) in(text string) []canary {
	var found []canary
	for _, one := range c.all {
		if strings.Contains(text, one.text) {
			found = append(found, one)
		}
	}
	return found
}

// shown writes canaries as the table does: the kinds by unit, and "me" for
// what is the asking role's own.
func shown(found []canary, role string) string {
	byUnit := map[byte][]byte{}
	own := ""
	for _, c := range found {
		if c.owner == self(role) {
			own = " me"
		} else if !slices.Contains(byUnit[c.unit], byte(c.kind)) {
			byUnit[c.unit] = append(byUnit[c.unit], byte(c.kind))
		}
	}
	var out strings.Builder
	for _, unit := range []byte{'A', 'B', both, neither} {
		if kinds := byUnit[unit]; len(kinds) > 0 {
			slices.SortFunc(kinds, byLegend)
			fmt.Fprintf(&out, " %c:%s", unit, kinds)
		}
	}
	return out.String() + own
}

func byLegend(a, b byte) int { return order(kind(a)) - order(kind(b)) }

func order(k kind) int {
	for i, l := range legend {
		if l.kind == k {
			return i
		}
	}
	return len(legend)
}
