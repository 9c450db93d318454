package differential

import (
	"encoding/json"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// choices decide what an input is like. Where they end all that follows is as
// small as can be, so that every input ends.
type choices struct {
	data []byte
}

// below chooses a number from 0 to n-1.
func (c *choices) below(n int) int {
	if len(c.data) == 0 {
		return 0
	}
	chosen := int(c.data[0]) % n
	c.data = c.data[1:]
	return chosen
}

// once in n times is true.
func (c *choices) once(n int) bool { return c.below(n) == n-1 }

// among chooses one of all.
func among[E any](c *choices, all []E) E { return all[c.below(len(all))] }

// maker makes inputs of one schema.
type maker struct {
	*choices
	root  node
	wrong int // one in so many values is not what the schema says; 0 for none
	depth int
}

// value makes JSON that fits the schema, or nearly so.
func (m *maker) value(n node) string {
	n = n.follow(m.root)
	m.depth++
	defer func() { m.depth-- }()
	if m.wrong > 0 && m.once(m.wrong) {
		return m.misfit(n)
	}
	switch {
	case len(n.Enum) > 0:
		return string(among(m.choices, n.Enum))
	case n.Const != nil:
		return string(n.Const)
	case len(n.OneOf) > 0:
		return m.object(m.variant(n))
	}
	switch n.Type {
	case "boolean":
		return among(m.choices, []string{"true", "false"})
	case "integer":
		return among(m.choices, m.fitting(n, integers))
	case "number":
		return among(m.choices, m.fitting(n, numbers))
	case "string":
		return m.text(n)
	case "array":
		return m.array(n)
	case "object":
		return m.object(n)
	}
	return among(m.choices, anything)
}

// variant is one of those of n, its discriminator somewhere among its members.
func (m *maker) variant(n node) node {
	one := among(m.choices, n.OneOf)
	if m.depth > 4 {
		one = n.OneOf[0]
	}
	tag := one.Properties[0]
	one.Properties = slices.Insert(slices.Clone(one.Properties[1:]), m.below(len(one.Properties)), tag)
	return one
}

// misfit makes JSON that mostly does not fit: a value of another kind or at the
// edge of what is allowed.
func (m *maker) misfit(n node) string {
	switch {
	case m.once(3):
		return among(m.choices, anything)
	case n.Type == "integer":
		return among(m.choices, append(edges(n), integers...))
	case n.Type == "number":
		return among(m.choices, append(edges(n), numbers...))
	case n.Type == "string" && m.once(2):
		return quote(among(m.choices, undisputed(n.Format)))
	case n.Type == "string":
		return m.ofLength(m.below(13))
	case n.Type == "array":
		return m.items(n, m.below(5))
	case len(n.OneOf) > 0:
		return m.damaged(m.variant(n))
	case n.Type == "object":
		return m.damaged(n)
	}
	return among(m.choices, anything)
}

// anything is JSON of every kind. Its numbers are such that a float64 keeps them.
var anything = []string{
	`null`, `true`, `false`, `0`, `1`, `-1`, `1.5`, `1.0`, `4e0`, `""`, `"a"`, `"4"`, `"true"`, `"null"`, `[]`, `{}`, `[null]`, `[1]`, `"[]"`,
	`"{}"`, `["a",{"b":[1.25]}]`, `{"a":null}`, `{"":{"a":[0]}}`, `{"first":1}`,
}

// integers and numbers have no more digits than a float32 keeps, as rounding is
// for the codec's own tests to show, and such that no type can hold.
var integers = []string{
	"0", "1", "2", "3", "4", "5", "8", "9", "10", "15", "100", "101", "-1", "-0", "-4", "4.0", "40e-1", "0.4e1", "1e2", "4.5", "1e-1", "127", "128", "-128", "-129",
	"255", "256", "32767", "32768", "-32768", "-32769", "65535", "65536", "2147483647", "2147483648", "-2147483648", "-2147483649", "4294967295",
	"4294967296", "9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
	"18446744073709551615", "18446744073709551616", "1e30", "123456789012345678901234567890",
}

var numbers = []string{
	"0", "0.4", "0.5", "1", "1.6", "1.7", "2", "2.5", "-0.5", "-1.5", "0.001", "0.1", "0.3", "0.7", "1e0", "1e-3", "2.50", "-0.0", "100", "1e2",
	"0.25", "0.2", "0.75", "0.0009", "-0.51", "2.51", "1.701", "1e-40", "1e30", "-1e30", "3e38", "4e38", "-4e38", "1e300", "1e308", "2e308", "1e400", "123456",
}

// fitting are those of all that the rules of n allow, or all of them.
func (m *maker) fitting(n node, all []string) []string {
	fit := slices.DeleteFunc(slices.Clone(all), func(v string) bool { return !n.allows(v) })
	if len(fit) == 0 {
		return all
	}
	return fit
}

func (n node) allows(v string) bool {
	x := rational(v)
	switch {
	case n.Minimum != nil && x.Cmp(rational(string(*n.Minimum))) < 0:
	case n.Maximum != nil && x.Cmp(rational(string(*n.Maximum))) > 0:
	case n.ExclusiveMinimum != nil && x.Cmp(rational(string(*n.ExclusiveMinimum))) <= 0:
	case n.ExclusiveMaximum != nil && x.Cmp(rational(string(*n.ExclusiveMaximum))) >= 0:
	case n.MultipleOf != nil && !new(big.Rat).Quo(x, rational(string(*n.MultipleOf))).IsInt():
	case n.Type == "integer" && !x.IsInt():
	default:
		return true
	}
	return false
}

func rational(v string) *big.Rat {
	r, ok := new(big.Rat).SetString(v)
	if !ok {
		panic("no number: " + v)
	}
	return r
}

// edges are the bounds of n and their neighbours.
func edges(n node) []string {
	var all []string
	for _, bound := range []*json.Number{n.Minimum, n.Maximum, n.ExclusiveMinimum, n.ExclusiveMaximum, n.MultipleOf} {
		if bound == nil {
			continue
		}
		for _, step := range []string{"-1", "-0.001", "0", "0.001", "1"} {
			sum := new(big.Rat).Add(rational(string(*bound)), rational(step))
			all = append(all, strings.TrimSuffix(sum.FloatString(3), ".000"))
		}
	}
	return all
}

// samples are texts in and near the formats and patterns.
var samples = []string{
	"", "a", "b", "abc", "Abc", "äö", "😀", "a😀b", "e\u0301", "ab", "abcd", "abcde", "12-34", "12-345", "red", "blue", "Red", " red", "x y", "line\nbreak",
	"<&>\u2028", "\x00", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.123456789+02:00", "2024-02-29T00:00:00Z", "2026-02-29T00:00:00Z",
	"2026-01-02 03:04:05Z", "2026-01-02T03:04:05", "2026-01-02T24:00:00Z", "2026-01-02T03:04:05,5Z", "2026-01-02T03:04:05+24:00", "0000-01-01T00:00:00Z",
	"2026-01-02t03:04:05z", "1998-12-31T23:59:60Z", "2026-01-02", "2026-1-2", "2026-13-01", "03:04:05Z", "03:04:05", "23:59:60Z", "22:59:60Z", "03:04:05-07:00", "03:04:05.5z",
	"PT1M30S", "P1W", "P1Y2M3DT4H5M6S", "P1S", "PT", "P", "1m30s", "P1DT", "ada@example.com", "ada@", "ada", ".ada@example.com", "ada.@example.com",
	"a..b@example.com", "ä@example.com", "a b@example.com", `"a b"@example.com`, "ada@[127.0.0.1]", "ada@[IPv6:::1]", "ada@-x.com", "a+b@example.com", "example.com",
	"-example.com", "exa_mple.com", "example..com", "a." + strings.Repeat("b", 63), "a." + strings.Repeat("b", 64), "192.0.2.1", "192.0.2.256", "192.0.2", "01.2.3.4",
	"2001:db8::1", "::1", "::ffff:192.0.2.1", "fe80::1%eth0", "2001:db8:::1", "https://example.com/a?b#c", "https://example.com/%zz", "mailto:ada@example.com",
	"//example.com", "/path", "a:b", "http://[::1]/", "http://::1/", `a\b`, "%", "123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000",
	"123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g", "/a/0", "/a~1b/~0", "/a~2", "a/b", "^[a-z]+$", "[", "a(?=b)", "AQID", "AQI=", "AQI",
	"AQ-_", "AQ==\n", "4", "-4", "007", "4.0", "4.5", "1e2", "-0", " 4", "4 ", "true", "false", "null", "TRUE", `"a"`, `"a\"b"`, `"a`, `"\u00e4"`, `"`, `""`, "1e400", "300", "-1",
}

// text makes a string that fits.
func (m *maker) text(n node) string {
	switch {
	case n.ContentEncoding != "":
		return quote(among(m.choices, []string{"", "AQID", "AQI=", "AQ=="}))
	case n.Pattern != "" || n.Format != "":
		return quote(among(m.choices, m.suitable(n)))
	}
	least, most := 0, 6
	if n.MinLength != nil {
		least, most = *n.MinLength, *n.MinLength+6
	}
	if n.MaxLength != nil {
		most = *n.MaxLength
	}
	return m.ofLength(least + m.below(most-least+1))
}

// suitable holds what is worked out once for each pattern and format.
var suitable sync.Map

// suitable are the samples that the validator takes for n.
func (m *maker) suitable(n node) []string {
	key := n.Pattern + "\x00" + n.Format
	if n.MaxLength != nil {
		key += strconv.Itoa(*n.MaxLength)
	}
	if known, ok := suitable.Load(key); ok {
		return known.([]string)
	}
	rules := map[string]any{}
	if n.Pattern != "" {
		rules["pattern"] = n.Pattern
	}
	if n.Format != "" {
		rules["format"] = n.Format
	}
	if n.MaxLength != nil {
		rules["maxLength"] = *n.MaxLength
	}
	source, err := json.Marshal(rules)
	if err != nil {
		panic(err)
	}
	schema := compile(string(source))
	var fit []string
	for _, s := range undisputed(n.Format) {
		if schema.Validate(s) == nil {
			fit = append(fit, s)
		}
	}
	if len(fit) == 0 {
		panic("no sample fits " + string(source))
	}
	suitable.Store(key, fit)
	return fit
}

// letters are characters of one to four bytes.
var letters = []string{"a", "b", "z", "ä", "€", "😀", `\u00e4`, `\ud83d\ude00`, `\n`, `\u0000`}

// ofLength makes a string of n characters, some of them escaped.
func (m *maker) ofLength(n int) string {
	var b strings.Builder
	b.WriteByte('"')
	for range n {
		b.WriteString(among(m.choices, letters))
	}
	b.WriteByte('"')
	return b.String()
}

func quote(s string) string {
	q, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(q)
}

// array makes an array of a length that is allowed.
func (m *maker) array(n node) string {
	least, most := 0, 2
	if m.depth > 4 {
		most = 0
	}
	if n.MinItems != nil {
		least, most = *n.MinItems, max(most, *n.MinItems)
	}
	if n.MaxItems != nil {
		most = min(most, *n.MaxItems)
	}
	return m.items(n, least+m.below(most-least+1))
}

// items makes an array of that many items, which are different where they should
// be, as far as chance has it.
func (m *maker) items(n node, count int) string {
	items := make([]string, 0, count)
	for range count {
		item := m.value(*n.Items)
		for i := 0; i < 8 && n.UniqueItems && m.wrong == 0 && slices.Contains(items, item); i++ {
			item = m.value(*n.Items)
		}
		items = append(items, item)
	}
	return "[" + strings.Join(items, ",") + "]"
}

// names are those of members that have no schema of their own. Names that
// encoding/json alone takes for integers, such as 05, are not among them.
var names = []string{"1", "-2", "3", "a", "", "ä", "~/", "300"}

// object makes an object that has what is required, and some of the rest.
func (m *maker) object(n node) string {
	var members []string
	for _, p := range n.Properties {
		if slices.Contains(n.Required, p.name) || m.depth < 6 && m.once(2) {
			members = append(members, quote(p.name)+":"+m.value(p.schema))
		}
	}
	if values, ok := n.values(); ok {
		least, most := 0, 2
		if m.depth > 4 {
			most = 0
		}
		if n.MinProperties != nil {
			least, most = *n.MinProperties, max(most, *n.MinProperties)
		}
		if n.MaxProperties != nil {
			most = min(most, *n.MaxProperties)
		}
		first := 0
		if m.wrong > 0 {
			first = m.below(len(names))
		}
		for i := range least + m.below(most-least+1) {
			members = append(members, quote(names[(first+i)%len(names)])+":"+m.value(values))
		}
	}
	return "{" + strings.Join(members, ",") + "}"
}

// damaged makes an object that lacks one member, has a foreign one, or too many.
func (m *maker) damaged(n node) string {
	without := -1
	if len(n.Properties) > 0 && m.once(2) {
		without = m.below(len(n.Properties))
	}
	var members []string
	for i, p := range n.Properties {
		if i != without {
			members = append(members, quote(p.name)+":"+m.value(p.schema))
		}
	}
	values, open := n.values()
	switch {
	case open:
		for _, name := range names[:m.below(4)] {
			members = append(members, quote(name)+":"+m.value(values))
		}
	case without < 0:
		foreign := among(m.choices, []string{"unknown", "", "A", strings.ToUpper(first(n))})
		members = append(members, quote(foreign)+":"+among(m.choices, anything))
	}
	return "{" + strings.Join(members, ",") + "}"
}

// first is the name of the first member of n.
func first(n node) string {
	if len(n.Properties) == 0 {
		return "x"
	}
	return n.Properties[0].name
}
