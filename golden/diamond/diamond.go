// Package diamond needs one value along two ways: it is provided once per call,
// and both ways lead to the same.
package diamond

import "fmt"

// Counter counts the connections that were ever opened.
type Counter struct{ opened int }

//mcp:provide scope=server
func newCounter() *Counter { return &Counter{} }

// Conn is a connection, with its number.
type Conn struct{ number int }

//mcp:provide
func connect(counter *Counter) *Conn {
	counter.opened++
	return &Conn{counter.opened}
}

// Users and Orders both use a connection.
type (
	Users  struct{ conn *Conn }
	Orders struct{ conn *Conn }
)

//mcp:provide
func newUsers(conn *Conn) *Users { return &Users{conn} }

//mcp:provide
func newOrders(conn *Conn) *Orders { return &Orders{conn} }

// Join joins users and orders on one connection.
//
//mcp:tool
func Join(users *Users, orders *Orders, conn *Conn) string {
	return fmt.Sprintf("users on %d, orders on %d, join on %d", users.conn.number, orders.conn.number, conn.number)
}
