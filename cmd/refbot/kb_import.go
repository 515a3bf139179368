package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"refbot/knowledge/importer"
)

// Limits of an import.
const (
	maxSources = 1000
	fetchTime  = 30 * time.Second // of one page
)

// kbImport makes draft statements of pages and documents.
func kbImport(ctx context.Context, w *World, args []string) error {
	f := newFlags(w, "kb import")
	out := f.String("out", "", "")
	address := f.String("url", "", "")
	names, err := f.parse(args)
	if err != nil {
		return helped(err)
	}
	if len(names) == 0 || *out == "" {
		return usagef("from what and where to? For example: refbot kb import article.html --out drafts")
	}
	sources, err := listSources(names)
	if err != nil {
		return err
	}
	if *address != "" && len(sources) > 1 {
		return usagef("--url is the address of one source, %d were given", len(sources))
	}
	if err := os.MkdirAll(*out, 0o755); err != nil {
		return fmt.Errorf("the drafts cannot be written: %w", err)
	}
	total, failed := 0, 0
	for _, name := range sources {
		n, err := importOne(ctx, w, name, *address, *out)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failed++
			_, _ = fmt.Fprintf(w.Stderr, "%s: %v\n", name, err)
		}
		total += n
	}
	if failed > 0 && total == 0 {
		return fmt.Errorf("nothing was imported: %d of %d sources could not be read", failed, len(sources))
	}
	_, err = fmt.Fprintf(w.Stdout, "%d drafts from %d sources in %s; complete them, delete their \"draft\" lines, then `refbot kb check %s`\n", total, len(sources)-failed, *out, *out)
	return err
}

// listSources are the files and addresses that were named, and the files in folders that can be read.
func listSources(names []string) (list []string, err error) {
	for _, name := range names {
		if remote(name) {
			list = append(list, name)
			continue
		}
		err := filepath.WalkDir(name, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && (path == name || importer.Knows(path)) {
				list = append(list, path)
			}
			return err
		})
		if err != nil {
			return nil, usagef("there is nothing to read at %s; give HTML, PDF, DOCX or text files, folders of them, or web addresses", name)
		}
	}
	if len(list) == 0 || len(list) > maxSources {
		return nil, usagef("%d sources were found; 1 to %d can be read at once", len(list), maxSources)
	}
	return list, nil
}

func remote(name string) bool {
	return strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://")
}

// importOne writes the drafts of one source and returns how many they are.
func importOne(ctx context.Context, w *World, name, address, out string) (int, error) {
	src, err := readSource(ctx, name)
	if err != nil {
		return 0, err
	}
	if address != "" {
		src.URL = address
	}
	d, err := importer.Read(src)
	if err != nil {
		return 0, err
	}
	drafts := d.Drafts()
	for i := range drafts {
		s := &drafts[i].Statement
		s.ID = importer.Number(d.Base(&drafts[i]), 1, func(id string) bool {
			_, err := os.Stat(filepath.Join(out, id+".md"))
			return err == nil
		})
		s.Key = s.ID
		if err := os.WriteFile(filepath.Join(out, s.FileName()), drafts[i].Markdown(), 0o644); err != nil {
			return i, fmt.Errorf("the draft cannot be written: %w", err)
		}
		_, _ = fmt.Fprintf(w.Stdout, "%s  %s  %s\n", s.FileName(), orDash(s.Speaker), orDash(s.Office))
	}
	return len(drafts), nil
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// readSource reads a file, or fetches a page.
func readSource(ctx context.Context, name string) (importer.Source, error) {
	if remote(name) {
		return fetchSource(ctx, name)
	}
	file, err := os.Open(name)
	if err != nil {
		return importer.Source{}, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, importer.MaxSource+1))
	return importer.Source{Name: name, Data: data}, err
}

func fetchSource(ctx context.Context, address string) (src importer.Source, err error) {
	if u, err := url.Parse(address); err != nil || u.Hostname() == "" {
		return src, errors.New("this is no web address")
	}
	ctx, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return src, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return src, fmt.Errorf("the page could not be fetched: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return src, fmt.Errorf("the server answers %s", resp.Status)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, importer.MaxSource+1))
	return importer.Source{Name: address, URL: resp.Request.URL.String(), Type: resp.Header.Get("Content-Type"), Data: data}, err
}
