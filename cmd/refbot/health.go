package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"refbot/config"
)

// healthTimeout is how long a running refbot may take to say how it is.
const healthTimeout = 3 * time.Second

// healthCommand asks the refbot that runs on this machine whether it is ready. Images without a
// shell have no other way to be looked after.
func healthCommand(ctx context.Context, w *World, args []string) error {
	f := newFlags(w, "health")
	if err := f.none(f.parse(args)); err != nil {
		return helped(err)
	}
	settings, err := config.Load(w.Getenv)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	answer, err := askReady(ctx, localAddr(settings.HTTPAddr))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(w.Stdout, answer)
	return err
}

// askReady returns the first line of what /readyz answers, as an error unless it is 200 OK.
func askReady(ctx context.Context, addr string) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+"/readyz", http.NoBody)
	if err != nil {
		return "", fmt.Errorf("health: %w", err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", fmt.Errorf("health: nothing answers at %s; is `refbot run` up, with the same HTTP_ADDR? (%w)", addr, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<10))
	if err != nil {
		return "", fmt.Errorf("health: %w", err)
	}
	line, _, _ := strings.Cut(strings.TrimSpace(string(body)), "\n")
	if response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("health: refbot is not ready: %s; its log says more", line)
	}
	return line, nil
}

// localAddr turns an address to listen on into one to call: every interface includes this machine.
func localAddr(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return listen
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}
