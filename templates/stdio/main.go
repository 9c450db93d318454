// Command my-server tells an MCP client about the weather that a city usually has.
//
// The comments that begin with //mcp: make functions into tools, resources and
// prompts. "go generate" reads them and writes mcp_gen.go, which holds the function
// Register; run it whenever a comment or a parameter has changed.
package main

//go:generate go tool mcpgen

import (
	"math"

	"github.com/mcpgen/mcpgen/runtime"
)

func main() {
	runtime.Main(runtime.Info{Name: "my-server", Version: "0.1.0"}, Register)
}

// UsualWeather tells which weather to expect in a city in some month.
//
//mcp:tool readonly
func UsualWeather(in UsualWeatherInput, atlas *Atlas) (Weather, error) {
	city, err := atlas.City(in.City)
	if err != nil {
		return Weather{}, err
	}
	weather := city.Months[in.Month-1]
	if in.Unit == Fahrenheit {
		weather.Temperature = weather.Temperature*9/5 + 32
	}
	return weather, nil
}

// UsualWeatherInput is what a client sends to usual_weather. The comments and
// tags of its fields become the schema of the tool.
type UsualWeatherInput struct {
	// The city, by its English name.
	City string `json:"city" jsonschema:"minLength=1"`
	// The month; 1 is January.
	Month int `json:"month" jsonschema:"minimum=1,maximum=12"`
	// The scale of the temperature.
	Unit Unit `json:"unit,omitempty" jsonschema:"default=celsius"`
}

// Unit is a scale of temperature. Its constants are the values that a client may send.
type Unit string

// The units.
const (
	Celsius    Unit = "celsius"    // Freezing at 0, boiling at 100.
	Fahrenheit Unit = "fahrenheit" // Freezing at 32, boiling at 212.
)

// FeelsLike tells how cold moving air feels on bare skin, in degrees Celsius.
//
//mcp:tool readonly idempotent
//mcp:param celsius description="Temperature of the air in degrees Celsius." maximum=10
//mcp:param wind description="Speed of the wind in kilometres an hour." minimum=5
func FeelsLike(celsius, wind float64) float64 {
	cooling := math.Pow(wind, 0.16)
	return math.Round(13.12 + 0.6215*celsius - 11.37*cooling + 0.3965*celsius*cooling)
}

// Climate is the usual weather of a city, month by month.
//
//mcp:resource uri=weather://{city} mime=application/json
func Climate(city string, atlas *Atlas) (City, error) {
	c, err := atlas.City(city)
	if err != nil {
		return City{}, runtime.NotFound("weather://" + city)
	}
	return c, nil
}

// PackingList asks what to take along on a trip.
//
//mcp:prompt
//mcp:param city description="Where the trip goes."
//mcp:param month description="Month of the trip; 1 is January." minimum=1 maximum=12
func PackingList(city string, month int, atlas *Atlas) (string, error) {
	c, err := atlas.City(city)
	if err != nil {
		return "", err
	}
	weather := c.Months[month-1]
	return "I am going to " + c.Name + " when it is usually " + weather.String() + ". What should I pack?", nil
}
