package knowledge

// Limits on what a pack may hold. They keep a mistaken or hostile file from taking the memory of
// the bot, and every text inside what Telegram can show.
const (
	MaxStatements  = 20_000   // statements in a pack
	MaxPackFile    = 1 << 20  // bytes of one Markdown or YAML file
	MaxJSONLFile   = 64 << 20 // bytes of a statements.jsonl
	MaxJSONLLine   = 1 << 20  // bytes of one line of it
	MaxText        = 20_000   // runes of a statement's text
	LongText       = 1_200    // runes; Check warns above: a reply cannot show it whole
	MaxField       = 500      // runes of speaker, office, outlet, title, a note or an alias
	MaxURL         = 2_048    // bytes
	MaxList        = 64       // entries of topics, aliases or superseded_by
	MaxTopics      = 64       // topics of a campaign
	MaxTitle       = 60       // runes of a topic's title: a button shows no more
	MaxTerms       = 5_000    // terms of a glossary
	MaxForms       = 64       // forms of a term in one language
	maxJoinedError = 50       // problems a load error spells out
)
