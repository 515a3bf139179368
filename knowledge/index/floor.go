package index

// floor is a min-heap of the highest scores seen.
type floor []float32

// offer keeps s if it is among the k highest.
func (h *floor) offer(s float32, k int) {
	if len(*h) < k {
		*h = append(*h, s)
		for i := len(*h) - 1; i > 0; {
			up := (i - 1) / 2
			if (*h)[up] <= (*h)[i] {
				break
			}
			(*h)[up], (*h)[i] = (*h)[i], (*h)[up]
			i = up
		}
		return
	}
	if s > (*h)[0] {
		h.replace(s)
	}
}

// replace puts s in the place of the least.
func (h *floor) replace(s float32) {
	list := *h
	list[0] = s
	for i := 0; ; {
		least := i
		for down := 2*i + 1; down <= 2*i+2 && down < len(list); down++ {
			if list[down] < list[least] {
				least = down
			}
		}
		if least == i {
			return
		}
		list[i], list[least] = list[least], list[i]
		i = least
	}
}
