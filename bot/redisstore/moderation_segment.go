package redisstore

import (
	"encoding/base64"
	"encoding/binary"
	"errors"

	"refbot/bot"
	"refbot/bot/moderation"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

const (
	segmentSize = 1024
	traitSize   = 12
	personSize  = 16
	refSize     = 12
	nameSize    = personSize + refSize
)

var (
	decisions = []knowledge.Decision{
		"", knowledge.DecideAnswer, knowledge.DecideAbstain, knowledge.DecideNeutral, knowledge.DecideOfftopic, knowledge.DecideSmalltalk,
	}
	languages = []language.Code{"", language.Kazakh, language.Russian, language.English}
	feedbacks = []bot.Feedback{"", bot.Helpful, bot.NotHelpful}
	rulings   = append([]bot.Ruling{""}, moderation.Rulings()...)
)

// placeIn is the number of a value in a list, 0 for one that is not there.
func placeIn[T comparable](list []T, value T) byte {
	for i := range list {
		if list[i] == value {
			return byte(i)
		}
	}
	return 0
}

// traits are what an entry is filtered by, as they are stored: seconds since 1970 (4 bytes), decision and language
// (1), feedback and ruling (1), topic (2), cluster (4). All zero: no entry, or one that was forgotten.
type traits struct {
	at      uint32
	verdict byte // decision | language<<4
	opinion byte // feedback | ruling<<4
	topic   uint16
	cluster uint32
}

func traitsOf(e *bot.Entry, topic uint16, cluster uint32) traits {
	t := traits{
		at: uint32(max(0, e.At.Unix())), topic: topic, cluster: cluster,
		verdict: placeIn(decisions, e.Decision) | placeIn(languages, e.Language)<<4, opinion: placeIn(feedbacks, e.Feedback),
	}
	if e.Review != nil {
		t.opinion |= placeIn(rulings, e.Review.Ruling) << 4
	}
	return t
}

func (t traits) put(b []byte) {
	binary.BigEndian.PutUint32(b, t.at)
	b[4], b[5] = t.verdict, t.opinion
	binary.BigEndian.PutUint16(b[6:], t.topic)
	binary.BigEndian.PutUint32(b[8:], t.cluster)
}

func readTraits(b []byte) traits {
	return traits{binary.BigEndian.Uint32(b), b[4], b[5], binary.BigEndian.Uint16(b[6:]), binary.BigEndian.Uint32(b[8:])}
}

// Where the bits of a mask begin: one for each decision, language, feedback and ruling.
const (
	maskLanguage = 6
	maskFeedback = maskLanguage + 4
	maskRuling   = maskFeedback + 3
)

// mask has the bits of the values these traits have.
func (t traits) mask() uint32 {
	return 1<<(t.verdict&15) | 1<<(maskLanguage+(t.verdict>>4)) | 1<<(maskFeedback+(t.opinion&15)) | 1<<(maskRuling+(t.opinion>>4))
}

// gone reports that there is no entry.
func (t traits) gone() bool { return t.verdict&15 == 0 }

// segment is a stretch of the index.
type segment struct {
	number        int64
	traits, names []byte
}

// openSegment opens what is stored of a segment; what does not open, or is not there, is empty.
func (m *Moderation) openSegment(key string, value any, size int) []byte {
	text, _ := value.(string)
	if text == "" {
		return nil
	}
	plain, err := m.store.sealer.Open(key, []byte(text))
	if err != nil || len(plain)%size != 0 || len(plain) > size*segmentSize {
		m.store.report(errors.New("a part of the index of moderation does not open"))
		return nil
	}
	return plain
}

func putName(b []byte, person, ref string) bool {
	raw, err := base64.RawURLEncoding.DecodeString(person)
	if err != nil || len(raw) != personSize || len(ref) != refSize {
		return false
	}
	copy(b, raw)
	copy(b[personSize:], ref)
	return true
}

func readName(b []byte) (person, ref string) {
	return base64.RawURLEncoding.EncodeToString(b[:personSize]), string(b[personSize:nameSize])
}

// put writes an entry into the segment; nil names stay as they are.
func (s *segment) put(at int, t traits, name []byte) {
	if missing := (at + 1) - len(s.traits)/traitSize; missing > 0 {
		s.traits = append(s.traits, make([]byte, missing*traitSize)...)
	}
	if missing := (at + 1) - len(s.names)/nameSize; missing > 0 {
		s.names = append(s.names, make([]byte, missing*nameSize)...)
	}
	t.put(s.traits[at*traitSize:])
	if name != nil {
		copy(s.names[at*nameSize:], name)
	}
}

// span tells what is in the segment.
func (s *segment) span() (all span) {
	for i := 0; i < len(s.traits); i += traitSize {
		t := readTraits(s.traits[i:])
		at := int64(t.at)
		if at == 0 {
			continue
		}
		if all.first == 0 || at < all.first {
			all.first = at
		}
		all.last, all.mask = max(all.last, at), all.mask|t.mask()
	}
	return all
}
