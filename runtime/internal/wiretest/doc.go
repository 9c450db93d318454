// Package wiretest holds all that either side says about tasks against the official
// JSON schemas: of 2025-11-25, of 2026-07-28, and of the tasks extension. Its tests
// have real sessions, in both eras, with a process on stdio and over HTTP, record
// every message below both sides, and fail if one fits no definition, or if a
// definition that is about tasks was never needed.
package wiretest
