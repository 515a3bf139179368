package simulator_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"refbot/handlers/simulator"
)

func ExampleServer() {
	s := simulator.New()
	if err := s.Start("127.0.0.1:0"); err != nil {
		panic(err)
	}
	defer func() { _ = s.Close() }()

	// A person writes; the bot under test would get an update now. Here a plain call answers in its place.
	aigul := s.AddPerson(simulator.Person{FirstName: "Айгүл", LanguageCode: "kk"})
	question, err := s.Send(aigul.ID, aigul.ID, "референдум қашан?")
	if err != nil {
		panic(err)
	}
	answer, err := http.PostForm(s.URL()+"/bot"+s.Token()+"/sendMessage", url.Values{
		"chat_id": {strconv.FormatInt(aigul.ID, 10)}, "text": {"<b>15 наурызда</b>"}, "parse_mode": {"HTML"},
	})
	if err != nil {
		panic(err)
	}
	defer answer.Body.Close()

	reply, err := s.WaitReply(context.Background(), aigul.ID, question.MessageID)
	if err != nil {
		panic(err)
	}
	fmt.Println(reply.HTML)
	fmt.Println("refused:", len(s.Refusals()))
	// Output:
	// <b>15 наурызда</b>
	// refused: 0
}
