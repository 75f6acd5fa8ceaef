package sync

import "testing"

// The pages that were used last are unpacked once, and few of them are kept.
func TestPagesThatAreUsedAreUnpackedOnce(t *testing.T) {
	var o opened
	pages := make([]*heldPage, openedMost+2)
	first := make([]*pageContent, len(pages))
	for i := range pages {
		pages[i] = &heldPage{Page: &Page{}}
		var err error
		if first[i], err = o.of(pages[i]); err != nil {
			t.Fatal(err)
		}
		if i > 0 {
			if again, _ := o.of(pages[0]); again != first[0] {
				t.Errorf("after %d others it was unpacked again", i)
			}
		}
	}
	if len(o.last) != openedMost {
		t.Errorf("%d are kept", len(o.last))
	}
	if again, _ := o.of(pages[1]); again == first[1] {
		t.Error("one that nobody used was kept")
	}
	o.drop(pages[0])
	if again, _ := o.of(pages[0]); again == first[0] {
		t.Error("one that was replaced was kept")
	}
}
