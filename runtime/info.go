package runtime

import (
	"cmp"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Info says who a server is. Clients show it to their users; nothing of it is
// required.
type Info struct {
	// Name identifies the server to programs, such as "sales". If it is empty, the
	// last element of the main module's path is used, or the executable's name.
	Name string
	// Version is the server's own version. If it is empty, the version of the main
	// module is used, "v0.0.0" if it was built without one.
	Version string
	// Title is the name for people, Description a sentence about the server.
	Title, Description string
	// Instructions are for the model: when and how to use this server.
	Instructions string
	// WebsiteURL is where people read about the server.
	WebsiteURL string
	// Icon is the URL of an image, or a data URI that holds one.
	Icon string
}

// or returns i with what is empty taken from other.
func (i Info) or(other Info) Info {
	return Info{
		Name:         cmp.Or(i.Name, other.Name),
		Version:      cmp.Or(i.Version, other.Version),
		Title:        cmp.Or(i.Title, other.Title),
		Description:  cmp.Or(i.Description, other.Description),
		Instructions: cmp.Or(i.Instructions, other.Instructions),
		WebsiteURL:   cmp.Or(i.WebsiteURL, other.WebsiteURL),
		Icon:         cmp.Or(i.Icon, other.Icon),
	}
}

// implementation is i in the words of the SDK.
func (i Info) implementation() mcp.Implementation {
	return mcp.Implementation{
		Name:        i.Name,
		Version:     i.Version,
		Title:       i.Title,
		Description: i.Description,
		WebsiteURL:  i.WebsiteURL,
		Icons:       icons(i.Icon),
	}
}

// icons is the list that the protocol wants where we have at most one.
func icons(source string) []mcp.Icon {
	if source == "" {
		return nil
	}
	icon := mcp.Icon{Source: source}
	if data, ok := strings.CutPrefix(source, "data:"); ok {
		icon.MIMEType = data[:max(0, strings.IndexAny(data, ";,"))]
	}
	return []mcp.Icon{icon}
}

// builtInfo is what the binary knows of itself.
func builtInfo() Info {
	info := Info{Name: executableName(), Version: "v0.0.0"}
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return info
	}
	if v := build.Main.Version; v != "" && v != "(devel)" {
		info.Version = v
	}
	if p := build.Main.Path; p != "" {
		info.Name = moduleName(p)
	}
	return info
}

var majorVersion = regexp.MustCompile(`^v[0-9]+$`)

// moduleName is the last element of a module path that is not a major version.
func moduleName(modulePath string) string {
	base := path.Base(modulePath)
	if parent := path.Dir(modulePath); majorVersion.MatchString(base) && parent != "." {
		return path.Base(parent)
	}
	return base
}

func executableName() string {
	return strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")
}
