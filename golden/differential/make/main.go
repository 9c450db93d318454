// Make writes the types that package differential tests, and the table by which
// its tests know them. It is run in the folder of that package, by go generate.
package main

import (
	"fmt"
	"os"
)

func main() {
	for name, content := range files() {
		if err := os.WriteFile(name, content, 0o644); err != nil {
			fmt.Fprintln(os.Stderr, "make:", err)
			os.Exit(1)
		}
	}
}
