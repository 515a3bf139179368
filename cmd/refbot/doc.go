// Command refbot answers citizens' questions about Kazakhstan's constitutional referendum from what
// was officially said: the words, who said them, in which office, on which day, with the link.
//
// # The ways in
//
// Everything refbot can do starts here, as a subcommand:
//
//	refbot            the bot on Telegram, or its demo where no token is set
//	refbot ask        one answer in the terminal
//	refbot eval       a question set or a test collection, measured
//	refbot kb         the knowledge base: check it, list it, write it out
//	refbot journal    the redacted question log, written out
//	refbot doctor     everything refbot depends on, checked
//	refbot version    what this binary was built from
//
// `refbot help COMMAND` explains each with an example.
//
// # What a command promises
//
// Standard output carries results and nothing else, so that every command can stand in a pipe.
// Progress and errors go to standard error; an error is one line that says what to do about it.
// The exit code is 0 when all went well, 1 when the work failed, and 2 when the command line or a
// setting is wrong and running it again unchanged cannot help.
//
// Settings come from the environment alone (package config lists them). A flag decides what one call
// does; it never configures the bot.
//
// # How it is put together
//
// main parses and exits. [Main] is the whole program as a function of its arguments, environment and
// streams, which is also how the scripts in testdata drive it: each is a transcript of commands with
// what they must print. A command parses its own flags and then hands over to the rooms below:
// knowledge finds, bot words the reply, handlers carry it. Only this package knows them all, and the
// test of the house's directions keeps it so.
//
// The report of the embedded knowledge base over testdata/questions.jsonl is kept in
// testdata/report.golden. A change of ranking, verdict or statement shows there as a difference to be
// read; `go test ./cmd/refbot -run Report -update` accepts it.
package main
