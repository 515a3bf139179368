package texts

// Notice is what people read who asked to be told: of an answer that was not there yet, or that has changed.
type Notice struct {
	Offer      string // the button under an abstention
	On         string // after it was pressed
	Off        string // after it was pressed again
	Full       string // too many questions wait
	Gone       string // the question is not kept any more
	Answered   func(date, question string) string
	Corrected  func(date, question string) string
	Withdrawn  func(date, question string) string // what the answer rested on was taken back and nothing stands in its place
	Stop       string                             // small print: how to be told no more
	Choice     string                             // the switch among what subscribers choose
	MyData     string                             // heads the questions that wait, in /mydata
	MyDataFix  string
	Privacy    string // one sentence, behind those of Catalog.Privacy
	Suspended  string // instead of every answer, in an emergency
	SuspendedQ string // the same where only 200 characters fit
}
