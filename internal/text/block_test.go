package text_test

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"folje/internal/text"
)

func TestSegmented(t *testing.T) {
	b := text.Block{ID: "b1", Kind: text.Paragraph, Text: "Hej!  Vi ses."}
	got, err := json.Marshal(b.Segmented("sv"))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"b1","kind":"paragraph","text":"Hej!  Vi ses.","segments":[` +
		`{"id":"` + text.SegmentID("sv", "Hej!") + `","text":"Hej!"},` +
		`{"id":"` + text.SegmentID("sv", "Vi ses.") + `","text":"Vi ses."}]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if b.Segments != nil {
		t.Error("Segmented changed its receiver")
	}
	if empty := (text.Block{}).Segmented("sv"); empty.Segments == nil {
		t.Error("an empty block's segments would be null in JSON")
	}
}

func TestKindBody(t *testing.T) {
	for kind, want := range map[text.Kind]bool{
		text.Title: false, text.Question: false, "": false, "image": false,
		text.Heading: true, text.Paragraph: true, text.Item: true, text.Date: true, text.Place: true, text.Contact: true,
	} {
		if got := kind.Body(); got != want {
			t.Errorf("Kind(%q).Body() = %v", kind, got)
		}
	}
}

func TestValidate(t *testing.T) {
	long := strings.Repeat("å", text.MaxBlock+1)
	cases := map[string]struct {
		blocks []text.Block
		want   []text.Fault
	}{
		"nothing": {nil, nil},
		"right": {[]text.Block{
			{ID: "a", Kind: text.Paragraph, Text: long[2:]},
			{ID: "A-_9", Kind: text.Title, Text: "Hej"},
		}, nil},
		"too long": {[]text.Block{{ID: "a", Kind: text.Item, Text: long}},
			[]text.Fault{{"a", text.CodeBlockTooLong, map[string]any{"Max": 2000, "Count": 2001}}}},
		"title too long": {[]text.Block{{ID: "a", Kind: text.Title, Text: long[:2*text.MaxTitle+2]}},
			[]text.Fault{{"a", text.CodeBlockTooLong, map[string]any{"Max": 120, "Count": 121}}}},
		"question too long": {[]text.Block{{ID: "a", Kind: text.Question, Text: long[:2*text.MaxQuestion+2]}},
			[]text.Fault{{"a", text.CodeBlockTooLong, map[string]any{"Max": 300, "Count": 301}}}},
		"several": {[]text.Block{
			{ID: "a", Kind: "html", Text: "x"},
			{ID: "b", Kind: text.Place, Text: " \u200b\n\u200d"},
			{ID: "c", Kind: text.Place, Text: "x"},
			{ID: "c", Kind: text.Place, Text: "x"},
			{ID: "", Kind: text.Place, Text: "x"},
			{ID: "<b>", Kind: text.Place, Text: "x"},
			{ID: strings.Repeat("x", 41), Kind: text.Place, Text: "x"},
		}, []text.Fault{
			{"a", text.CodeBlockKind, map[string]any{"Kind": "html"}},
			{"b", text.CodeBlockEmpty, nil},
			{"c", text.CodeBlockID, nil},
			{"", text.CodeBlockID, nil},
			{"<b>", text.CodeBlockID, nil},
			{strings.Repeat("x", 41), text.CodeBlockID, nil},
		}},
		"too many": {many(text.MaxBlocks + 1),
			[]text.Fault{{"", text.CodeTooManyBlocks, map[string]any{"Max": 60, "Count": 61}}}},
		"just enough": {many(text.MaxBlocks), nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := text.Validate(c.blocks); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %v\nwant %v", got, c.want)
			}
		})
	}
}

func many(n int) []text.Block {
	blocks := make([]text.Block, n)
	for i := range blocks {
		blocks[i] = text.Block{ID: strconv.Itoa(i), Kind: text.Paragraph, Text: "x"}
	}
	return blocks
}
