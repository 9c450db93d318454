package main

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/mcpgen/mcpgen/gen"
)

// action is what a generated file needs on disk.
type action string

const (
	keep   action = "keep"
	create action = "write"
	remove action = "remove"
)

// done is the action as a report of the past.
func (a action) done() string {
	return map[action]string{keep: "unchanged", create: "wrote", remove: "removed"}[a]
}

// change is a generated file beside what lies at its place on disk.
type change struct {
	gen.File
	action action
	old    []byte // nil when there is no file yet
	perm   fs.FileMode
}

// compare finds out what each file needs. It refuses what mcpgen must not touch,
// all of it at once, so that a run which may not write everything writes nothing.
func compare(e *env, files []gen.File) ([]change, error) {
	var changes []change
	var refused []error
	for _, file := range files {
		c, err := compareFile(file)
		if err != nil {
			refused = append(refused, fmt.Errorf("%s: %w", e.path(file.Path), err))
			continue
		}
		changes = append(changes, c)
	}
	return changes, errors.Join(refused...)
}

func compareFile(file gen.File) (change, error) {
	c := change{File: file, action: keep, perm: 0o644}

	info, err := os.Lstat(file.Path)
	if errors.Is(err, fs.ErrNotExist) {
		if file.Content != nil {
			c.action = create
		}
		return c, nil
	}
	if err != nil {
		return c, err
	}
	if !info.Mode().IsRegular() {
		return c, errors.New("refusing to replace what is not a regular file")
	}
	if c.old, err = os.ReadFile(file.Path); err != nil {
		return c, err
	}
	c.perm = info.Mode().Perm()

	switch {
	case bytes.Equal(c.old, file.Content):
	case gen.IsGenerated(c.old) && file.Content == nil:
		c.action = remove
	case gen.IsGenerated(c.old):
		c.action = create
	case file.Content != nil:
		return c, errors.New("refusing to overwrite a file that mcpgen did not write: it lacks the header; move it away")
	}
	return c, nil
}

// apply makes the changes, all of them or, as far as a file system allows, none:
// every new content is on disk under a temporary name before the first file is
// replaced.
func apply(changes []change) (err error) {
	var staged []*stage
	defer func() {
		for _, s := range staged {
			s.close()
		}
	}()
	for _, c := range changes {
		if c.action == keep {
			continue
		}
		s, err := prepare(c)
		if err != nil {
			return err
		}
		staged = append(staged, s)
	}
	for _, s := range staged {
		if err := s.commit(); err != nil {
			return err
		}
	}
	return nil
}

// stage is a change that is ready to happen. It works below its folder through
// an [os.Root], so nothing that is put there meanwhile leads it elsewhere.
type stage struct {
	root *os.Root
	name string
	temp string // "" when the file is to be removed
}

func prepare(c change) (*stage, error) {
	root, err := os.OpenRoot(filepath.Dir(c.Path))
	if err != nil {
		return nil, err
	}
	s := &stage{root: root, name: filepath.Base(c.Path)}
	if c.action == remove {
		return s, nil
	}
	// The go command ignores names with a leading dot.
	s.temp = "." + s.name + "." + rand.Text()
	if err := s.writeTemp(c); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *stage) writeTemp(c change) error {
	f, err := s.root.OpenFile(s.temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, c.perm)
	if err != nil {
		return err
	}
	_, err = f.Write(c.Content)
	if c.old != nil {
		err = errors.Join(err, f.Chmod(c.perm)) // the umask is for new files
	}
	return errors.Join(err, f.Close())
}

func (s *stage) commit() error {
	if s.temp == "" {
		return s.root.Remove(s.name)
	}
	if err := s.root.Rename(s.temp, s.name); err != nil {
		return err
	}
	s.temp = ""
	return nil
}

// close removes the temporary file of a change that did not happen.
func (s *stage) close() {
	if s.temp != "" {
		_ = s.root.Remove(s.temp)
	}
	_ = s.root.Close()
}
