package broadcast

import (
	"image"
	"image/color"
	"math"
)

// stroke is a line through points of a grid 4 wide and 6 high.
type stroke [][2]float64

// glyphs are digits, the per cent sign and the letters of the languages' codes, as strokes of a round pen.
var glyphs = map[rune][]stroke{
	'0': {{{1, 0}, {3, 0}, {4, 1}, {4, 5}, {3, 6}, {1, 6}, {0, 5}, {0, 1}, {1, 0}}},
	'1': {{{.8, 1.2}, {2.2, 0}, {2.2, 6}}},
	'2': {{{0, 1.2}, {1, 0}, {3, 0}, {4, 1}, {4, 2.2}, {0, 6}, {4, 6}}},
	'3': {{{0, .8}, {1, 0}, {3, 0}, {4, 1}, {4, 2}, {3, 2.9}, {1.6, 2.9}}, {{3, 2.9}, {4, 3.9}, {4, 5}, {3, 6}, {1, 6}, {0, 5.2}}},
	'4': {{{3, 6}, {3, 0}, {0, 4.2}, {4, 4.2}}},
	'5': {{{3.8, 0}, {.3, 0}, {.1, 2.8}, {1, 2.3}, {3, 2.3}, {4, 3.3}, {4, 5}, {3, 6}, {1, 6}, {0, 5.2}}},
	'6': {{{3.6, .5}, {3, 0}, {1.2, 0}, {0, 1.2}, {0, 5}, {1, 6}, {3, 6}, {4, 5}, {4, 3.5}, {3, 2.6}, {1, 2.6}, {0, 3.5}}},
	'7': {{{0, 0}, {4, 0}, {1.4, 6}}},
	'8': {
		{{1, 0}, {3, 0}, {3.8, .9}, {3.8, 2}, {3, 2.9}, {1, 2.9}, {.2, 2}, {.2, .9}, {1, 0}},
		{{1, 2.9}, {0, 3.9}, {0, 5}, {1, 6}, {3, 6}, {4, 5}, {4, 3.9}, {3, 2.9}},
	},
	'9': {{{.4, 5.5}, {1, 6}, {2.8, 6}, {4, 4.8}, {4, 1}, {3, 0}, {1, 0}, {0, 1}, {0, 2.5}, {1, 3.4}, {3, 3.4}, {4, 2.5}}},
	'%': {{{4, 0}, {0, 6}}, {{.2, .9}, {.9, .2}, {1.6, .9}, {.9, 1.6}, {.2, .9}}, {{2.4, 5.1}, {3.1, 4.4}, {3.8, 5.1}, {3.1, 5.8}, {2.4, 5.1}}},
	'K': {{{0, 0}, {0, 6}}, {{4, 0}, {0, 3.6}}, {{1.4, 2.5}, {4, 6}}},
	'R': {{{0, 6}, {0, 0}, {3, 0}, {4, .9}, {4, 2.2}, {3, 3.1}, {0, 3.1}}, {{2.2, 3.1}, {4, 6}}},
	'U': {{{0, 0}, {0, 5}, {1, 6}, {3, 6}, {4, 5}, {4, 0}}},
	'E': {{{3.8, 0}, {0, 0}, {0, 6}, {3.8, 6}}, {{0, 2.9}, {3.2, 2.9}}},
	'N': {{{0, 6}, {0, 0}, {4, 6}, {4, 0}}},
}

// pen writes glyphs of a height, in pixels, with smooth edges.
type pen struct {
	img    *image.RGBA
	ink    color.RGBA
	height float64
}

func (p *pen) unit() float64    { return p.height / 6 }
func (p *pen) advance() float64 { return 6 * p.unit() }

// width is how wide a text is, in pixels.
func (p *pen) width(text string) int {
	return int(float64(len(text))*p.advance() - 2*p.unit())
}

// write writes a text with its upper left corner at x, y.
func (p *pen) write(text string, x, y int) {
	at := float64(x)
	for _, r := range text {
		for _, s := range glyphs[r] {
			p.draw(s, at, float64(y))
		}
		at += p.advance()
	}
}

// draw colours every pixel as far as the stroke covers it.
func (p *pen) draw(s stroke, x, y float64) {
	u, radius := p.unit(), p.height/11
	for py := int(y - radius - 2); py <= int(y+p.height+radius+2); py++ {
		for px := int(x - radius - 2); px <= int(x+4*u+radius+2); px++ {
			near := math.Inf(1)
			for i := 1; i < len(s); i++ {
				near = min(near, distance(float64(px), float64(py), x+s[i-1][0]*u, y+s[i-1][1]*u, x+s[i][0]*u, y+s[i][1]*u))
			}
			if cover := min(1, radius+.5-near); cover > 0 {
				p.blend(px, py, cover)
			}
		}
	}
}

// distance is that of a point from a line between two others.
func distance(px, py, ax, ay, bx, by float64) float64 {
	dx, dy := bx-ax, by-ay
	t := ((px-ax)*dx + (py-ay)*dy) / (dx*dx + dy*dy)
	t = max(0, min(1, t))
	return math.Hypot(px-ax-t*dx, py-ay-t*dy)
}

func (p *pen) blend(x, y int, cover float64) {
	if !(image.Point{X: x, Y: y}).In(p.img.Bounds()) {
		return
	}
	old := p.img.RGBAAt(x, y)
	mix := func(a, b uint8) uint8 { return uint8(float64(a)*(1-cover) + float64(b)*cover) }
	p.img.SetRGBA(x, y, color.RGBA{mix(old.R, p.ink.R), mix(old.G, p.ink.G), mix(old.B, p.ink.B), 255})
}
