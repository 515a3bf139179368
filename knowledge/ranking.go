package knowledge

import "refbot/knowledge/index"

// ranking holds the numbers by which statements are ranked besides their words: factors of the
// score, 1 where they change nothing.
type ranking struct {
	recency     float32 // what the oldest statement of the campaign loses against the newest
	replaced    float32 // a later statement gives the newer value
	preliminary float32 // its figures are not final
	settles     float32 // it gives the newer value of another statement
	expired     float32 // it no longer holds on the day of the question
	lesser      float32 // an expert, a party or a newsroom speaks
	foreign     float32 // it is about another country

	past, early          float32 // about an earlier constitution or vote; older than the campaign
	yearNamed, yearOther float32 // the question names its year; or asks for another time

	speaks        float32 // the person or office whose words are asked for speaks
	otherSpeaker  float32 // somebody else does
	spokenOf      float32 // the person is only spoken of
	saidBy        float32 // an office or body of the question only says who speaks
	placeMissing  float32 // it does not name a place of the question
	personMissing float32 // it does not name a person or office of the question

	near float32 // another measure, such as embeddings, puts it first

	listed  float32 // it is listed for this very question
	counted float32 // it gives a number of the thing to be counted, amid all of the question

	noValue float32 // it holds no number or date, though one is asked for
	noHour  float32 // it holds no hour, though one is asked for

	kin     float32 // what a statement gains by being about the same facts as the best ones
	kinTail float32 // the same behind the very best
	promote float32 // a newer value comes first from this share of the replaced statement's score
	alike   float32 // statements fit alike from this share of the best one's score
	cite    float32 // a further statement is cited from this share of the best one's score
	// and from this share of the best score its own words give any.
	citeWords float32
}

// ranks was chosen by hand from trials on the development questions, one number varied at a time, by
// nDCG, MRR and success. Those questions hardly move expired, foreign, speaks, otherSpeaker, spokenOf,
// yearNamed and yearOther: these are judgements. None was cross-validated.
var ranks = ranking{
	recency: .12, replaced: .95, preliminary: .96, settles: 1.04, expired: .8, lesser: .9, foreign: .3,
	past: .6, early: .95, yearNamed: 1.25, yearOther: .6,
	speaks: 1.15, otherSpeaker: .6, spokenOf: .85, saidBy: .85, placeMissing: .6, personMissing: .7,
	counted: 1.3, noValue: .9, noHour: .8, listed: .5, near: .15,
	kin: .2, kinTail: .7, promote: .6, alike: .94, cite: .7, citeWords: .7,
}

// tuning is how a pack's statements are searched. Against passages of unknown subject, the glossary
// knows most of their words: a notion is as good as the word itself, and tells best how common it is.
func tuning() index.Tuning {
	t := index.Measured()
	t.Meaning, t.Common, t.Light, t.Near, t.Kind = 1, .65, .6, .2, .2
	t.Slight = true
	t.Unheard = .5 // many words nobody put on a list say little
	t.Length = 0   // statements are of one length; articles are not
	t.Weights[index.Title], t.K1, t.B = 1.6, .9, .65
	t.Likely, t.LikeLeast, t.Stop = 1, .45, .1 // few words: one that looks alike by chance is the best there is
	return t
}
