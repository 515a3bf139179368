package redisstore

import "syscall"

// childAttributes ends the child when refbot is killed, and keeps it out of refbot's process group,
// so that Ctrl-C reaches refbot alone, which then stops the child in order.
func childAttributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM, Setpgid: true}
}
