package main

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// climate has a line for each city: its name, the mean temperature of each month
// in degrees Celsius, and the rain of each month in millimetres. The numbers are
// rounded; they are made for an example, not for planning a trip.
//
//go:embed climate.csv
var climate string

// Atlas knows the climate of cities.
type Atlas struct {
	cities []City
}

// City is a place and the weather that it usually has.
type City struct {
	Name   string    `json:"name"`
	Months []Weather `json:"months"` // January to December
}

// Weather is that of one month.
type Weather struct {
	// The mean of day and night, in degrees.
	Temperature float64 `json:"temperature"`
	// Millimetres a month.
	Rain float64 `json:"rain"`
}

// String describes the weather, in degrees Celsius.
func (w Weather) String() string {
	return fmt.Sprintf("%.0f °C with %.0f mm of rain a month", w.Temperature, w.Rain)
}

// OpenAtlas reads the atlas. A provider is called for every function that has a
// parameter of its type; no client sees that parameter. The value of this one is
// shared by all calls, from the start of the server to its end.
//
//mcp:provide scope=server
func OpenAtlas() (*Atlas, error) {
	rows, err := csv.NewReader(strings.NewReader(climate)).ReadAll()
	if err != nil {
		return nil, err
	}
	atlas := &Atlas{}
	for _, row := range rows {
		city, err := parseCity(row)
		if err != nil {
			return nil, err
		}
		atlas.cities = append(atlas.cities, city)
	}
	return atlas, nil
}

func parseCity(row []string) (City, error) {
	temperatures, err := numbers(row[1])
	if err != nil {
		return City{}, err
	}
	rain, err := numbers(row[2])
	if err != nil {
		return City{}, err
	}
	city := City{Name: row[0]}
	for month := range 12 {
		city.Months = append(city.Months, Weather{temperatures[month], rain[month]})
	}
	return city, nil
}

// numbers parses one number for each month.
func numbers(text string) ([]float64, error) {
	var all []float64
	for field := range strings.FieldsSeq(text) {
		number, err := strconv.ParseFloat(field, 64)
		if err != nil {
			return nil, err
		}
		all = append(all, number)
	}
	if len(all) != 12 {
		return nil, fmt.Errorf("%d numbers for 12 months in %q", len(all), text)
	}
	return all, nil
}

// City finds a city by its name. A client shows the error to its model, so the
// error says what would work.
func (a *Atlas) City(name string) (City, error) {
	i := slices.IndexFunc(a.cities, func(c City) bool { return strings.EqualFold(c.Name, name) })
	if i < 0 {
		return City{}, fmt.Errorf("there is no city %q; there are %s", name, a)
	}
	return a.cities[i], nil
}

// String lists the names of the cities.
func (a *Atlas) String() string {
	var names []string
	for _, city := range a.cities {
		names = append(names, city.Name)
	}
	return strings.Join(names, ", ")
}
