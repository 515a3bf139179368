package language

import "strings"

// Words of addresses, folded: those in front of a street's name, those behind it, those in front of the
// number of a house or flat, and those behind it.
var (
	streetBefore = set(`ул улица улице улицы улицу проспект проспекте проспекта просп мкр мкрн микрорайон микрорайоне
		переулок переулке бульвар бульваре ulitsa ulica prospekt mikrorayon`)
	streetBehind = set(`коше кошеси кошесинде кошесиндеги кошесинин дангылы дангылында ыкшамауданы шагынауданы молтекауданы
		street avenue ave microdistrict koshesi dangyly`)
	houseBefore = set(`д дом доме дома уй уйи кв квартира квартире квартиры патер корпус корп house apt apartment flat no`)
	houseBehind = set(`уй уйде уйи патер патерде кв дом`)
)

// maxStreetWords is the longest name of a street: «Бауыржан Момышұлы».
const maxStreetWords = 3

// addresses finds streets with the number of a house. Without a number there is no address; without a word
// for a street a name and a number mean nothing.
func addresses(s string, pieces []piece) []Finding {
	var out []Finding
	for i, p := range pieces {
		start, house := i, 0
		switch {
		case p.digits:
			continue
		case streetBefore[p.folded]:
			house = houseAfterName(s, pieces, i)
		case streetBehind[p.folded]:
			start, house = nameBefore(s, pieces, i), i+1
		}
		if house == 0 {
			continue
		}
		end := houseEnd(s, pieces, house)
		if end < 0 && house == i+1 && start > 0 && isHouse(pieces[start-1]) && joins(s, pieces, start-1) {
			start, end = start-1, i // 10 Abay street
		}
		if end >= 0 {
			out = append(out, Finding{Kind: FindingAddress, Start: pieces[start].start, End: pieces[end].end})
		}
	}
	return out
}

// houseAfterName skips the name of a street behind piece i and returns where its house should stand, 0 when
// there is no name.
func houseAfterName(s string, pieces []piece, i int) int {
	j := i + 1
	for j < len(pieces) && j <= i+maxStreetWords && joins(s, pieces, j-1) && !pieces[j].digits && !houseBefore[pieces[j].folded] {
		j++
	}
	if j == i+1 {
		return 0
	}
	return j
}

// nameBefore returns the first word of the name in front of piece i: the words in capitals, at least one.
func nameBefore(s string, pieces []piece, i int) int {
	start := i
	for start > 0 && i-start < maxStreetWords && !pieces[start-1].digits && joins(s, pieces, start-1) {
		w := s[pieces[start-1].start:pieces[start-1].end]
		if start < i && strings.ToLower(w) == w {
			break
		}
		start--
	}
	return start
}

// houseEnd returns the last piece of the house and flat that begin at piece i, -1 when there is none.
func houseEnd(s string, pieces []piece, i int) int {
	end := -1
	for i < len(pieces) && joins(s, pieces, i-1) {
		switch {
		case houseBefore[pieces[i].folded]:
			i++
			continue
		case !isHouse(pieces[i]):
			return end
		}
		if end >= 0 && !houseBefore[pieces[i-1].folded] && strings.TrimSpace(s[pieces[i-1].end:pieces[i].start]) == "" {
			return end // a number further on is not part of the address
		}
		end = i
		i++
		if i < len(pieces) && joins(s, pieces, i-1) && (houseBehind[pieces[i].folded] || houseLetter(s, pieces, i)) {
			end = i
			i++
		}
	}
	return end
}

// isHouse reports the number of a house: one to four digits that are no year.
func isHouse(p piece) bool {
	return p.digits && len(p.folded) <= 4 && !year(p.folded)
}

// houseLetter reports the letter of a house number, as in 10а and 10/б.
func houseLetter(s string, pieces []piece, i int) bool {
	p := pieces[i]
	gap := s[pieces[i-1].end:p.start]
	return !p.digits && (gap == "" || gap == "/") && p.end-p.start <= 2
}

// joins reports whether only the punctuation of addresses stands between piece i and the next.
func joins(s string, pieces []piece, i int) bool {
	if i < 0 || i+1 >= len(pieces) {
		return false
	}
	gap := s[pieces[i].end:pieces[i+1].start]
	return len(gap) <= 4 && strings.Trim(gap, " .,-/№#\u00a0\"«»") == ""
}
