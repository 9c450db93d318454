// Command bareload does nothing but load the package in the working directory as
// mcpgen does. It is the floor that the generator's own work is measured against.
package main

import (
	"log"

	"golang.org/x/tools/go/packages"

	"github.com/mcpgen/mcpgen/gen"
)

func main() {
	loaded, err := packages.Load(&packages.Config{Mode: gen.LoadMode}, ".")
	if err != nil {
		log.Fatal(err)
	}
	if packages.PrintErrors(loaded) > 0 {
		log.Fatal("bareload: the package does not load")
	}
}
