package importer

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// news is an article as agencies write them.
const news = `10:05, 3 Март 2026 | GMT +5

О работе участков рассказали в Актау

Аким Мангистауской области Нурдаулет Примеров сообщил, что в области откроют 212 участков.

Фото: акимат

Кроме того, для избирателей с инвалидностью подготовят пандусы.

— Бюллетени печатают на двух языках, — сказала председатель областной комиссии Асель Образцова. Об этом передает корреспондент агентства Vestnik.

Источник: https://example.kz/news/212
`

func read(t *testing.T, src Source) *Document {
	t.Helper()
	d, err := Read(src)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// said writes who says what of drafts, a line each.
func said(d *Document) string {
	var b strings.Builder
	for _, draft := range d.Drafts() {
		s := &draft.Statement
		fmt.Fprintf(&b, "%s | %s | %s | %s\n", s.ID, s.Speaker, s.Office, s.Kind)
	}
	return b.String()
}

func TestNews(t *testing.T) {
	d := read(t, Source{Name: "a.txt", Data: []byte(news)})
	if d.Title != "О работе участков рассказали в Актау" || d.Outlet != "Vestnik" || d.URL != "https://example.kz/news/212" ||
		d.Language != language.Russian || !d.Date.Equal(time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC)) || !d.DateExact || !d.Verbatim {
		t.Errorf("%+v", d)
	}
	want := "primerov-20260303-1 | Нурдаулет Примеров | аким Мангистауской области | official\n" +
		"obraztsova-20260303-2 | Асель Образцова | председатель областной комиссии | official\n"
	if got := said(d); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if text := d.Drafts()[0].Statement.Text; strings.Contains(text, "Фото") || !strings.Contains(text, "пандусы") {
		t.Error(text)
	}
}

// A draft is refused, and says what is to be done; once that is done it is served.
func TestDraftIsRefusedUntilItIsDone(t *testing.T) {
	draft := read(t, Source{Name: "a.txt", Data: []byte(news)}).Drafts()[0]
	dir := t.TempDir()
	check := func(markdown []byte) []knowledge.Problem {
		if err := os.WriteFile(dir+"/"+draft.Statement.FileName(), markdown, 0o600); err != nil {
			t.Fatal(err)
		}
		r := knowledge.Check(dir)
		return r.Errors()
	}
	found := check(draft.Markdown())
	if len(found) != len(draft.Todo) || !strings.Contains(found[0].Message, "still a draft: speaker, office and kind are a guess") {
		t.Errorf("%v", found)
	}
	if found := check(draft.Statement.Markdown()); len(found) > 0 {
		t.Errorf("%v", found)
	}
}

func TestLanguages(t *testing.T) {
	for text, want := range map[string]string{
		"2026 жылғы 12 ақпан\n\nБрифингте Орталық сайлау комиссиясының төрағасы Нұрлан Үлгілі учаскелер саны 10 388 екенін айтты.\n\n— Бюллетеньдер екі тілде басылады, — деді Нұрлан Үлгілі.\n\nАлматы қаласының әкімі Дархан Мысалов азаматтарды учаскелерді алдын ала тексеруге шақырып, көлік тегін болатынын мәлімдеді.": "ulgili-20260212-1 | Нұрлан Үлгілі | Орталық сайлау комиссиясының төрағасы | official\n" +
			"mysalov-20260212-2 | Дархан Мысалов | Алматы қаласының әкімі | official\n",
		"February 12, 2026\n\nPolling stations will open at 7 a.m., said Nurlan Sampleov, chairman of the Central Election Commission, at a briefing.\n\nMinister of Justice Yerlan Examplov stressed that the new Constitution keeps two languages in the work of the state.": "sampleov-20260212-1 | Nurlan Sampleov | chairman of the Central Election Commission | official\n" +
			"examplov-20260212-2 | Yerlan Examplov | Minister of Justice | official\n",
		"12.02.2026\n\nПервый заместитель председателя комиссии Константин Образцов отметил, что явка растёт.\n\nПо мнению коллег, политолог Данияр Примеров считает иначе: он подчеркнул, что рано делать выводы о явке по первым часам.": "obraztsov-20260212-1 | Константин Образцов | первый заместитель председателя комиссии | official\n" +
			"primerov-20260212-2 | Данияр Примеров | политолог | expert\n",
		"2 марта 2026 года\n\nМинистерство юстиции сообщает, что проект опубликован в открытом доступе.": "ministerstvo-20260302-1 |  | Министерство юстиции | official\n",
	} {
		if got := said(read(t, Source{Name: "a.txt", Data: []byte(text)})); got != want {
			t.Errorf("%.60s…\ngot\n%swant\n%s", text, got, want)
		}
	}
}

// pageOf is an article amid what sites put around it, in windows-1251.
func pageOf(t *testing.T) []byte {
	t.Helper()
	body := ""
	for _, p := range strings.Split(news, "\n\n")[1:] {
		body += "<p>" + p + "</p>\n"
	}
	page, err := charmap.Windows1251.NewEncoder().String(`<!doctype html><html lang="ru"><head><meta charset="windows-1251"><title>О работе участков рассказали в Актау — Вестник</title>
<meta property="og:site_name" content="Вестник"><meta property="article:published_time" content="2026-03-02T23:40:00+05:00">
<link rel="canonical" href="https://example.kz/canonical"></head><body><nav><a href="/">Главная</a> <a href="/n">Новости</a></nav>
<article><h1>О работе участков рассказали в Актау</h1>` + body + `</article><aside><h3>Читайте также</h3><a href="/x">Другая новость</a></aside><footer>Все права защищены</footer></body></html>`)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(page)
}

func TestHTML(t *testing.T) {
	d := read(t, Source{Name: "a.html", Data: pageOf(t)})
	if d.Outlet != "Вестник" || d.URL != "https://example.kz/canonical" || d.Date.Format(time.DateOnly) != "2026-03-02" || !d.DateExact {
		t.Errorf("%+v", d)
	}
	if got := said(d); strings.Count(got, "\n") != 2 || !strings.Contains(got, "primerov-20260302-1 | Нурдаулет Примеров | аким Мангистауской области") {
		t.Error(got)
	}
	if text := strings.Join(d.Paragraphs, "\n"); strings.Contains(text, "Другая новость") || strings.Contains(text, "защищены") {
		t.Error(text)
	}
}

// testdata/briefing.pdf was printed by Chromium.
func TestPDF(t *testing.T) {
	data, err := os.ReadFile("testdata/briefing.pdf")
	if err != nil {
		t.Fatal(err)
	}
	d := read(t, Source{Name: "briefing.pdf", Data: data})
	if d.Title != "О ходе подготовки к референдуму" || d.Date.Format(time.DateOnly) != "2026-02-12" || len(d.Paragraphs) != 3 || d.Verbatim {
		t.Errorf("%+v", d)
	}
	if want := "Министр цифрового развития Данияр Образцов отметил, что найти свой участок можно на сайте сервиса, введя индивидуальный"; !strings.HasPrefix(d.Paragraphs[2], want) {
		t.Error(d.Paragraphs[2])
	}
	for _, damaged := range [][]byte{data[:len(data)/2], data[:20], bytes.ReplaceAll(data, []byte("obj"), []byte("jbo"))} {
		if _, err := Read(Source{Name: "x.pdf", Data: damaged}); err == nil {
			t.Error("a damaged PDF is read")
		}
	}
}

// docx writes a document of paragraphs.
func docx(t testing.TB, paragraphs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name, content string) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	text := `<w:document xmlns:w="` + wordSpace + `"><w:body>`
	for _, p := range paragraphs {
		text += `<w:p><w:r><w:t xml:space="preserve">` + p + `</w:t><w:delText>УДАЛЕНО</w:delText></w:r></w:p>`
	}
	add("word/document.xml", text+`</w:body></w:document>`)
	add("docProps/core.xml", `<cp:coreProperties xmlns:cp="x" xmlns:dc="y" xmlns:dcterms="z"><dc:title>Закон о местном самоуправлении</dc:title><dcterms:modified>2026-01-15T08:00:00Z</dcterms:modified></cp:coreProperties>`)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestLawInDOCX(t *testing.T) {
	d := read(t, Source{Name: "law.docx", Data: docx(t,
		"Статья 1. Понятия", "Местное самоуправление — это деятельность населения по решению вопросов местного значения под свою ответственность.",
		"Статья 2. Органы", "Органы местного самоуправления избираются населением на срок в пять лет и отчитываются перед ним ежегодно.")})
	drafts := d.Drafts()
	if len(drafts) != 2 || drafts[1].Statement.Kind != knowledge.Document || drafts[1].Statement.Title != "Закон о местном самоуправлении. Статья 2. Органы" ||
		d.Date.Format(time.DateOnly) != "2026-01-15" || d.DateExact || strings.Contains(drafts[0].Statement.Text, "УДАЛЕНО") {
		t.Errorf("%+v", drafts)
	}
}

func TestRefused(t *testing.T) {
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	w, _ := z.Create("word/document.xml")
	block := make([]byte, 1<<20)
	for range MaxUnpacked>>20 + 1 {
		_, _ = w.Write(block)
	}
	_ = z.Close()
	for name, test := range map[string]struct {
		data string
		want error
	}{
		"bomb.docx":  {bomb.String(), ErrTooLarge},
		"huge.txt":   {strings.Repeat("слово ", maxText/10), ErrTooLarge},
		"huge.html":  {"<html>" + strings.Repeat(" ", MaxHTML), ErrTooLarge},
		"other.docx": {"PK\x03\x04nothing", ErrUnknown},
		"other.bin":  {"\x00\x01\x02", ErrUnknown},
		"other.txt":  {"\x00\x01\x02", ErrUnknown},
		"empty.txt":  {" \n\n", ErrEmpty},
		"empty.html": {"<html></html>", ErrEmpty},
	} {
		if _, err := Read(Source{Name: name, Data: []byte(test.data)}); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}

func TestLongTextIsCut(t *testing.T) {
	sentence := "Аким города Дархан Примеров отметил, что дороги чинят по плану. "
	d := read(t, Source{Name: "long-2026-01-01.txt", Data: []byte(strings.Repeat(sentence, 60))})
	for _, draft := range d.Drafts() {
		if n := len([]rune(draft.Statement.Text)); n > knowledge.LongText {
			t.Errorf("%d characters", n)
		}
	}
	if n := len(d.Drafts()); n < 3 || n > 6 {
		t.Errorf("%d drafts", n)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(news), "a.txt")
	f.Add([]byte("<html><body><p>"+news), "a.html")
	f.Add(docx(f, "Статья 1. Понятия", "Текст."), "a.docx")
	data, _ := os.ReadFile("testdata/briefing.pdf")
	f.Add(data, "a.pdf")
	f.Add([]byte("— деді, — сказал Ә. Ұ, said the"), "x.text")
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		d, err := Read(Source{Name: name, Data: data})
		if err != nil {
			return
		}
		for _, draft := range d.Drafts() {
			if draft.Statement.Text == "" || len(draft.Todo) == 0 || draft.Statement.ID == "" || len(draft.Statement.ID) > 48 {
				t.Errorf("%+v", draft)
			}
			draft.Markdown()
		}
	})
}
