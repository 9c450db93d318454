package emit

import (
	"bytes"
	"go/format"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// chunkSize is how much source is formatted at a time. Below it, splitting costs
// more than it gains.
const chunkSize = 256 << 10

// formatted is source as gofmt writes it. Printing is the most expensive step of
// the generator, and declarations are printed alike alone and together, so large
// sources are formatted in chunks, side by side.
func formatted(source []byte) ([]byte, error) {
	chunks := split(source)
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range chunks {
		group.Go(func() error {
			done, err := format.Source(chunks[i])
			chunks[i] = bytes.TrimSpace(done)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return append(bytes.Join(chunks, []byte("\n\n")), '\n'), nil
}

// split cuts source in front of doc comments at the left margin. Generated
// declarations all have one, and no text inside of them can look like it: an
// empty line never occurs in the JSON of a schema.
func split(source []byte) [][]byte {
	boundary := []byte("\n\n// ")
	var chunks [][]byte
	for len(source) > chunkSize {
		at := bytes.Index(source[chunkSize:], boundary)
		if at < 0 {
			break
		}
		cut := chunkSize + at
		chunks = append(chunks, source[:cut])
		source = source[cut:]
	}
	return append(chunks, source)
}
