// Package cluster groups questions that ask the same, one after another as they come, whatever their language.
//
// A question is a [Vector]: its facets ([knowledge.Engine.Facets]) scaled to length 1. A group is the sum of its
// questions. A question joins the group whose direction is nearest to its own, if their cosine reaches
// [Threshold]; else it begins one. That is the leader algorithm (Hartigan 1975) with centroids; a question is
// looked at once, so groups depend a little on the order.
//
// Groups are found through an inverted list of what they speak of, rare facets first and bounded work for each
// question, so that 100,000 questions are grouped at thousands a second.
//
// How good the groups are is told by B³ (Bagga and Baldwin 1998): [Score].
package cluster
