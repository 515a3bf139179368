package process

import "syscall"

// attributes ends the child when the program dies, and keeps it out of its process group, so that
// Ctrl-C reaches the program alone, which then stops the child in order.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM, Setpgid: true}
}
