package language

import "strings"

// maxGroups is how many groups of digits a phone or card number is written in at most.
const maxGroups = 7

// digitFindings finds the numbers that point to a person among the runs of digits of s.
func digitFindings(s string, pieces []piece) []Finding {
	var out []Finding
	for i := 0; i < len(pieces); i++ {
		if !pieces[i].digits {
			continue
		}
		if kind, n, start := personal(s, pieces[i:]); n > 0 {
			out = append(out, Finding{Kind: kind, Start: start, End: pieces[i+n-1].end})
			i += n - 1
		}
	}
	return out
}

// personal classes the longest row of digit groups that starts at the first piece: its kind, how many groups
// it takes, and where it starts in s with a plus sign or bracket.
func personal(s string, pieces []piece) (kind string, groups, start int) {
	start = pieces[0].start
	plus := false
	for start > 0 && (s[start-1] == '+' || s[start-1] == '(') {
		start--
		plus = plus || s[start] == '+'
	}
	var digits strings.Builder
	var sizes []int
	for n := range min(maxGroups, len(pieces)) {
		if !pieces[n].digits || n > 0 && !groupSeparator(s[pieces[n-1].end:pieces[n].start]) {
			break
		}
		digits.WriteString(pieces[n].folded)
		sizes = append(sizes, len(pieces[n].folded))
		if digits.Len() > 32 && n > 0 {
			break
		}
		if k := kindOfDigits(digits.String(), sizes, plus); k != "" && !(n > 1 && years(pieces[:n+1])) {
			kind, groups = k, n+1
		}
	}
	return kind, groups, start
}

// years reports a list of years.
func years(pieces []piece) bool {
	for _, p := range pieces {
		if !year(p.folded) {
			return false
		}
	}
	return true
}

// groupSeparator reports what stands between the groups of one number: a space, a hyphen, a dot, brackets.
func groupSeparator(gap string) bool {
	if len(gap) > 6 {
		return false
	}
	marks := 0
	for _, r := range Normalize("x" + gap + "x") {
		switch r {
		case 'x', ' ':
		case '-', '.', '(', ')':
			marks++
		default:
			return false
		}
	}
	return marks <= 2
}

// kindOfDigits classes the digits of a number written in groups of the given sizes, "" when it is harmless.
func kindOfDigits(d string, sizes []int, plus bool) string {
	one := len(sizes) == 1
	switch n := len(d); {
	case plus && n >= 10 && n <= 15:
		return FindingPhone
	case n == 12 && (one || shaped(sizes, 6, 6) || shaped(sizes, 4, 4, 4)):
		return FindingIIN
	case homePhone(d) && !thousands(sizes):
		return FindingPhone
	case n >= 13 && n <= 19 && (one || shaped(sizes, 4, 4, 4, 4) || shaped(sizes, 4, 6, 5)) && luhn(d):
		return FindingCard
	case n >= 13 && one, shaped(sizes, 4, 4, 4, 4):
		return FindingNumber
	}
	return ""
}

// homePhone reports the digits of a Kazakhstan phone: eleven with 7 or 8 before them, or ten of a mobile.
func homePhone(d string) bool {
	return len(d) == 11 && (d[0] == '7' || d[0] == '8') && d[1] == '7' || len(d) == 10 && mobile(d)
}

// mobile reports ten digits that begin with the code of a Kazakhstan mobile network.
func mobile(d string) bool {
	switch d[:3] {
	case "700", "701", "702", "705", "706", "707", "708", "747", "771", "775", "776", "777", "778":
		return true
	}
	return false
}

// shaped reports whether groups have the given sizes.
func shaped(sizes []int, want ...int) bool {
	if len(sizes) != len(want) {
		return false
	}
	for i, n := range want {
		if sizes[i] != n {
			return false
		}
	}
	return true
}

// thousands reports a sum: a group of one to three digits and groups of three.
func thousands(sizes []int) bool {
	if len(sizes) < 2 || sizes[0] > 3 {
		return false
	}
	for _, n := range sizes[1:] {
		if n != 3 {
			return false
		}
	}
	return true
}

// luhn checks the sum of ISO/IEC 7812-1, annex B. Zeros alone do not count.
func luhn(d string) bool {
	sum, double := 0, false
	for i := len(d) - 1; i >= 0; i-- {
		n := int(d[i] - '0')
		if double {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum, double = sum+n, !double
	}
	return sum%10 == 0 && strings.Trim(d, "0") != ""
}
