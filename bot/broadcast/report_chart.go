package broadcast

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strconv"
	"strings"
)

// The chart is drawn here and not by a library: those that draw Kazakh letters bring a font and seconds of
// compile time for one picture of a few bars. It has no words at all: languages are codes, numbers are digits,
// and what the colours mean stands in the message under it.
const (
	chartWidth  = 1000
	chartMargin = 44
	barHeight   = 76
	barGap      = 40
	labelWidth  = 96
	sumWidth    = 190
)

// The colours of the outcomes, as the squares of the message's legend: green, white, orange, purple, and blue
// for who is still to come.
var chartColours = []color.RGBA{
	{67, 160, 71, 255}, {176, 184, 192, 255}, {245, 137, 31, 255}, {142, 68, 173, 255}, {52, 120, 200, 255},
}

var (
	chartPaper = color.RGBA{255, 255, 255, 255}
	chartInk   = color.RGBA{38, 50, 56, 255}
	chartFaint = color.RGBA{240, 242, 244, 255}
)

// Chart draws the rows as a PNG: a bar for each language, as long as its share of the largest one, cut into
// its outcomes.
func Chart(rows []Row) ([]byte, error) {
	img := image.NewRGBA(image.Rect(0, 0, chartWidth, 2*chartMargin+max(1, len(rows))*(barHeight+barGap)-barGap))
	draw.Draw(img, img.Bounds(), image.NewUniform(chartPaper), image.Point{}, draw.Src)
	most := 1
	for _, r := range rows {
		most = max(most, r.Tally.Total())
	}
	for i, r := range rows {
		drawRow(img, r, chartMargin+i*(barHeight+barGap), most)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return nil, fmt.Errorf("draw a report: %w", err)
	}
	return out.Bytes(), nil
}

func drawRow(img *image.RGBA, r Row, top, most int) {
	name := strings.ToUpper(string(r.Language))
	(&pen{img, chartInk, 30}).write(name, chartMargin, top+23)
	left, width := chartMargin+labelWidth, chartWidth-2*chartMargin-labelWidth-sumWidth
	all := r.Tally.Total()
	fill(img, left, top, width, chartFaint)
	x := left
	t := r.Tally
	for i, n := range []int{t.Sent, t.Unreachable, t.Failed, t.Unknown, t.Queued} {
		if n == 0 {
			continue
		}
		w := max(3, n*width/most)
		w = min(w, left+width-x)
		fill(img, x, top, w, chartColours[i])
		share := strconv.Itoa(n*100/all) + "%"
		if p := (&pen{img, chartPaper, 24}); w > p.width(share)+24 {
			p.write(share, x+(w-p.width(share))/2, top+26)
		}
		x += w
	}
	p := &pen{img, chartInk, 30}
	sum := strconv.Itoa(all)
	p.write(sum, chartWidth-chartMargin-p.width(sum), top+23)
}

func fill(img *image.RGBA, x, y, width int, c color.RGBA) {
	draw.Draw(img, image.Rect(x, y, x+width, y+barHeight), image.NewUniform(c), image.Point{}, draw.Src)
}
