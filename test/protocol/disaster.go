package protocol

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"folje/internal/app"
	"folje/internal/backup"

	"filippo.io/age"
	"github.com/pocketbase/pocketbase/core"
)

// watch marks the points where a server may die: before a record is written,
// in the middle of its transaction, and after an operation's commit.
func (s *Server) watch() {
	told := func(e *core.RecordEvent) error {
		if s.point != nil {
			s.point()
		}
		return e.Next()
	}
	s.app.OnRecordCreate().BindFunc(told)
	s.app.OnRecordUpdate().BindFunc(told)
	s.app.OnRecordAfterCreateSuccess("operations").BindFunc(told)
}

// Crash lets the server die at the depth-th point of the work, or right after
// it, and starts it again with what was in its files at that moment.
func (s *Server) Crash(depth int, work func()) {
	s.folders++
	s.crashes++
	image, taken := filepath.Join(filepath.Dir(s.Dir), fmt.Sprintf("data-%d", s.folders)), false
	take := func() {
		if !taken {
			taken = true
			s.must(copyFolder(s.Dir, image))
		}
	}
	s.point = func() {
		if depth--; depth <= 0 {
			take()
		}
	}
	work()
	take()
	s.point = nil
	s.Stop()
	s.must(os.RemoveAll(s.Dir))
	s.Dir = image
	s.start()
}

// key opens the tests' backups.
var key = sync.OnceValue(func() *age.X25519Identity {
	k, err := age.GenerateX25519Identity()
	if err != nil {
		panic(err) // no randomness
	}
	return k
})

// Backup makes a backup of the running server.
func (s *Server) Backup() {
	s.clock.Pass(time.Second) // archives are named by the second
	made, err := backup.Create(context.Background(), backup.Options{
		Dir: s.Dir, To: filepath.Join(filepath.Dir(s.Dir), "archives"), Recipients: []age.Recipient{key().Recipient()},
		Build: "test", Now: s.clock.Now(),
	})
	s.must(err)
	s.archives = append(s.archives, made.Path)
}

// Restore brings the server back to one of its backups, counted from the
// latest; it does nothing where there is none.
func (s *Server) Restore(back int) bool {
	if len(s.archives) == 0 {
		return false
	}
	archive := s.archives[max(len(s.archives)-1-back, 0)]
	if _, err := os.Stat(archive); err != nil {
		return false // it was too old to be kept
	}
	s.Stop()
	var opened core.App
	restored, err := backup.Restore(context.Background(), backup.RestoreOptions{
		Archive: archive, Dir: s.Dir, Identities: []age.Identity{key()}, Now: s.clock.Now(),
		Open: func(dir string) (a core.App, err error) {
			opened, err = app.Open(dir)
			return opened, err
		},
	})
	s.must(err)
	s.must(end(opened)) // what a program's end would close
	s.must(os.RemoveAll(restored.Old))
	s.restores++
	s.start()
	return true
}

// Remove stops the server and deletes the folder that all of its own lie in.
func (s *Server) Remove() {
	s.Stop()
	s.must(os.RemoveAll(filepath.Dir(s.Dir)))
}
