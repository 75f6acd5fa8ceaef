package access

import (
	"container/list"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Rate is a token bucket: Burst at once, and one more every Every.
type Rate struct {
	Burst int
	Every time.Duration
}

// Limits bounds what may be tried without knowing a code. Only wrong codes
// and new devices cost anything: a right code is free, however many parents
// share one school's address.
type Limits struct {
	WrongCodes    Rate // for each address
	AllWrongCodes Rate // for all addresses together
	NewDevices    Rate // devices made without a code, for each address
	JoinedDevices Rate // devices made with a right code, for each address
	Addresses     int  // how many addresses are remembered at most
}

// DefaultLimits lets sixty parents behind one address mistype four times each
// within minutes. A code has 50 bits: at the global rate of five wrong codes a
// second, for a whole year, against 1,000 live codes, the chance of one hit is
// about one in seven thousand.
func DefaultLimits() Limits {
	return Limits{
		WrongCodes:    Rate{Burst: 300, Every: 10 * time.Second},
		AllWrongCodes: Rate{Burst: 10_000, Every: 200 * time.Millisecond},
		NewDevices:    Rate{Burst: 120, Every: 30 * time.Second},
		JoinedDevices: Rate{Burst: 1_000, Every: 5 * time.Second},
		Addresses:     20_000,
	}
}

// forgiven is how many wrong codes an address may have and still be let
// through while the common budget is spent: else a few dozen attackers could
// keep every parent out.
const forgiven = 3

// gate lets attempts through while their address, and everybody together,
// have budget left. What an attempt costs is known only when it ends; until
// then it holds its place, so that a thousand attempts at once are no way
// around. A gate remembers only addresses that have spent something lately.
type gate struct {
	mu    sync.Mutex
	each  Rate
	all   *budget // nil for no common budget; binds addresses with more than forgiven to answer for
	most  int
	order *list.List // of *visitor, the latest in front
	by    map[string]*list.Element
}

type visitor struct {
	address string
	budget
}

// budget is a token bucket and the number of attempts whose end is awaited.
type budget struct {
	tokens  *rate.Limiter
	pending int
}

func newGate(each Rate, all Rate, most int) *gate {
	g := &gate{each: each, most: max(most, 1), order: list.New(), by: map[string]*list.Element{}}
	if all.Burst > 0 {
		g.all = &budget{tokens: all.bucket()}
	}
	return g
}

func (r Rate) bucket() *rate.Limiter { return rate.NewLimiter(rate.Every(r.Every), r.Burst) }

// enter admits an attempt, or says how long to wait. Whoever was admitted
// calls leave exactly once, with whether the attempt costs.
func (g *gate) enter(address string, now time.Time) (leave func(costs bool), wait time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	v := g.visitor(address)
	wait = v.wait(now)
	if g.all != nil && v.spent(g.each, now) >= forgiven {
		wait = max(wait, g.all.wait(now))
	}
	if wait > 0 {
		g.forget(v, now)
		return nil, wait
	}
	v.pending++
	if g.all != nil {
		g.all.pending++
	}
	return func(costs bool) { g.leave(v, costs, now) }, 0
}

func (g *gate) leave(v *visitor, costs bool, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	v.end(costs, now)
	if g.all != nil {
		g.all.end(costs, now)
	}
	g.forget(v, now)
}

// visitor finds or makes the address's budget and makes room for it.
func (g *gate) visitor(address string) *visitor {
	if el, ok := g.by[address]; ok {
		g.order.MoveToFront(el)
		return el.Value.(*visitor)
	}
	for el := g.order.Back(); el != nil && g.order.Len() >= g.most; {
		before := el.Prev()
		if v := el.Value.(*visitor); v.pending == 0 {
			g.remove(v)
		}
		el = before
	}
	v := &visitor{address: address, budget: budget{tokens: g.each.bucket()}}
	g.by[address] = g.order.PushFront(v)
	return v
}

// forget drops a visitor who has nothing to answer for.
func (g *gate) forget(v *visitor, now time.Time) {
	if v.pending == 0 && v.tokens.TokensAt(now) >= float64(g.each.Burst) {
		g.remove(v)
	}
}

func (g *gate) remove(v *visitor) {
	if el, ok := g.by[v.address]; ok && el.Value == v {
		g.order.Remove(el)
		delete(g.by, v.address)
	}
}

// wait is how long until one more attempt has a token of its own, 0 for now.
func (b *budget) wait(now time.Time) time.Duration {
	missing := float64(b.pending+1) - b.tokens.TokensAt(now)
	if missing <= 0 {
		return 0
	}
	return max(time.Duration(missing/float64(b.tokens.Limit())*float64(time.Second)), time.Second)
}

// spent is how many attempts the address has to answer for, those under way
// included.
func (b *budget) spent(of Rate, now time.Time) float64 {
	return float64(of.Burst+b.pending) - b.tokens.TokensAt(now)
}

func (b *budget) end(costs bool, now time.Time) {
	b.pending--
	if costs {
		b.tokens.AllowN(now, 1)
	}
}
