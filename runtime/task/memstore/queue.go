package memstore

import (
	"container/heap"
	"container/list"
	"slices"
)

// A queue holds what is ready. Owners take turns, and of each owner's rows the
// first comes first.
type queue struct {
	turns *list.List // of *lane, the next one in front
	lanes map[string]*lane
	clock uint64 // counts pushes
}

// A lane is one owner's part of the queue. It exists while it has rows.
type lane struct {
	owner string
	turn  *list.Element
	rows  map[string]*list.List // of *row, by kind
}

// A position is where a row is in the queue, the zero value if it is not.
type position struct {
	element *list.Element
	since   uint64
}

func newQueue() queue {
	return queue{turns: list.New(), lanes: make(map[string]*lane)}
}

// push appends a row. A row that is queued already keeps its place.
func (q *queue) push(r *row) {
	if r.place.element != nil {
		return
	}
	l := q.lanes[r.Owner]
	if l == nil {
		l = &lane{owner: r.Owner, rows: make(map[string]*list.List)}
		l.turn = q.turns.PushBack(l)
		q.lanes[r.Owner] = l
	}
	if l.rows[r.Kind] == nil {
		l.rows[r.Kind] = list.New()
	}
	q.clock++
	r.place = position{l.rows[r.Kind].PushBack(r), q.clock}
}

// pop removes the row whose turn it is among those of the kinds, or returns nil.
// The owner's next turn comes after everybody else's.
func (q *queue) pop(kinds []string) *row {
	for turn := q.turns.Front(); turn != nil; turn = turn.Next() {
		l := turn.Value.(*lane)
		if r := l.first(kinds); r != nil {
			q.turns.MoveToBack(turn)
			q.remove(r)
			return r
		}
	}
	return nil
}

// remove takes a row out, if it is in.
func (q *queue) remove(r *row) {
	if r.place.element == nil {
		return
	}
	l := q.lanes[r.Owner]
	l.rows[r.Kind].Remove(r.place.element)
	r.place = position{}
	if l.rows[r.Kind].Len() > 0 {
		return
	}
	if delete(l.rows, r.Kind); len(l.rows) == 0 {
		q.turns.Remove(l.turn)
		delete(q.lanes, l.owner)
	}
}

// first returns the row of these kinds that has been ready longest, or nil.
func (l *lane) first(kinds []string) *row {
	var first *row
	for _, kind := range kinds {
		rows := l.rows[kind]
		if rows == nil {
			continue
		}
		if r := rows.Front().Value.(*row); first == nil || r.place.since < first.place.since {
			first = r
		}
	}
	return first
}

// expiries are rows, the one that expires first in front.
type expiries struct{ rows []*row }

func (x *expiries) add(r *row)    { heap.Push(x, r) }
func (x *expiries) remove(r *row) { heap.Remove(x, r.index) }

// first returns the row that expires first, or nil.
func (x *expiries) first() *row {
	if len(x.rows) == 0 {
		return nil
	}
	return x.rows[0]
}

// Len, Less, Swap, Push and Pop are for package heap.
func (x *expiries) Len() int           { return len(x.rows) }
func (x *expiries) Less(i, j int) bool { return x.rows[i].Expires.Before(x.rows[j].Expires) }

func (x *expiries) Swap(i, j int) {
	x.rows[i], x.rows[j] = x.rows[j], x.rows[i]
	x.rows[i].index, x.rows[j].index = i, j
}

func (x *expiries) Push(r any) {
	r.(*row).index = len(x.rows)
	x.rows = append(x.rows, r.(*row))
}

func (x *expiries) Pop() any {
	last := len(x.rows) - 1
	r := x.rows[last]
	x.rows[last] = nil
	x.rows = slices.Delete(x.rows, last, last+1)
	return r
}
