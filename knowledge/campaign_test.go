package knowledge

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"refbot/knowledge/language"
)

// readCampaign gives a campaign and its problems.
func readCampaign(text string) (Campaign, []Problem) {
	p := &problems{}
	c := parseCampaign("c", []byte(text), p)
	return c, p.sorted()
}

func TestParseCampaign(t *testing.T) {
	c, problems := readCampaign(campaignYAML)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	almaty := c.TimeZone
	if almaty.String() != "Asia/Almaty" {
		t.Fatalf("zone %s", almaty)
	}
	day := func(d int) time.Time { return time.Date(2026, 3, d, 0, 0, 0, 0, almaty) }
	all := func(kk, ru, en string) map[language.Code]string {
		return map[language.Code]string{language.Kazakh: kk, language.Russian: ru, language.English: en}
	}
	want := Campaign{
		ID: "vote", Name: all("Дауыс", "Голосование", "Vote"), VoteDate: day(15), TimeZone: almaty,
		QuietFrom: day(14), QuietUntil: day(16),
		Topics: []Topic{{ID: "results", Title: all("Нәтиже", "Итоги", "Results"), Tags: []string{"final"}}},
		Links:  []Link{{URL: "https://www.gov.kz", Title: all("Сайт", "Сайт", "Site")}},
	}
	if diff := cmp.Diff(want, c, cmp.Comparer(func(a, b *time.Location) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
}

func TestParseCampaignErrors(t *testing.T) {
	tests := []struct{ name, from, to, want string }{
		{"unknown key", "id: vote", "id: vote\nquorum: 1", `c:2: unknown key "quorum"`},
		{"bad id", "id: vote", "id: Голос", `c:1: id "Голос": want 1 to 32 of a-z 0-9 -`},
		{"no id", "id: vote\n", "", "c:1: a campaign needs id, name, vote_date and topics"},
		{"missing language", ", en: Vote}", "}", "c:2: name: the en text is missing"},
		{"foreign language", ", en: Vote}", ", en: Vote, kz: x}", `c:2: name: unknown language "kz"`},
		{"bad date", "2026-03-15\n", "15.03.2026\n", `c:3: vote_date "15.03.2026": want a day as YYYY-MM-DD`},
		{"bad zone", "Asia/Almaty", "Asia/Almata", `c:4: time_zone "Asia/Almata": want a name such as Asia/Almaty`},
		{"quiet backwards", "until: 2026-03-15", "until: 2026-03-13", "c:5: quiet_period ends before it begins"},
		{"quiet open", ", until: 2026-03-15", "", "c:1: quiet_period needs from and until"},
		{"quiet unknown", "until:", "till:", `c:5: unknown key "till" in quiet_period`},
		{"topic without title", "    title: {kk: Нәтиже, ru: Итоги, en: Results}\n", "", "c:7: a topic needs id and title"},
		{"topic unknown key", "tags:", "tag:", `c:9: unknown key "tag" in a topic`},
		{"long title", "en: Results", "en: " + strings.Repeat("x", MaxTitle+1), "c:8: the en title has 61 characters, at most 60 fit a button"},
		{"topic twice", "links:", "  - id: results\n    title: {kk: a, ru: b, en: c}\nlinks:", `c:10: topic "results" is given twice`},
		{"region twice", "links:", "regions:\n  - id: north\n    title: {kk: a, ru: b, en: c}\n  - id: north\n    title: {kk: a, ru: b, en: c}\nlinks:", `c:13: region "north" is given twice`},
		{"region without title", "links:", "regions:\n  - id: north\nlinks:", "c:11: a region needs id and title"},
		{"region unknown key", "links:", "regions:\n  - id: north\n    name: x\nlinks:", `c:12: unknown key "name" in a region`},
		{"topics no list", "topics:", "topics: {a: b}\nother:", "c:6: topics: want a list, each entry beginning with `- `"},
		{"topic no mapping", "  - id: results\n", "  - results\n  - id: results\n", "c:7: want entries of the form `key: value`"},
		{"bad link", "https://www.gov.kz", "www.gov.kz", `c:11: url "www.gov.kz": want http:// or https://`},
		{"link unknown key", "- url:", "- uri:", `c:11: unknown key "uri" in a link`},
		{"no mapping", campaignYAML, "- a", "c:1: want lines of the form `key: value`"},
		{"not UTF-8", "Vote", "\xff", "c:1: not UTF-8 text: save the file as UTF-8"},
		{"invisible", "Vote", "V\u202eote", "c:2: name holds the invisible character U+202E: delete it"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, problems := readCampaign(strings.Replace(campaignYAML, test.from, test.to, 1))
			for _, problem := range problems {
				if strings.HasPrefix(problem.Error(), test.want) {
					return
				}
			}
			t.Errorf("want %q in %v", test.want, problems)
		})
	}
}

func TestCampaignQuiet(t *testing.T) {
	c, _ := readCampaign(campaignYAML)
	for at, want := range map[string]bool{
		"2026-03-13T23:59:59+05:00": false, "2026-03-14T00:00:00+05:00": true,
		"2026-03-15T23:59:59+05:00": true, "2026-03-15T19:00:00Z": false,
	} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil || c.Quiet(now) != want {
			t.Errorf("quiet at %s: %v, want %v (%v)", at, !want, want, err)
		}
	}
	if (&Campaign{}).Quiet(time.Time{}) {
		t.Error("a campaign without a quiet period is quiet")
	}
}

func TestCampaignOfficial(t *testing.T) {
	c, _ := readCampaign(campaignYAML)
	for address, want := range map[string]bool{
		"https://gov.kz/x": true, "https://WWW.GOV.KZ": true, "http://election.gov.kz": true,
		"https://fakegov.kz": false, "https://gov.kz.evil.com": false, "https://gov.kz@evil.com": false,
		"ftp://gov.kz": false, "gov.kz": false, "https://evil.com/?gov.kz": false, "https://[": false,
	} {
		if got := c.Official(address); got != want {
			t.Errorf("Official(%q) = %v", address, got)
		}
	}
}

func TestCampaignTopicsOf(t *testing.T) {
	c := Campaign{Topics: []Topic{{ID: "a", Tags: []string{"x", "y"}}, {ID: "b", Tags: []string{"y"}}, {ID: "c"}}}
	for _, test := range []struct{ tags, want []string }{
		{nil, nil},
		{[]string{"c", "x"}, []string{"c", "a"}},
		{[]string{"y", "a", "z"}, []string{"a", "b"}},
	} {
		if diff := cmp.Diff(test.want, c.TopicsOf(&Statement{Topics: test.tags})); diff != "" {
			t.Errorf("%q: %s", test.tags, diff)
		}
	}
}

func FuzzCampaign(f *testing.F) {
	f.Add([]byte(campaignYAML))
	f.Add([]byte("id: a\nname: &a {kk: x}\ntopics: [*a, [], {tags: {}}]\nquiet_period: x"))
	f.Add([]byte("vote_date: 0000-01-01\ntime_zone: ../x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		pack, err := LoadFS(fstest.MapFS{
			"campaign.yaml":    {Data: data},
			"statements.jsonl": {Data: []byte(recordLine)},
		}, "f")
		if err == nil {
			checkWritten(t, pack)
		}
	})
}
