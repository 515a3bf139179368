// Package llm is the one place that knows an LLM: any server with OpenAI's chat completions.
//
// A [Client] implements bot.Writer. It lays the question and the statements out as data (prompts/*.txt, one
// readable, versioned file a purpose), asks for JSON, and reads strictly what comes back:
//
//   - client.go asks, with a bound on time, tokens and size, and once more after a passing failure;
//   - dialect.go finds out what a server understands: a JSON schema, JSON, or plain text, and how it counts tokens;
//   - prompt.go fills the prompts, parse.go reads the answer;
//   - wire.go bounds what a server may send and sets what the library leaves out.
//
// Nothing here judges an answer, and nothing logs one: errors hold a status and never a word of a server's.
package llm
