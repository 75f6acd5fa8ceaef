// Package metrics is what a role of the program tells those who run it: its
// figures for Prometheus, and whether it can do its job.
//
// A role makes one [Set] and hands it to whatever has something to tell. All
// methods do nothing on a nil *Set, so who is handed none needs no question.
// Nothing here names a phone, a person or an address.
package metrics

import (
	"context"
	"runtime"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Set is one role's figures and checks. It is safe for concurrent use.
type Set struct {
	role, version string
	requests      requests

	mu       sync.Mutex
	metrics  map[Name]prometheus.Collector
	readings map[Name][]reading
	checks   []check
}

// reading is a gauge whose value is asked for when somebody looks.
type reading struct {
	labels []string
	read   func() float64
}

// New makes a role's set. It costs next to nothing until somebody asks.
func New(role, version string) *Set {
	return &Set{role: role, version: version, metrics: map[Name]prometheus.Collector{}, readings: map[Name][]reading{}}
}

// Gauge has read asked each time somebody looks; it must be quick, must not
// block, and may be called from several goroutines. Labels are the values of
// the metric's labels, in the catalogue's order. A second reading with the same
// labels takes the place of the first. It panics where the catalogue has no
// such gauge with as many labels: that is a fault of the program.
func (s *Set) Gauge(name Name, read func() float64, labels ...string) {
	if s == nil {
		return
	}
	mustBe(name, gauge, labels)
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, r := range s.readings[name] {
		if equal(r.labels, labels) {
			s.readings[name][i].read = read
			return
		}
	}
	s.readings[name] = append(s.readings[name], reading{labels, read})
}

// Bool is a Gauge that is 1 for true.
func (s *Set) Bool(name Name, read func() bool, labels ...string) {
	s.Gauge(name, func() float64 {
		if read() {
			return 1
		}
		return 0
	}, labels...)
}

// Add makes a counter grow by n, which must not be negative.
func (s *Set) Add(name Name, n float64, labels ...string) {
	if s == nil {
		return
	}
	mustBe(name, counter, labels)
	made := s.made(name, func(e entry) prometheus.Collector {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: string(name), Help: e.help}, e.labels)
	})
	made.(*prometheus.CounterVec).WithLabelValues(labels...).Add(n)
}

// Observe enters a value, in the unit that the name ends with, into a
// histogram.
func (s *Set) Observe(name Name, value float64, labels ...string) {
	if s == nil {
		return
	}
	mustBe(name, histogram, labels)
	made := s.made(name, func(e entry) prometheus.Collector {
		return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: string(name), Help: e.help, Buckets: e.buckets}, e.labels)
	})
	made.(*prometheus.HistogramVec).WithLabelValues(labels...).Observe(value)
}

// made finds a metric, or makes it at its first use.
func (s *Set) made(name Name, make func(entry) prometheus.Collector) prometheus.Collector {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.metrics[name]; c != nil {
		return c
	}
	e, _ := lookUp(name)
	c := make(e)
	s.metrics[name] = c
	return c
}

// Describe says nothing beforehand: what there is depends on the role.
func (s *Set) Describe(chan<- *prometheus.Desc) {}

// Collect gives Prometheus everything that there is now.
func (s *Set) Collect(to chan<- prometheus.Metric) {
	told := context.Background()
	s.mu.Lock()
	metrics, readings := make([]prometheus.Collector, 0, len(s.metrics)), map[Name][]reading{}
	for _, c := range s.metrics {
		metrics = append(metrics, c)
	}
	for name, all := range s.readings {
		readings[name] = append([]reading(nil), all...)
	}
	s.mu.Unlock()
	for _, c := range metrics {
		c.Collect(to)
	}
	for name, all := range readings {
		for _, r := range all {
			to <- constant(name, prometheus.GaugeValue, r.read(), r.labels...)
		}
	}
	to <- constant(Build, prometheus.GaugeValue, 1, s.role, s.version, runtime.Version())
	s.requests.collect(to)
	s.State(told).collect(to)
}

// constant is one value of a metric in the catalogue.
func constant(name Name, of prometheus.ValueType, value float64, labels ...string) prometheus.Metric {
	e, _ := lookUp(name)
	return prometheus.MustNewConstMetric(prometheus.NewDesc(string(name), e.help, e.labels, nil), of, value, labels...)
}

// registry is what one look at the set goes through: the set's own metrics,
// and those of the process.
func (s *Set) registry() *prometheus.Registry {
	r := prometheus.NewRegistry()
	r.MustRegister(s, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return r
}

func mustBe(name Name, k kind, labels []string) {
	e, known := lookUp(name)
	if !known || e.kind != k || len(e.labels) != len(labels) {
		panic("metrics: " + string(name) + " is not used as the catalogue says")
	}
}

func equal(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
