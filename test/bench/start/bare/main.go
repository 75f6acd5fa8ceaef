// Command bare is PocketBase as a library and nothing else, for the comparison
// in test/bench/start.
package main

import (
	"log"

	"github.com/pocketbase/pocketbase"
)

func main() {
	if err := pocketbase.New().Start(); err != nil {
		log.Fatal(err)
	}
}
