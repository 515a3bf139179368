package language

import (
	"slices"
	"strings"
)

// The kinds of personal data Redact finds.
const (
	FindingIIN      = "iin"      // a run of 12 digits: an individual or business identification number
	FindingPhone    = "phone"    // a Kazakhstan number, or any number written with +
	FindingCard     = "card"     // 13 to 19 digits with a valid Luhn sum
	FindingAccount  = "account"  // a Kazakhstan IBAN
	FindingNumber   = "number"   // a longer run of digits than any sum has
	FindingEmail    = "email"    //
	FindingDocument = "document" // digits behind «паспорт», «куәлік», "passport"
	FindingAddress  = "address"  // a street with a house
)

// marks are what stands in the place of a finding. They hold no digits, so that they are never found again.
var marks = map[string]string{
	FindingIIN: "[ИИН]", FindingPhone: "[телефон]", FindingCard: "[карта]", FindingAccount: "[счёт]",
	FindingNumber: "[номер]", FindingEmail: "[почта]", FindingDocument: "[документ]", FindingAddress: "[адрес]",
}

var unmarker = func() *strings.Replacer {
	var pairs []string
	for _, mark := range marks {
		pairs = append(pairs, mark, " ")
	}
	return strings.NewReplacer(pairs...)
}()

// WithoutMarks takes out what [Redact] has put in: the marks are no words of whoever wrote the text.
func WithoutMarks(s string) string {
	if !strings.Contains(s, "[") {
		return s
	}
	return unmarker.Replace(s)
}

// Finding is a piece of personal data: what it is and where it stood in the text given to Redact.
type Finding struct {
	Kind       string // one of the Finding constants
	Start, End int    // byte offsets
}

// Redact replaces personal data by marks such as «[ИИН]» and returns what it found, in order. Numbers of
// articles and laws, dates, times, sums and shares stay. A check digit decides only where the digits alone
// could be something harmless: 12 digits are masked even when the sum is wrong, because a mistyped number
// still points to a person. It is idempotent. What shows only once something else is masked is masked too,
// and not among the findings.
func Redact(s string) (string, []Finding) {
	text, found := redactOnce(s)
	// A mark may end what was no address before: «a@b.kz990101300123». Every round takes digits or signs out
	// that no mark holds, so there is a last one.
	for more := found; len(more) > 0; {
		text, more = redactOnce(text)
	}
	return text, found
}

func redactOnce(s string) (string, []Finding) {
	if !strings.ContainsAny(s, "0123456789@") {
		return s, nil
	}
	found := emails(s)
	pieces := split(s)
	found = append(found, accounts(s)...)
	found = append(found, digitFindings(s, pieces)...)
	found = append(found, documents(s, pieces)...)
	found = append(found, addresses(s, pieces)...)
	if len(found) == 0 {
		return s, nil
	}
	found = apart(found)
	var b strings.Builder
	at := 0
	for _, f := range found {
		b.WriteString(s[at:f.Start])
		b.WriteString(marks[f.Kind])
		at = f.End
	}
	b.WriteString(s[at:])
	return b.String(), found
}

// apart orders findings and drops those that overlap an earlier or longer one.
func apart(found []Finding) []Finding {
	slices.SortStableFunc(found, func(a, b Finding) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	out := found[:0]
	end := 0
	for _, f := range found {
		if f.Start >= end {
			out = append(out, f)
			end = f.End
		}
	}
	return out
}
