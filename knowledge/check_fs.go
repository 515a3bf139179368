package knowledge

import "io/fs"

// CheckFS is [Check] for a pack in a file system, such as an embedded one.
func CheckFS(fsys fs.FS, origin string) Report {
	p := &problems{}
	pack := readFS(fsys, origin, p)
	doubt(pack, p)
	return report(pack, p)
}
