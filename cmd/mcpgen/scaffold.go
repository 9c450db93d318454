package main

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
)

// writeScaffold puts the files into dir, which it makes if need be. When that
// fails, what it wrote is gone again.
func writeScaffold(dir string, files map[string][]byte) (err error) {
	root, err := openEmpty(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()

	names := slices.Sorted(maps.Keys(files))
	for i, name := range names {
		if err := createFile(root, name, files[name]); err != nil {
			for _, written := range names[:i] {
				_ = root.Remove(written)
			}
			return err
		}
	}
	return nil
}

// openEmpty opens the folder dir, which may hold a .git and nothing else.
func openEmpty(dir string) (*os.Root, error) {
	info, err := os.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return nil, err
		}
	case err != nil:
		return nil, err
	case !info.IsDir():
		return nil, errors.New("refusing to start a module in what is not a folder")
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	entries, err := fs.ReadDir(root.FS(), ".")
	if err == nil && slices.ContainsFunc(entries, func(entry fs.DirEntry) bool { return entry.Name() != ".git" }) {
		err = errors.New("refusing to start a module in a folder that is not empty")
	}
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return root, nil
}

// createFile writes a file that must not exist yet.
func createFile(root *os.Root, name string, content []byte) error {
	if err := root.MkdirAll(path.Dir(name), 0o777); err != nil {
		return err
	}
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close())
}
