package attachment_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/attachment"

	"github.com/pocketbase/pocketbase/core"
)

// What a crash leaves in a bucket goes at night, as on a disk; what may still
// be on its way into the database stays.
func TestASweepOfABucket(t *testing.T) {
	a := apptest.New(t)
	c, err := a.FindCollectionByNameOrId("attachments")
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var deleted []string
	bucket := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if r.Method == http.MethodDelete {
			deleted = append(deleted, r.URL.Path)
			w.WriteHeader(http.StatusNoContent)
			return
		}
		fmt.Fprint(w, `<ListBucketResult>`)
		for id, written := range map[string]time.Time{"leftbyacrash000": time.Now().Add(-2 * time.Hour), "justbeingwritte": time.Now()} {
			fmt.Fprintf(w, `<Contents><Key>%s/%s/picture.jpg</Key><Size>3</Size><LastModified>%s</LastModified></Contents>`,
				c.BaseFilesPath(), id, written.UTC().Format("2006-01-02T15:04:05.000Z"))
		}
		fmt.Fprint(w, `</ListBucketResult>`)
	}))
	defer bucket.Close()
	a.Settings().S3 = core.S3Config{
		Enabled: true, Bucket: "files", Region: "x", Endpoint: bucket.URL, AccessKey: "x", Secret: "x", ForcePathStyle: true,
	}
	if err := attachment.Sweep(a); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	if want := "/files/" + c.BaseFilesPath() + "/leftbyacrash000/picture.jpg"; !slices.Equal(deleted, []string{want}) {
		t.Errorf("removed: %v", deleted)
	}
}
