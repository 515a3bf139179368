package redisstore

import (
	"context"
	"errors"

	"github.com/redis/go-redis/v9"
)

var errPairs = errors.New("a script answered with something else than pairs")

// listed reads a page of values that are listed by the time they were made, newest first: their ids, the values,
// and the cursor of the page that follows, "" when there is none.
func listed(ctx context.Context, db redis.UniversalClient, list, prefix, cursor string, n int) (ids, values []string, next string, err error) {
	reply, err := run(ctx, db, call{listScript, []string{list}, []any{cursor, n + 1, prefix}})[0].StringSlice()
	if err == nil && len(reply)%2 != 0 {
		err = errPairs
	}
	if err != nil {
		return nil, nil, "", err
	}
	const digits = len("0000000000000000:")
	for i := 0; i < len(reply); i += 2 {
		if len(ids) == n {
			if i > 0 {
				next = reply[i-2]
			}
			break
		}
		ids, values = append(ids, reply[i][min(digits, len(reply[i])):]), append(values, reply[i+1])
	}
	return ids, values, next, nil
}

// activeValues reads the values whose ids are in a set, in no order.
func activeValues(ctx context.Context, db redis.UniversalClient, set, prefix string) (ids, values []string, err error) {
	reply, err := run(ctx, db, call{activeScript, []string{set}, []any{prefix}})[0].StringSlice()
	if err == nil && len(reply)%2 != 0 {
		err = errPairs
	}
	for i := 0; err == nil && i < len(reply); i += 2 {
		ids, values = append(ids, reply[i]), append(values, reply[i+1])
	}
	return ids, values, err
}
