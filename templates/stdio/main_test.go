package main

import (
	"strings"
	"testing"

	"github.com/mcpgen/mcpgen/runtime"
	"github.com/mcpgen/mcpgen/runtime/mcptest"
)

func TestUsualWeather(t *testing.T) {
	client := mcptest.Start(t, Register)

	var got Weather
	client.Call("usual_weather", map[string]any{"city": "Tokyo", "month": 1, "unit": "fahrenheit"}).Decode(&got)
	if want := (Weather{Temperature: 41, Rain: 60}); got != want {
		t.Errorf("usual_weather = %+v, want %+v", got, want)
	}
}

func TestUsualWeatherRefuses(t *testing.T) {
	client := mcptest.Start(t, Register)

	for _, test := range []struct {
		arguments map[string]any
		want      string
	}{
		{map[string]any{"city": "Tokyo"}, "/month: missing"},
		{map[string]any{"city": "Tokyo", "month": 13}, "/month: must be at most 12"},
		{map[string]any{"city": "Atlantis", "month": 1}, `there is no city "Atlantis"`},
	} {
		if got := client.CallError("usual_weather", test.arguments); !strings.Contains(got, test.want) {
			t.Errorf("usual_weather(%v): error %q, want one with %q", test.arguments, got, test.want)
		}
	}
}

func TestFeelsLike(t *testing.T) {
	client := mcptest.Start(t, Register)

	var got struct{ Result float64 }
	client.Call("feels_like", map[string]any{"celsius": 0, "wind": 20}).Decode(&got)
	if want := -5.0; got.Result != want {
		t.Errorf("feels_like = %v, want %v", got.Result, want)
	}
}

func TestClimate(t *testing.T) {
	client := mcptest.Start(t, Register)

	var got City
	client.Read("weather://New%20York").Decode(&got)
	if got.Name != "New York" || len(got.Months) != 12 {
		t.Errorf("the resource is %+v, want the months of New York", got)
	}
}

// TestPackingList replaces a dependency: what OpenAtlas provides is not used.
func TestPackingList(t *testing.T) {
	atlas := &Atlas{cities: []City{{Name: "Oz", Months: []Weather{{Temperature: 30, Rain: 0}}}}}
	client := mcptest.Start(t, Register, runtime.Replace(atlas))

	got := client.Prompt("packing_list", map[string]string{"city": "Oz", "month": "1"}).Text()
	if want := "I am going to Oz when it is usually 30 °C"; !strings.Contains(got, want) {
		t.Errorf("packing_list = %q, want it to say %q", got, want)
	}
}
