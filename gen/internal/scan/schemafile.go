package scan

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/mcpgen/mcpgen/gen/internal/directive"
	"github.com/mcpgen/mcpgen/gen/internal/model"
)

// schemaFile reads the schema of a tool that has one of its own. The file lies in
// the folder of the Go file, or below it, so that it travels with the package.
func (b *builder) schemaFile(d *directive.Tool) *model.SchemaFile {
	if d.Schema == "" {
		return nil
	}
	pos := d.ValuePos("schema", d.Pos)
	path := filepath.FromSlash(d.Schema)
	if !filepath.IsLocal(path) {
		b.diags.Addf(pos, "%s is not in the folder of the package", d.Schema).Suggest("move the file beside the Go file")
		return nil
	}
	path = filepath.Join(filepath.Dir(d.Pos.Filename), path)
	text, err := os.ReadFile(path)
	var reason *fs.PathError
	switch {
	case errors.As(err, &reason):
		b.diags.Addf(pos, "cannot read %s: %v", d.Schema, reason.Err).Suggest("write the schema there, or remove schema= to have one made")
		return nil
	case err != nil:
		b.diags.Addf(pos, "cannot read %s: %v", d.Schema, err).Suggest("write the schema there, or remove schema= to have one made")
		return nil
	}
	return &model.SchemaFile{Path: path, Text: text}
}
