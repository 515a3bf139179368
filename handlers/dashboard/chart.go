package dashboard

import (
	"fmt"
	"html/template"
	"strings"
)

// bar is one bar of a chart, made of stacked parts.
type bar struct {
	Label string
	Parts []int
}

// chart is a bar chart with the table that says the same.
type chart struct {
	Title string
	Names []string // of the parts, which the style sheet colours in this order
	Bars  []bar
}

// The size of a chart, in units of its own.
const (
	chartWidth, chartHeight = 720, 160
	chartFoot               = 18 // for labels
	widestBar               = 48 // a chart of one day is no wall
)

// SVG draws the chart. It is decoration: the table beside it holds the figures.
func (c chart) SVG() template.HTML {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="chart" viewBox="0 0 %d %d" role="img" aria-hidden="true" focusable="false">`, chartWidth, chartHeight)
	most := 1
	for _, x := range c.Bars {
		most = max(most, total(x.Parts))
	}
	step := float64(chartWidth) / float64(max(1, len(c.Bars)))
	wide := min(step*.76, widestBar)
	every := max(1, (len(c.Bars)+11)/12)
	for i, x := range c.Bars {
		y := float64(chartHeight - chartFoot)
		for p, n := range x.Parts {
			h := float64(n) / float64(most) * float64(chartHeight-chartFoot-4)
			y -= h
			if n > 0 {
				fmt.Fprintf(&b, `<rect class="part%d" x="%.1f" y="%.1f" width="%.1f" height="%.1f"></rect>`, p, (float64(i)+.5)*step-wide/2, y, wide, h)
			}
		}
		if i%every == 0 {
			fmt.Fprintf(&b, `<text x="%.1f" y="%d" text-anchor="middle">%s</text>`, (float64(i)+.5)*step, chartHeight-4, template.HTMLEscapeString(x.Label))
		}
	}
	fmt.Fprintf(&b, `<line x1="0" x2="%d" y1="%d" y2="%d"></line></svg>`, chartWidth, chartHeight-chartFoot, chartHeight-chartFoot)
	return template.HTML(b.String()) //nolint:gosec // made of numbers and of labels that are escaped
}

func total(parts []int) (sum int) {
	for _, n := range parts {
		sum += n
	}
	return sum
}

// Total is the sum of a bar.
func (b bar) Total() int { return total(b.Parts) }
