package process

import "testing"

func TestParseVersion(t *testing.T) {
	for line, want := range map[string]Version{
		"Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=ae4d7c971a948f0": {7, 0},
		"Valkey server v=8.1.3 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=1":               {8, 1},
		"Redis server v=255.255.255 sha=0":                                                         {255, 255},
		"Redis server version 2.4.10 (00000)":                                                      {},
		"v=99999999999999999999.1 of anything":                                                     {},
		"":                                                                                         {},
	} {
		if got := parseVersion(line); got != want {
			t.Errorf("%q is %v, want %v", line, got, want)
		}
	}
	for _, test := range []struct {
		v    Version
		want bool
	}{{Version{6, 2}, true}, {Version{7, 0}, true}, {Version{6, 1}, false}, {Version{5, 9}, false}, {Version{}, false}} {
		if got := test.v.AtLeast(6, 2); got != test.want {
			t.Errorf("%v at least 6.2: %v", test.v, got)
		}
	}
}
