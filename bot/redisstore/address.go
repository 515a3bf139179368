package redisstore

import (
	"crypto/tls"
	"errors"
	"net"
	"net/url"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"
)

// nodes is an address that names several hosts: [user:password@]host1:port,host2:port[/path][?query].
type nodes struct {
	hosts          []string
	user, password string
	path           string // without the slashes around it
	query          url.Values
	tls            *tls.Config // nil: not encrypted
}

var errNodes = errors.New("no list of hosts")

// parseNodes reads what follows the scheme.
func parseNodes(address, defaultPort string) (nodes, error) {
	address, query, _ := strings.Cut(address, "?")
	user, rest := "", address
	if at := strings.LastIndex(address, "@"); at >= 0 {
		user, rest = address[:at+1], address[at+1:]
	}
	hosts, path, _ := strings.Cut(rest, "/")
	u, err := url.Parse("redis://" + user + "host/" + path + "?" + query)
	if err != nil {
		return nodes{}, err
	}
	n := nodes{path: strings.Trim(u.Path, "/"), query: u.Query()}
	for host := range strings.SplitSeq(hosts, ",") {
		if !strings.Contains(host, ":") {
			host = net.JoinHostPort(host, defaultPort)
		}
		if name, _, err := net.SplitHostPort(host); err != nil || name == "" {
			return nodes{}, errNodes
		}
		n.hosts = append(n.hosts, host)
	}
	if u.User != nil {
		n.user = u.User.Username()
		n.password, _ = u.User.Password()
	}
	if n.query.Get("tls") == "true" {
		n.tls = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	return n, nil
}

func clusterOptions(address string) (*redis.ClusterOptions, error) {
	n, err := parseNodes(address, "6379")
	if err != nil || n.path != "" {
		return nil, errClusterAddress
	}
	return &redis.ClusterOptions{
		Addrs: n.hosts, Username: n.user, Password: n.password, TLSConfig: n.tls,
		ContextTimeoutEnabled: true, DisableIdentity: true, MaintNotificationsConfig: quiet,
		DialTimeout: answerTime, ReadTimeout: answerTime, WriteTimeout: answerTime, DialerRetries: 1,
	}, nil
}

// sentinelOptions reads the hosts of the Sentinels, the name of the master and a number of a database.
func sentinelOptions(address string) (*redis.FailoverOptions, error) {
	n, err := parseNodes(address, "26379")
	if err != nil {
		return nil, errSentinelAddress
	}
	master, db, numbered := strings.Cut(n.path, "/")
	number, err := strconv.ParseUint(db, 10, 16)
	if master == "" || numbered && err != nil {
		return nil, errSentinelAddress
	}
	return &redis.FailoverOptions{
		MasterName: master, SentinelAddrs: n.hosts, DB: int(number),
		SentinelUsername: n.query.Get("sentinel_user"), SentinelPassword: n.query.Get("sentinel_password"),
		Username: n.user, Password: n.password, TLSConfig: n.tls,
		ContextTimeoutEnabled: true, DisableIdentity: true,
		DialTimeout: answerTime, ReadTimeout: answerTime, WriteTimeout: answerTime, DialerRetries: 1,
	}, nil
}
