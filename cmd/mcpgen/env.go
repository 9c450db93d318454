package main

import (
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"
)

// env is what a command may see of the world.
type env struct {
	dir    string // the working directory, absolute
	stdout io.Writer
	stderr io.Writer
}

// print writes a line of the result.
func (e *env) print(format string, args ...any) {
	fmt.Fprintf(e.stdout, format+"\n", args...)
}

// say tells the person at the terminal something beside the result.
func (e *env) say(format string, args ...any) {
	fmt.Fprintf(e.stderr, "mcpgen: "+format+"\n", args...)
}

// talk is say for lines that stand for themselves, such as file:line:col messages.
func (e *env) talk(text string) {
	fmt.Fprintln(e.stderr, text)
}

// path is file as a person in the working directory would write it.
func (e *env) path(file string) string {
	if rel, err := filepath.Rel(e.dir, file); err == nil {
		return filepath.ToSlash(rel)
	}
	return file
}

// abs is the absolute form of a path that was given on the command line.
func (e *env) abs(path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(e.dir, path)
}

// count is n and noun, in the plural where it takes one.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

var plainWord = regexp.MustCompile(`^[\w@%+=:,./~-]+$`)

// shell spells a command so that it can be pasted into a POSIX shell.
func shell(words ...string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = word
		if !plainWord.MatchString(word) {
			quoted[i] = "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
		}
	}
	return strings.Join(quoted, " ")
}
