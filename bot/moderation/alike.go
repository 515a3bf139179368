package moderation

import "context"

// Alike lists a question and those of its cluster, itself first, at most n. Errors are those of [Journal.Page].
func Alike(ctx context.Context, j Journal, q Question, n int) ([]Question, error) {
	list := []Question{q}
	if q.Cluster == "" {
		return list, nil
	}
	page, err := j.Page(ctx, Filter{Cluster: q.Cluster}, "", n)
	if err != nil {
		return nil, err
	}
	for _, other := range page.Questions {
		if other.Ref != q.Ref && len(list) < n {
			list = append(list, other)
		}
	}
	return list, nil
}
