package process

import (
	"fmt"
	"regexp"
	"strconv"
)

// Version is major and minor of a Redis or Valkey server; zero when unknown.
type Version struct{ Major, Minor int }

var versionWord = regexp.MustCompile(`\bv=(\d{1,4})\.(\d{1,4})\b`)

// parseVersion reads what `redis-server --version` prints.
func parseVersion(line string) Version {
	found := versionWord.FindStringSubmatch(line)
	if found == nil {
		return Version{}
	}
	major, _ := strconv.Atoi(found[1])
	minor, _ := strconv.Atoi(found[2])
	return Version{major, minor}
}

// AtLeast compares versions.
func (v Version) AtLeast(major, minor int) bool {
	return v.Major > major || v.Major == major && v.Minor >= minor
}

func (v Version) String() string { return fmt.Sprintf("%d.%d", v.Major, v.Minor) }
