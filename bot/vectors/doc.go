// Package vectors ranks statements by the likeness of embeddings, as one more ranked list beside the words: what an
// [Index] finds near is fused into the engine's order by rank, see [refbot/knowledge.Neighbours].
//
// The vectors of a pack are made in the background, in batches, and kept in a [Cache] on disk, each under a digest of
// the model's name and the text: a pack that changes in one statement costs one vector. Search works while they are
// made, and whenever the server fails, by words alone. A question is embedded redacted, within [QueryTime], and its
// vector is remembered.
package vectors
