// Package complete suggests values of arguments while a user types: known ones
// without a word, others by functions, which may ask for dependencies and for the
// arguments that are known already.
package complete

import (
	"context"
	"errors"
	"slices"
	"strings"
)

// Language is what code is written in.
type Language string

const (
	Go     Language = "go"
	Python Language = "python"
	Rust   Language = "rust"
)

// Review asks for a review of code.
//
//mcp:prompt
//mcp:param depth enum=quick enum=thorough
func Review(language Language, depth string, strict bool, framework string) string {
	return strings.Join([]string{string(language), depth, framework}, " ")
}

// Weather tells the weather of a city.
//
//mcp:resource uri=weather://{country}/{city}/{unit}
//mcp:param unit enum=celsius enum=fahrenheit
func Weather(country, city, unit string) string { return country + " " + city + " in " + unit }

// Gazetteer knows cities.
type Gazetteer struct{ cities map[string][]string }

// OpenGazetteer opens the one that everybody uses.
//
//mcp:provide scope=server
func OpenGazetteer() *Gazetteer {
	return &Gazetteer{map[string][]string{
		"france": {"Lyon", "Paris", "Toulouse"},
		"japan":  {"Kyoto", "Tokyo"},
	}}
}

// CompleteCity needs the country, if it is known.
//
//mcp:complete resource=Weather argument=city
func CompleteCity(ctx context.Context, value, country string, g *Gazetteer) ([]string, error) {
	if country == "atlantis" {
		return nil, errors.New("atlantis is lost")
	}
	var found []string
	for name, cities := range g.cities {
		if country != "" && country != name {
			continue
		}
		for _, city := range cities {
			if strings.HasPrefix(city, value) {
				found = append(found, city)
			}
		}
	}
	slices.Sort(found)
	return found, nil
}

// completeFramework is for the prompt, which is named as clients know it.
//
//mcp:complete prompt=review argument=framework
func completeFramework(value string, language string) []string {
	if language == "python" {
		return []string{value + "flask", value + "django"}
	}
	return nil
}

// CompleteCountry completes a method's argument too: one function, two lines.
//
//mcp:complete resource=weather://{country}/{city}/{unit} argument=country
//mcp:complete prompt=Gazetteer.Tour argument=through
func (g *Gazetteer) CompleteCountry(value string) []string {
	var found []string
	for name := range g.cities {
		if strings.HasPrefix(name, value) {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return found
}

// Tour plans a tour.
//
//mcp:prompt
func (g *Gazetteer) Tour(through string) string { return "a tour through " + through }
