package scan

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/build"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// environment is where the go command runs and how.
type environment struct {
	dir     string   // absolute
	env     []string // for the go command
	tags    string
	modules []string // the folders of the main modules
	build   build.Context
}

// newEnvironment asks the go command for the modules around dir. Source may be
// hostile, so the go command gets an environment in which nothing of the user's
// module is run: no compiler for C, no driver, no other toolchain.
func newEnvironment(ctx context.Context, dir string, env []string, tags string) (*environment, error) {
	if info, err := os.Stat(dir); err != nil {
		return nil, err
	} else if !info.IsDir() {
		return nil, fmt.Errorf("%s is not a folder", dir)
	}
	e := &environment{dir: dir, tags: tags}
	e.env = append(slices.Clip(env),
		"PWD="+dir, "CGO_ENABLED=0", "GOPACKAGESDRIVER=off", "GOTOOLCHAIN=local")

	var vars struct{ GOMOD, GOWORK, GOFLAGS, GOOS, GOARCH string }
	out, err := e.command(ctx, "env", "-json", "GOMOD", "GOWORK", "GOFLAGS", "GOOS", "GOARCH")
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(out, &vars); err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	flags := withoutToolexec(vars.GOFLAGS)
	e.env = append(e.env, "GOFLAGS="+flags)
	switch {
	case vars.GOWORK != "":
		out, err := e.command(ctx, "list", "-m", "-f", "{{.Dir}}")
		if err != nil {
			return nil, err
		}
		e.modules = strings.Split(strings.TrimSpace(string(out)), "\n")
	case vars.GOMOD == "" || vars.GOMOD == os.DevNull:
		return nil, fmt.Errorf("no go.mod in %s or a folder above it; run go mod init first", dir)
	default:
		e.modules = []string{filepath.Dir(vars.GOMOD)}
	}

	e.build = build.Default
	e.build.GOOS, e.build.GOARCH, e.build.CgoEnabled = vars.GOOS, vars.GOARCH, false
	e.build.BuildTags = splitTags(cmp.Or(tags, tagsOf(flags)))
	return e, nil
}

// command runs the go command and returns what it prints.
func (e *environment) command(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir, cmd.Env = e.dir, e.env
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if text := strings.TrimSpace(stderr.String()); err != nil && text != "" {
		return nil, errors.New(oneLine(text))
	}
	if err != nil {
		return nil, fmt.Errorf("go %s: %w", args[0], err)
	}
	return out, nil
}

// oneLine folds the lines of a message of the go command.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// splitFlags cuts GOFLAGS as the go command does: at spaces, except in quotes.
func splitFlags(flags string) []string {
	var all []string
	for flags = strings.TrimSpace(flags); flags != ""; flags = strings.TrimSpace(flags) {
		end := strings.IndexAny(flags, " \t\n\r")
		if quote := flags[0]; quote == '\'' || quote == '"' {
			if i := strings.IndexByte(flags[1:], quote); i >= 0 {
				end = i + 2
			}
		}
		if end < 0 {
			end = len(flags)
		}
		all = append(all, flags[:end])
		flags = flags[end:]
	}
	return all
}

// flagName is the name of a flag as it stands in GOFLAGS, and its value.
func flagName(flag string) (name, value string) {
	name, value, _ = strings.Cut(strings.Trim(flag, `'"`), "=")
	return strings.TrimLeft(name, "-"), value
}

func withoutToolexec(flags string) string {
	return strings.Join(slices.DeleteFunc(splitFlags(flags), func(flag string) bool {
		name, _ := flagName(flag)
		return name == "toolexec"
	}), " ")
}

func tagsOf(flags string) (tags string) {
	for _, flag := range splitFlags(flags) {
		if name, value := flagName(flag); name == "tags" {
			tags = value
		}
	}
	return tags
}

func splitTags(tags string) []string {
	return strings.FieldsFunc(tags, func(r rune) bool { return r == ',' || r == ' ' })
}

// owns reports whether dir lies in a main module.
func (e *environment) owns(dir string) bool {
	return slices.ContainsFunc(e.modules, func(module string) bool {
		return dir == module || strings.HasPrefix(dir, strings.TrimSuffix(module, string(filepath.Separator))+string(filepath.Separator))
	})
}
