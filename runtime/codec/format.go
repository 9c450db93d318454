package codec

import (
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// Format reports v, the value read last, unless it has the JSON Schema format of
// that name: date-time, date, time, duration, email, hostname, ipv4, ipv6, uri,
// uri-reference, uuid, json-pointer or regex. Other formats describe without
// being checked.
func Format[T ~string](d *Decoder, v T, name string) {
	if d.failed {
		return
	}
	valid, what := format(name)
	if valid != nil && !valid(string(v)) {
		d.must("be " + what)
	}
}

// format returns what is valid in a format, and words for it.
func format(name string) (valid func(string) bool, what string) {
	switch name {
	case "date-time":
		return isDateTime, "a date and time such as 2006-01-02T15:04:05Z"
	case "date":
		return isDate, "a date such as 2006-01-02"
	case "time":
		return isTime, "a time with its zone such as 15:04:05Z"
	case "duration":
		return isDuration, "an ISO 8601 duration such as PT1M30S"
	case "email":
		return isEmail, "an email address such as ada@example.com"
	case "hostname":
		return isHostname, "a host name such as www.example.com"
	case "ipv4":
		return isIPv4, "an IPv4 address such as 192.0.2.1"
	case "ipv6":
		return isIPv6, "an IPv6 address such as 2001:db8::1"
	case "uri":
		return isURI, "a URI with its scheme such as https://example.com/"
	case "uri-reference":
		return isURIReference, "a URI or a relative reference such as /path"
	case "uuid":
		return isUUID, "a UUID such as 123e4567-e89b-12d3-a456-426614174000"
	case "json-pointer":
		return isPointer, "a JSON pointer such as /a/0"
	case "regex":
		return isRegexp, "a regular expression"
	}
	return nil, ""
}

// isDateTime holds for RFC 3339, which has t and z in either case.
func isDateTime(s string) bool {
	return len(s) > 11 && s[10]|0x20 == 't' && isDate(s[:10]) && isTime(s[11:])
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// isTime holds also for a leap second, which a [time.Time] cannot be. Package time
// reads the rest, but forgives an hour of one digit, a comma and a zone of 24 hours.
func isTime(s string) bool {
	if len(s) < len("15:04:05Z") || s[2] != ':' || s[5] != ':' || strings.Contains(s, ",") {
		return false
	}
	if clock, ok := strings.CutSuffix(s, "z"); ok {
		s = clock + "Z"
	}
	if zone := s[len(s)-len("07:00"):]; !strings.HasSuffix(s, "Z") && (zone > "23:59" || zone[3:] > "59") {
		return false
	}
	leap := s[6:8] == "60"
	if leap {
		s = s[:6] + "59" + s[8:]
	}
	var t time.Time
	if t.UnmarshalText([]byte("2006-01-02T"+s)) != nil {
		return false
	}
	return !leap || t.UTC().Format("15:04") == "23:59"
}

// isDuration holds for P, years to days, T, hours to seconds, and for weeks
// alone; at least one of them, none after T only if there is no T.
func isDuration(s string) bool {
	s, ok := strings.CutPrefix(s, "P")
	if !ok {
		return false
	}
	if weeks, ok := strings.CutSuffix(s, "W"); ok {
		return weeks != "" && isDigits(weeks)
	}
	date, clock, hasClock := strings.Cut(s, "T")
	if hasClock {
		return clock != "" && hasParts(clock, "HMS") && hasParts(date, "YMD")
	}
	return date != "" && hasParts(date, "YMD")
}

// hasParts reports whether s is made of digits with a unit behind them, the units
// in their order.
func hasParts(s, units string) bool {
	for s != "" {
		i := strings.IndexAny(s, units)
		if i < 1 || !isDigits(s[:i]) {
			return false
		}
		units = units[strings.IndexByte(units, s[i])+1:]
		s = s[i+1:]
	}
	return true
}

func isDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

// isEmail holds for a mailbox of RFC 5321.
func isEmail(s string) bool {
	i := strings.LastIndexByte(s, '@')
	return 0 < i && i <= 64 && len(s) <= 254 && isMailName(s[:i]) && isMailHost(s[i+1:])
}

// isMailName holds for words with single dots between them, and for anything in
// quotes.
func isMailName(s string) bool {
	if len(s) > 1 && s[0] == '"' && s[len(s)-1] == '"' {
		return !strings.ContainsAny(s[1:len(s)-1], `"\`)
	}
	for word := range strings.SplitSeq(s, ".") {
		if word == "" || strings.ContainsFunc(word, notMailName) {
			return false
		}
	}
	return true
}

func notMailName(r rune) bool {
	return notHostname(r) && !strings.ContainsRune("!#$%&'*+/=?^_`{|}~", r)
}

func isMailHost(s string) bool {
	address, ok := strings.CutPrefix(s, "[")
	if !ok {
		return isHostname(s)
	}
	address, ok = strings.CutSuffix(address, "]")
	if v6, is6 := strings.CutPrefix(address, "IPv6:"); is6 {
		return ok && isIPv6(v6)
	}
	return ok && isIPv4(address)
}

func isHostname(s string) bool {
	if len(s) > 253 {
		return false
	}
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		if strings.ContainsFunc(label, notHostname) {
			return false
		}
	}
	return true
}

func notHostname(r rune) bool {
	return r != '-' && (r < '0' || '9' < r) && (r|0x20 < 'a' || 'z' < r|0x20)
}

func isIPv4(s string) bool {
	a, err := netip.ParseAddr(s)
	return err == nil && a.Is4()
}

func isIPv6(s string) bool {
	a, err := netip.ParseAddr(s)
	return err == nil && a.Is6() && a.Zone() == ""
}

func isURI(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.IsAbs() && isURIReference(s)
}

func isURIReference(s string) bool {
	_, err := url.Parse(s)
	return err == nil && !strings.ContainsAny(s, ` \`)
}

func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch i {
		case 8, 13, 18, 23:
			if s[i] != '-' {
				return false
			}
		default:
			if !isHex(s[i]) {
				return false
			}
		}
	}
	return true
}

func isHex(c byte) bool {
	return c-'0' <= 9 || c|0x20-'a' <= 5
}

func isPointer(s string) bool {
	if s != "" && s[0] != '/' {
		return false
	}
	for i := range len(s) {
		if s[i] == '~' && (i+1 == len(s) || s[i+1] != '0' && s[i+1] != '1') {
			return false
		}
	}
	return true
}

func isRegexp(s string) bool {
	_, err := regexp.Compile(s)
	return err == nil
}
