package redisstore_test

import (
	"context"
	"fmt"
	"time"

	"refbot/bot"
	"refbot/bot/redisstore"
)

// A question from the door to the end, on the store that needs no Redis.
func Example() {
	ctx := context.Background()
	embedded, err := redisstore.StartMemory()
	if err != nil {
		panic(err)
	}
	defer embedded.Close()
	sealer, err := redisstore.NewSealer(make([]byte, redisstore.KeySize)) // DATA_KEY
	if err != nil {
		panic(err)
	}
	if err := redisstore.ClaimKey(ctx, embedded.DB, sealer); err != nil {
		panic(err)
	}
	store := redisstore.New(embedded.DB, sealer, redisstore.DefaultRetention())
	inbox := store.Inbox(8 * time.Second)

	_ = inbox.Put(ctx, []bot.Update{{ID: 1, Mailbox: 42, Data: []byte("when?")}, {ID: 2, Mailbox: 42, Data: []byte("where?")}})
	deliveries, _ := inbox.Lease(ctx, 10)
	fmt.Printf("%s\n", deliveries[0].Data)
	next, _ := inbox.Finish(ctx, deliveries[0], bot.Outcome{Person: 42, Session: &bot.Session{Topic: "date"}})
	fmt.Printf("%s\n", next.Data)
	memory, _ := store.Recall(ctx, 42)
	fmt.Println(memory.Session.Topic)
	// Output:
	// when?
	// where?
	// date
}
