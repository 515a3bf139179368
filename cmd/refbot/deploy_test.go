package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"refbot/config"
)

// composeFile is the part of docker-compose.yml that safety depends on. Unknown keys are refused, so
// that a setting added there is looked at here.
type composeFile struct {
	Name     string
	Services map[string]composeService
	Networks map[string]struct{ Internal bool }
	Volumes  map[string]struct{}
	Secrets  map[string]struct{ File string }
}

type composeService struct {
	Build           struct{ Context, Dockerfile string }
	Image           string
	Restart         string
	DependsOn       map[string]struct{ Condition string } `yaml:"depends_on"`
	Environment     map[string]string
	Command         []string
	Secrets         []string
	Ports           []string
	Volumes         []string
	Networks        []string
	User            string
	ReadOnly        bool `yaml:"read_only"`
	Tmpfs           []string
	CapDrop         []string `yaml:"cap_drop"`
	SecurityOpt     []string `yaml:"security_opt"`
	StopGracePeriod string   `yaml:"stop_grace_period"`
	Healthcheck     struct {
		Test              []string
		Interval, Timeout string
		Retries           int
		StartPeriod       string `yaml:"start_period"`
	}
}

func readCompose(t *testing.T) composeFile {
	t.Helper()
	file, err := os.Open("../../docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var compose composeFile
	decoder := yaml.NewDecoder(file)
	decoder.KnownFields(true)
	if err := decoder.Decode(&compose); err != nil {
		t.Fatalf("docker-compose.yml: %v", err)
	}
	return compose
}

// TestComposeConfines holds every service to the least it needs.
func TestComposeConfines(t *testing.T) {
	compose := readCompose(t)
	for name, s := range compose.Services {
		if s.User == "" || s.User == "root" || strings.HasPrefix(s.User, "0") {
			t.Errorf("%s runs as %q", name, s.User)
		}
		if !s.ReadOnly || !slices.Equal(s.CapDrop, []string{"ALL"}) || !slices.Contains(s.SecurityOpt, "no-new-privileges:true") {
			t.Errorf("%s is not confined: read_only %v, cap_drop %v, security_opt %v", name, s.ReadOnly, s.CapDrop, s.SecurityOpt)
		}
		if len(s.Healthcheck.Test) < 2 || s.Healthcheck.Test[0] != "CMD" || s.Restart != "unless-stopped" {
			t.Errorf("%s: healthcheck %v, restart %q", name, s.Healthcheck.Test, s.Restart)
		}
		for _, port := range s.Ports {
			if !strings.HasPrefix(port, "127.0.0.1:") {
				t.Errorf("%s publishes %s to more than this machine", name, port)
			}
		}
		for _, network := range s.Networks {
			if _, ok := compose.Networks[network]; !ok {
				t.Errorf("%s joins %s, which does not exist", name, network)
			}
		}
		for _, volume := range s.Volumes {
			if source, _, _ := strings.Cut(volume, ":"); !strings.HasPrefix(source, ".") {
				if _, ok := compose.Volumes[source]; !ok {
					t.Errorf("%s mounts %s, which does not exist", name, source)
				}
			}
		}
	}
}

func TestComposeRedis(t *testing.T) {
	compose := readCompose(t)
	redis := compose.Services["redis"]
	if len(redis.Ports) != 0 || !slices.Equal(redis.Networks, []string{"inside"}) || !compose.Networks["inside"].Internal {
		t.Errorf("Redis has no password and must be alone with the bot: ports %v, networks %v", redis.Ports, redis.Networks)
	}
	command := strings.Join(redis.Command, " ")
	for _, want := range []string{"--appendonly yes", "--maxmemory-policy noeviction"} {
		if !strings.Contains(command, want) {
			t.Errorf("Redis is started with %q, want %s", command, want)
		}
	}
	if len(redis.Volumes) == 0 || compose.Services["bot"].DependsOn["redis"].Condition != "service_healthy" {
		t.Error("Redis keeps its data in a volume, and the bot waits until it is healthy")
	}
}

// TestComposeSettings starts config with what Compose hands to the bot.
func TestComposeSettings(t *testing.T) {
	compose := readCompose(t)
	bot := compose.Services["bot"]
	files := map[string]string{
		"telegram_bot_token": "123456789:AAE-x_y",
		"data_key":           "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n",
	}
	unset := regexp.MustCompile(`\$\{\w+(?::-(\w*))?\}`)
	environment := map[string]string{}
	for name, value := range bot.Environment {
		environment[name] = unset.ReplaceAllString(value, "$1")
		if name, ok := strings.CutPrefix(value, "/run/secrets/"); ok && !slices.Contains(bot.Secrets, name) {
			t.Errorf("the bot reads secret %s, which it is not given", name)
		}
	}
	for name, secret := range compose.Secrets {
		if !strings.HasPrefix(secret.File, ".refbot/") {
			t.Errorf("secret %s lies at %s, where git does not ignore it", name, secret.File)
		}
		path := t.TempDir() + "/" + name
		if err := os.WriteFile(path, []byte(files[name]), 0o600); err != nil {
			t.Fatal(err)
		}
		for variable, value := range environment {
			if value == "/run/secrets/"+name {
				environment[variable] = path
			}
		}
	}
	refuseStrangers(t, environment)
	settings, err := config.Load(func(name string) string { return environment[name] })
	if err != nil {
		t.Fatalf("the bot would not start: %v", err)
	}
	if settings.Demo() || settings.Store.Embedded() || !strings.HasSuffix(settings.HTTPAddr, ":8080") {
		t.Errorf("Compose starts something else than the bot on its Redis: %+v", settings)
	}
}

// refuseStrangers reports variables that nobody reads and secrets that stand in the file itself.
func refuseStrangers(t *testing.T, environment map[string]string) {
	t.Helper()
	known := map[string]bool{}
	for _, v := range config.Variables() {
		known[v.Name] = true
		known[v.Name+"_FILE"] = v.Secret
		if v.Secret && environment[v.Name] != "" && v.Name != "REDIS_URL" {
			t.Errorf("%s stands in docker-compose.yml: hand it over as a secret", v.Name)
		}
	}
	for name := range environment {
		if !known[name] {
			t.Errorf("refbot does not read %s", name)
		}
	}
}

// TestDockerfile holds the image to a static binary without root, built with the Go of go.mod.
func TestDockerfile(t *testing.T) {
	content, err := os.ReadFile("Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	module, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(module)
	if version == nil {
		t.Fatal("go.mod names no Go version")
	}
	stages := strings.Split(string(content), "\nFROM ")[1:]
	if len(stages) != 2 {
		t.Fatalf("%d stages, want one that builds and one that runs", len(stages))
	}
	for _, want := range []string{"golang:" + string(version[1]) + "-", "CGO_ENABLED=0 go build -trimpath ", " ./cmd/refbot\n"} {
		if !strings.Contains(stages[0], want) {
			t.Errorf("the first stage lacks %q", want)
		}
	}
	for _, want := range []string{"distroless/static-debian12:nonroot", "\nUSER 65532:65532\n", `CMD ["/refbot", "health"]`, `ENTRYPOINT ["/refbot"]`} {
		if !strings.Contains(stages[1], want) {
			t.Errorf("the image lacks %q", want)
		}
	}
}
