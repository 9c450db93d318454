// Package resource offers text under fixed URIs.
package resource

import (
	"context"
	"errors"
)

// Motto is what the company stands for.
//
//mcp:resource uri=company://motto title="Our motto" mime=text/markdown audience=user,assistant priority=0.8
func Motto() string { return "**Less, but better.**" }

// Minutes are the minutes of the last meeting.
//
//mcp:resource uri=company://minutes/latest name=minutes
func Minutes(context.Context) (string, error) {
	return "", errors.New("nobody wrote them")
}
