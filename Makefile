# Everything that is done with this repository. Needs Go, and Node 20 or later
# for the clients that some tests use. One uses Python 3.10 or later, if it is there.

# The race detector needs a C compiler; without one the tests run without it.
race := $(if $(filter 1,$(shell go env CGO_ENABLED)),-race)
staticcheck := go tool -modfile=tools.mod staticcheck
govulncheck := go tool -modfile=tools.mod govulncheck

# The systems that servers and the generator are built for, besides this one.
othersystems := $(filter-out $(shell go env GOOS),darwin linux windows)

.DEFAULT_GOAL := all
.PHONY: all help run test conformance cross lint vuln generate check race fuzz bench

# How long "make fuzz" stays with each target.
FUZZTIME = 10m

# Where "make vuln" looks vulnerabilities up. Without a way there, a copy will do:
# VULNDB=file:///DIR, where DIR is the folder data/osv of the repository golang/vulndb.
VULNDB = https://vuln.go.dev

all: lint test ## Lint and test

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Build mcpgen and the echo example, and show it in use by two clients
	@./examples/echo/run

# What measures how long faults last must not run beside other tests.
measuring := ./runtime ./runtime/internal/faults

test: cross ## Vet for other systems, fuzz shortly, then run every test with the race detector; ends in a count
	@$(MAKE) --no-print-directory fuzz FUZZTIME=5s
	@go run ./.ci/testcount $(race) $$(go list ./... ./.ci/testcount | grep -vxF "$$(go list $(measuring))") -- $(race) -p 1 $(measuring)

conformance: ## Run the official conformance suite, both protocol versions
	go test -count=1 -v ./examples/conformance

cross: ## Build and vet what users build for the other systems
	@for system in $(othersystems); do \
		echo "GOOS=$$system go vet ./runtime/... ./cmd/..."; \
		GOOS=$$system go vet ./runtime/... ./cmd/... || exit 1; \
	done

lint: cross ## Check formatting, and run go vet, also for other systems, and staticcheck
	@unformatted=$$(git ls-files -co --exclude-standard '*.go' | xargs gofmt -l) || exit 1; \
	if [ -n "$$unformatted" ]; then echo "gofmt these:"; echo "$$unformatted"; exit 1; fi
	go vet ./... ./.ci/testcount
	$(staticcheck) ./... ./.ci/testcount

vuln: ## Look for known vulnerabilities in what is linked; asks vuln.go.dev
	$(govulncheck) -db $(VULNDB) ./...

generate: ## Regenerate templates, examples and expected output
	go generate ./...
	go test ./golden ./golden/bad ./gen/internal/directive ./gen/internal/scan ./cmd/mcpgen -update

check: ## Tell whether generated files are up to date
	go run ./cmd/mcpgen check ./templates/... ./examples/...

race: ## Run the runtime's tests many times with the race detector
	go test $(race) -count=20 ./runtime/...

fuzz: ## Fuzz every target in turn, each for FUZZTIME (10m)
	@grep -r --include='*_test.go' '^func Fuzz' cmd gen golden runtime | \
	sed -E 's|^(.*)/[^/]*:func (Fuzz[A-Za-z0-9]*).*|\1 \2|' | sort | \
	while read -r folder target; do \
		echo "$$target in $$folder"; \
		go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) "./$$folder" </dev/null || exit 1; \
	done

bench: ## Compare mcpgen with a bare load of the same packages, and tasks with direct calls
	cd bench && go run ./generate
	cd bench && go run ./taskstart
