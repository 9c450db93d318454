package runtime

import (
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"
)

// flags are those of [Main].
type flags struct {
	http     string
	idle     time.Duration
	web      HTTP // what is said about it
	logLevel slog.Level
	check    bool
	keyFile  string
	version  bool
	help     bool
}

var logLevels = map[string]slog.Level{
	"debug": slog.LevelDebug,
	"info":  slog.LevelInfo,
	"warn":  slog.LevelWarn,
	"error": slog.LevelError,
}

func parseFlags(args []string) (f flags, err error) {
	set := flag.NewFlagSet("", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&f.http, "http", "", "")
	set.DurationVar(&f.idle, "idle-exit", 0, "")
	set.Func("allow-host", "", list(&f.web.Hosts))
	set.Func("allow-origin", "", list(&f.web.Origins))
	set.StringVar(&f.web.CertFile, "tls-cert", "", "")
	set.StringVar(&f.web.KeyFile, "tls-key", "", "")
	set.BoolVar(&f.web.InsecureNoAuth, "insecure-no-auth", false, "")
	set.BoolVar(&f.check, "check-results", false, "")
	set.StringVar(&f.keyFile, "state-key-file", "", "")
	set.BoolVar(&f.version, "version", false, "")
	set.Func("log-level", "", func(s string) error {
		level, ok := logLevels[s]
		if !ok {
			return errors.New("want debug, info, warn or error")
		}
		f.logLevel = level
		return nil
	})
	err = set.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		return flags{help: true}, nil
	}
	if err == nil && set.NArg() > 0 {
		err = fmt.Errorf("unexpected argument %q", set.Arg(0))
	}
	if err == nil && (f.web.CertFile == "") != (f.web.KeyFile == "") {
		err = errors.New("-tls-cert and -tls-key go together")
	}
	return f, err
}

// list is a flag for values that are separated by commas.
func list(to *[]string) func(string) error {
	return func(s string) error {
		for value := range strings.SplitSeq(s, ",") {
			if value = strings.TrimSpace(value); value == "" {
				return errors.New("want values separated by commas")
			}
			*to = append(*to, value)
		}
		return nil
	}
}

// over returns h as the flags change it.
func (f *flags) over(h HTTP) HTTP {
	h.Hosts = append(slices.Clone(h.Hosts), f.web.Hosts...)
	h.Origins = append(slices.Clone(h.Origins), f.web.Origins...)
	if f.web.CertFile != "" {
		h.CertFile, h.KeyFile = f.web.CertFile, f.web.KeyFile
	}
	h.InsecureNoAuth = h.InsecureNoAuth || f.web.InsecureNoAuth
	return h
}

func usage(name string) string {
	return fmt.Sprintf("usage: %s [-http ADDR [HTTP FLAGS]] [-idle-exit TIME] [-log-level LEVEL] [-check-results] [-state-key-file FILE] [-version] [-h]", name)
}

// manual has the verbs name, description, usage, executable, and the
// configuration of a client.
const manual = `%[1]s - %[2]s

%[3]s

It is a server of the Model Context Protocol (MCP). Without flags it serves one
client on standard input and output, and ends with it; that is how clients on the
same machine run it. Logs go to standard error.

  -http ADDR        serve HTTP at ADDR, which is host:port, instead; ":8080" means
                    127.0.0.1:8080, and "0.0.0.0:8080" can be reached from outside
  -idle-exit TIME   on standard input, end after so long without a call, such as 2h;
                    for clients that forget their servers and wrappers that keep them
  -log-level LEVEL  log from this level on: debug, info (the default), warn, error
  -check-results    for development: log results that do not fit their output schema
  -state-key-file FILE
                    for several processes behind one address whose tools ask their
                    callers: seal what goes through clients meanwhile with the secret
                    in FILE, at least 32 random bytes in one line; more lines are
                    earlier secrets, which are still accepted
  -version          print the version
  -h                print this page

HTTP flags:

  -tls-cert FILE, -tls-key FILE
                    serve HTTPS; the files are read again when they change
  -allow-host NAME[,NAME]
                    answer to these names beside localhost and addresses, when
                    callers are not authenticated; "*" stands for any
  -allow-origin ORIGIN[,ORIGIN]
                    let web pages call, such as those of https://app.example.com
  -insecure-no-auth
                    let the server be reached from outside although everybody who
                    does so can call every tool

Beside ` + Path + ` there are /healthz, which tells whether the process is alive, and
/readyz, which tells whether it should get requests.

Add it to Claude Desktop, in claude_desktop_config.json (Settings, Developer):

%[5]s

Add it to Claude Code:

  claude mcp add %[1]s -- %[4]s

Serve many clients at http://127.0.0.1:8080` + Path + `:

  %[4]s -http :8080

List its tools without a client:

  printf '%%s\n' \
    '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"sh","version":"1"}}}' \
    '{"jsonrpc":"2.0","method":"notifications/initialized"}' \
    '{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{}}' | %[4]s

The exit status is 0 if the client or one SIGINT, SIGTERM or SIGHUP ended the
server, 1 if it could not start or failed, 2 for flags that it does not know.
`

// writeManual writes the manual page of a server.
func writeManual(w io.Writer, info Info) {
	executable, err := os.Executable()
	if err != nil {
		executable = executableName()
	}
	what := cmp.Or(info.Description, info.Title, "an MCP server")
	fmt.Fprintf(w, manual, info.Name, what, usage(info.Name), executable, clientConfiguration(info.Name, executable))
}

// clientConfiguration is what Claude Desktop needs to know to run the server.
func clientConfiguration(name, executable string) string {
	type server struct {
		Command string `json:"command"`
	}
	configuration := map[string]map[string]server{"mcpServers": {name: {executable}}}
	data, err := json.MarshalIndent(configuration, "  ", "  ")
	if err != nil {
		return err.Error()
	}
	return "  " + string(data)
}
