package knowledge

import "refbot/knowledge/index"

// kinLead is how many of the best candidates speak for those like them.
const kinLead = index.Leads

// kinHead is how many of the best candidates hold their places by their own words; behind them, what is
// about the same facts comes first.
const kinHead = 2

// lift raises candidates that are about the same facts as the best ones: statements that share their
// numbers, dates and notions answer the same question, in whatever words and language they do.
// They come out in order. It is the regularisation of scores of Diaz (2005), one step of it.
func (e *Engine) lift(d *desk, list []candidate) {
	lead := foremost(list, kinLead)
	if len(list) < 2 {
		return
	}
	highest := lead[0].score
	numbers := d.numbers(list)
	d.likeness = e.kinship.Among(numbers[:len(lead)], numbers, d.likeness)
	for i := range list {
		for j := range lead {
			if j != i {
				list[i].lift += lead[j].score / highest * d.likeness[i][j]
			}
		}
	}
	for i := range list {
		list[i].raise(ranks.kin * highest * list[i].lift)
		list[i].lift *= highest
	}
	foremost(list, kinHead)
	tail := list[kinHead:]
	for i := range tail {
		tail[i].raise((ranks.kinTail - ranks.kin) * tail[i].lift)
	}
	d.sort(tail)
	for i := range tail {
		tail[i].score = min(tail[i].score, list[kinHead-1].score)
	}
}

func (c *candidate) raise(by float32) {
	c.kin += by
	c.score += by
}
