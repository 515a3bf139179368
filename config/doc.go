// Package config turns refbot's environment into typed settings and checks every one of them
// before anything starts.
//
// A program that finds out at three in the night that its webhook address has a typo is no use to
// the people waiting for an answer, so [Load] reads everything at once and stops at the first wrong
// value with one line that names the variable and says what to write instead:
//
//	WEBHOOK_URL: Telegram calls only ports 80, 88, 443 and 8443; give one of them
//
// A variable that is empty counts as not set, because that is how Compose files and unit files
// leave one out. White space around a value is dropped: it comes from the newline at the end of a
// file and is part of no setting here.
//
// # Secrets
//
// Each secret may come from a file instead, as container platforms hand them over: NAME_FILE holds
// the path of the file whose content is NAME. Once read, a secret is a [Secret]: printing it,
// logging it or encoding it shows "[secret]", and only [Secret.Reveal] gives the value. No error of
// this package quotes a secret, nor a person's id.
//
// # Variables
//
// [Variables] lists them all with their defaults; `refbot run --help` prints that list.
//
//   - TELEGRAM_BOT_TOKEN (secret): the bot's token; without it refbot shows the demo.
//   - TELEGRAM_API_URL: another Bot API server.
//   - WEBHOOK_URL: the public HTTPS address Telegram shall call; without it refbot polls.
//   - WEBHOOK_SECRET (secret): what Telegram proves itself with.
//   - HTTP_ADDR: where webhook, dashboard, health and metrics listen.
//   - DASHBOARD_URL: how staff reach the dashboard; without it the host of WEBHOOK_URL, else HTTP_ADDR.
//   - REDIS_URL (secret, it may carry a password): the shared store.
//   - DATA_KEY (secret): 32 bytes in base64 that seal what is stored about people.
//   - DATA_KEY_OLD (secret): former data keys, for as long as something sealed with them is left.
//   - REDIS_WAIT_REPLICAS: how many replicas of Redis must hold an update before it is confirmed.
//   - DATA_DIR: the folder of the embedded store.
//   - KNOWLEDGE_DIR: statements to serve instead of the embedded starter pack.
//   - OPENAI_API_KEY (secret), OPENAI_BASE_URL, OPENAI_MODEL: the optional LLM.
//   - OPENAI_CALLS, OPENAI_TOKENS_PER_MINUTE, OPENAI_CALLS_PER_DAY, OPENAI_CALLS_PER_PERSON: how much it is asked.
//   - OPENAI_REWRITE: whether it completes follow-ups.
//   - OPENAI_TRANSLATE: whether it translates statements.
//   - OPENAI_EMBEDDING_MODEL: whose vectors rank statements beside their words.
//   - OPENAI_TRANSCRIBE_MODEL: which writes down voice messages.
//   - REFBOT_ADMINS, REFBOT_OUTREACH, REFBOT_MODERATORS: the staff's Telegram user ids.
//   - REFBOT_SELF_APPROVAL: yes where one administrator is alone and approves what they wrote themselves.
//   - REFBOT_KEEP_SESSION, REFBOT_KEEP_PROFILE, REFBOT_KEEP_JOURNAL, REFBOT_KEEP_DEAD_LETTERS: how
//     long each kind of data is kept, such as 36h or 180d; see [Keep].
//   - REFBOT_CHATS, REFBOT_PERSON_BURST, REFBOT_PERSON_PER_MINUTE, REFBOT_SHED_AFTER,
//     REFBOT_INBOX_PER_CHAT, REFBOT_INBOX_CHATS, TELEGRAM_BULK_PER_SECOND,
//     TELEGRAM_ALLOW_PAID_BROADCAST: what is taken in, worked on and sent at most; see [Limits].
//   - LOG_LEVEL, LOG_FORMAT: how much is logged, and how.
package config
