// Package notice tells people who asked to be told: that a question of theirs has an answer now, or that the answer
// they got has changed.
//
// Whenever another knowledge base is served, a [Teller] on one replica goes through everybody who wishes to be told
// (bot.Wishes) and asks the new engine their questions. What it has to say goes out as bulk, behind every reply and
// within the budget that all replicas share; at night it makes no sound. It is a late reply to a question, so the quiet
// period of a campaign does not hold it back; an emergency stop does.
//
// Nobody is told twice. That telling has begun is written down before Telegram is called, and the wish is deleted
// once Telegram has answered. What a crash or a cut connection leaves in between may have arrived: it stays where it
// is, is counted ([Pass.Unknown]), and is never sent again. What Telegram refused or was not reached for is taken
// back and goes out later.
package notice
