package main

import (
	"context"
	"fmt"

	"github.com/mcpgen/mcpgen/runtime"
)

// Stay is how long to be away.
type Stay struct {
	// How many nights.
	Nights int `json:"nights" jsonschema:"minimum=1,maximum=30,default=7"`
}

// Journey is how to get there.
type Journey struct {
	// How to travel.
	Vehicle Vehicle `json:"vehicle"`
}

// Vehicle takes people to places.
type Vehicle string

// The vehicles.
const (
	Train   Vehicle = "train"   // By train, and see the country
	Plane   Vehicle = "plane"   // By plane, and be there soon
	Bicycle Vehicle = "bicycle" // By bicycle, and take longer
)

// Trip is a plan.
type Trip struct {
	Destination string  `json:"destination"`
	Nights      int     `json:"nights"`
	Vehicle     Vehicle `json:"vehicle"`
}

// PlanTrip plans a trip. Half-way it asks two questions, one after the other.
//
//mcp:tool task=true
//mcp:param destination description="Where to go." minLength=1
func PlanTrip(ctx context.Context, destination string, progress runtime.Progress, stay runtime.Ask[Stay], journey runtime.Ask[Journey]) (*Trip, error) {
	progress.Report(1, 4, "reading about "+destination)
	if err := work(ctx, 0.4); err != nil {
		return nil, err
	}
	progress.Report(2, 4, "asking how long")
	length, err := stay(ctx, "How long do you want to stay in "+destination+"?")
	if err != nil {
		return nil, err
	}
	progress.Report(3, 4, "asking how to travel")
	way, err := journey(ctx, fmt.Sprintf("How do you want to travel to %s for %d nights?", destination, length.Nights))
	if err != nil {
		return nil, err
	}
	progress.Report(4, 4, "writing it down")
	return &Trip{destination, length.Nights, way.Vehicle}, work(ctx, 0.4)
}
