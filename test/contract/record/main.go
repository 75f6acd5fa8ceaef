// Command record asks the server of a released commit what its web app asks,
// and keeps the answers' shapes as test/contract/testdata/<commit>/phone.json.
//
//	go run ./test/contract/record <commit>
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"

	"folje/test/contract"
	"folje/test/demo"
)

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if len(os.Args) != 2 {
		log.Fatal("usage: go run ./test/contract/record <commit>")
	}
	if err := run(ctx, os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, commit string) (err error) {
	root, err := demo.Root(ctx)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "folje-contract-")
	if err != nil {
		return fmt.Errorf("make a working folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	binary, err := build(ctx, root, commit, folder)
	if err != nil {
		return err
	}
	s, err := demo.New(binary, filepath.Join(folder, "data"))
	if err != nil {
		return err
	}
	if err := s.Start(ctx); err != nil {
		return err
	}
	steps, err := ask(s)
	if err = errors.Join(err, s.Stop()); err != nil {
		return err
	}
	return write(filepath.Join(root, "test", "contract", "testdata", commit, "phone.json"), contract.Recording{Build: commit, Steps: steps})
}

// build compiles the program as it was at the commit.
func build(ctx context.Context, root, commit, folder string) (binary string, err error) {
	tree := filepath.Join(folder, "tree")
	command := func(dir, name string, args ...string) error {
		c := exec.CommandContext(ctx, name, args...)
		c.Dir = dir
		if out, err := c.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", name, err, out)
		}
		return nil
	}
	if err := command(root, "git", "worktree", "add", "--detach", tree, commit); err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, command(root, "git", "worktree", "remove", "--force", tree)) }()
	binary = filepath.Join(folder, "folje")
	return binary, command(tree, "go", "build", "-o", binary, ".")
}

func ask(s *demo.Server) ([]contract.Step, error) {
	m, err := s.Manifest()
	if err != nil {
		return nil, err
	}
	values := map[string]string{}
	for _, i := range m.Invitations {
		switch i.Group {
		case contract.Group:
			values["code"] = i.Code
		case contract.SecondGroup:
			values["second"] = i.Code
		}
	}
	steps, session := contract.Phone(), &contract.Session{URL: s.Origin, Values: values}
	admin, leader := m.With("admin")[0], m.With("steget")[0]
	err = session.OpenChannel(contract.SignIn{Email: admin.Email, Password: admin.Password}, contract.SignIn{Email: leader.Email, Password: leader.Password})
	if err != nil {
		return nil, err
	}
	return steps, session.Record(steps)
}

func write(path string, r contract.Recording) error {
	var out bytes.Buffer
	encode := json.NewEncoder(&out)
	encode.SetEscapeHTML(false)
	encode.SetIndent("", " ")
	if err := encode.Encode(r); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, out.Bytes(), 0o644)
}
