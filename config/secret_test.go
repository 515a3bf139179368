package config_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"refbot/config"
)

func TestSecretNeverShows(t *testing.T) {
	const value = "hunter2"
	secret := config.Secret(value)
	holder := struct {
		Name   string
		Secret config.Secret
		List   []config.Secret
		Map    map[string]config.Secret
		Ptr    *config.Secret
	}{"x", secret, []config.Secret{secret}, map[string]config.Secret{"k": secret}, &secret}

	var shown []string
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%d", "%10.3s", "%T %v"} {
		shown = append(shown, fmt.Sprintf(verb, secret), fmt.Sprintf(verb, holder), fmt.Sprintf(verb, &holder))
	}
	encoded, err := json.Marshal(holder)
	if err != nil {
		t.Fatal(err)
	}
	text, err := secret.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&log, nil), slog.NewJSONHandler(&log, nil)} {
		slog.New(handler).Info("started", "secret", secret, "holder", holder, slog.Group("g", "s", secret))
	}
	shown = append(shown, fmt.Sprint(secret), secret.String(), secret.GoString(), string(encoded), string(text), log.String(),
		fmt.Errorf("start: %v", holder).Error())

	for _, s := range shown {
		if strings.Contains(s, value) || strings.Contains(s, fmt.Sprintf("%x", value)) {
			t.Errorf("the secret shows in %q", s)
		}
	}
	if secret.Reveal() != value || !secret.Set() || config.Secret("").Set() {
		t.Error("Reveal or Set do not tell the truth")
	}
}

func ExampleSecret() {
	token := config.Secret("123:abc")
	fmt.Println(token, token.Reveal())
	// Output: [secret] 123:abc
}

func ExampleLoad() {
	environment := map[string]string{"REDIS_URL": "redis://:pass@localhost:6379"}
	_, err := config.Load(func(name string) string { return environment[name] })
	fmt.Println(err)
	// Output: DATA_KEY: is required with REDIS_URL: what is stored about people is sealed with it; make one with `openssl rand -base64 32` and keep it outside Redis
}
