package codec

// Convert reads a value with read and makes a T of it. What has a problem already is
// not converted.
func Convert[W, T any](d *Decoder, read func(*Decoder) W, to func(W) T) (v T) {
	if w, ok := sound(d, read); ok {
		v = to(w)
	}
	return v
}

// TryConvert is like [Convert] for a conversion that can fail. Its error becomes part
// of the problem's message.
func TryConvert[W, T any](d *Decoder, read func(*Decoder) W, to func(W) (T, error)) (v T) {
	w, ok := sound(d, read)
	if !ok {
		return v
	}
	v, err := to(w)
	if err != nil {
		d.invalid(err)
	}
	return v
}

// Checked reads a value twice: with read, which finds out whether it is what its schema
// says, and if so with own, which knows what it means. A value that read has taken from
// JSON text is that JSON to own.
func Checked[W, T any](d *Decoder, read func(*Decoder) W, own func(*Decoder) T) (v T) {
	first := d.begin()
	start := d.scanner
	d.ready = true
	w, ok := sound(d, read)
	if !ok {
		return v
	}
	end := d.scanner
	d.scanner = start
	if _, isText := any(w).(string); first == '"' && !isText {
		d.enterContent(d.text().bytes())
	}
	d.ready = true
	v = own(d)
	if !d.dead {
		d.scanner = end
	}
	return v
}

// sound reads a value with read and reports whether there is no problem in it.
func sound[W any](d *Decoder, read func(*Decoder) W) (w W, ok bool) {
	before := len(d.problems)
	w = read(d)
	d.failed = d.failed || d.dead || len(d.problems) > before
	return w, !d.failed
}

// Fail writes null for a value that has no JSON form, and makes err the error of the
// [Encoder] unless there was one before.
func (e *Encoder) Fail(err error) { e.fail(err) }
