// Package evaluation measures an engine against labelled questions, and retrieval against public
// test collections, so that every change of ranking or verdict shows as a number.
//
// # A question set
//
// [LoadQuestions] reads questions as people type them, each with the statements that answer it
// (grade 2 answers fully, 1 partly), the verdict expected, and regular expressions the reply must
// or must not match. [Run] asks them one after the other through a [Responder] and [Report] sums up:
//
//   - Success: the verdict is the expected one, no must_not_mention matches the reply, and for an
//     expected answer at least one cited statement has grade 2 and every must_mention matches.
//   - Recall@k: the share of questions with a grade-2 statement among the first k ranked ones.
//   - MRR@10: the mean of 1/rank of the first grade-2 statement, 0 beyond rank 10.
//   - nDCG@10: linear gains (the grades), discount 1/log2(rank+1), divided by the best possible
//     order (Järvelin and Kekäläinen 2002, as trec_eval computes it).
//   - True abstentions: the share of questions expected to be abstained on where it did.
//     False refusals: the share of questions expected to be answered where it did not.
//   - Reliability: mean confidence against the share of right verdicts, in bins of confidence, and
//     their expected calibration error.
//   - p50 and p99: milliseconds a question, the reply's text included.
//
// Ranking metrics count only questions that have a grade-2 statement.
//
// # Test collections
//
// [LoadBEIR] reads a folder in BEIR format (corpus, queries, qrels), [RunBEIR] searches it with the
// product's own index: nDCG@10, MRR@10 (first relevant passage), Recall@k (share of the relevant
// passages found), and how well the best score tells answerable questions from the others (AUC).
//
// # Runs
//
// A run is one JSON line a question, as `refbot eval --out` writes it; [Compare] lists what one run
// won and lost against another.
package evaluation
