package broadcast

import (
	"context"

	"refbot/bot"
)

// Opinions counts presses of the rating buttons under broadcasts. It knows nobody who pressed: a person who
// presses twice counts twice. Errors are *bot.Error of kind StoreDown, or ErrUnknown.
type Opinions interface {
	Press(ctx context.Context, id ID, f bot.Feedback) error
	Presses(ctx context.Context, id ID) (up, down int, err error)
}
