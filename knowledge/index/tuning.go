package index

// Tuning holds the numbers of ranking.
type Tuning struct {
	Weights [fields]float32 // how much a word in a field counts against one in the text
	K1, B   float32         // BM25's saturation, in texts of 60 words on average, and length normalisation

	// Length is by how much K1 grows a word of the texts' average length beyond 60, to 160 at most: in
	// longer texts, a word that comes back says more.
	Length float32

	Meaning, Script, Likely float32 // a variant's weight against the word itself, by how it was found
	Slip                    float32 // least weight of a word that one slip makes of one nobody knows
	Cut                     float32 // a word with the same first letters
	LikeLeast               float32 // least similarity of a word that looks like another, Dice's coefficient
	LikeLimit               int     // words that look like one of the question
	Common                  float32 // how far the most common variant of a word sets its idf, against the rarest
	Unheard                 float32 // idf of a word that is on no list and in no text, against that of one nobody named yet
	Slight                  bool    // words of everyday speech count as light ones, though a text holds them
	Stop, Light             float32 // weight of words without a subject, and of those that say little

	Near float32 // words that stand together, against the worth of the rarer
	Kind float32 // the kind of value asked for, as a share of the score
}

// Measured is the tuning chosen by trials on the public sets of retrieval, one number varied at a time: on half
// of their questions, as typed and with a typo each, looking at what the other half says; the sets hardly tell
// most values apart. The weights of speaker, office, alias and place are
// judgements: those sets have no such fields.
func Measured() Tuning {
	return Tuning{
		Weights: [fields]float32{Text: 1, Title: 2, Speaker: 1.5, Office: 1.2, Alias: 1.5, Topic: .6, Place: 1.2},
		K1:      .8, B: .75, Length: .008,
		Cut: 1, Common: 0, Meaning: .85, Script: .8, Likely: 1.2, Slip: .8, LikeLeast: .4, LikeLimit: 12, Unheard: 1, Stop: .2, Light: .6,
		Near: .09, Kind: .08,
	}
}

// The average length of texts, in words, at which k1 is K1, and that beyond which it grows no more.
const usualLength, pageLength = 60, 160

// saturation returns k1 for texts of an average length in words.
func (t *Tuning) saturation(average float32) float32 {
	return max(t.K1+t.Length*(min(average, pageLength)-usualLength), t.K1/2)
}
