package dashboard

import (
	"net/http"
	"net/url"

	"refbot/bot/moderation"
)

// clustersData is a list of clusters.
type clustersData struct {
	List    []moderation.Cluster
	Settled bool
	Next    string
}

func (s *Server) clusters(w http.ResponseWriter, r *http.Request, v *visitor) error {
	query := r.URL.Query()
	d := clustersData{Settled: query.Get("settled") == "yes"}
	list, next, err := s.Clusters.List(r.Context(), moderation.ClusterFilter{Settled: d.Settled}, query.Get("cursor"), pageSize)
	if err != nil {
		return err
	}
	d.List = list
	if next != "" {
		d.Next = "?" + url.Values{"cursor": {next}, "settled": query["settled"]}.Encode()
	}
	return s.show(w, r, v, "clusters", &page{Title: "clusters", Data: d})
}

// clusterData is one cluster with its questions.
type clusterData struct {
	moderation.Cluster
	Questions []moderation.Question
	Trend     chart
}

func (s *Server) cluster(w http.ResponseWriter, r *http.Request, v *visitor) error {
	id := moderation.ClusterID(r.PathValue("id"))
	if !id.Valid() {
		return moderation.ErrUnknown
	}
	c, err := s.Clusters.Get(r.Context(), id)
	if err != nil {
		return err
	}
	found, err := s.Journal.Page(r.Context(), moderation.Filter{Cluster: id}, "", 2*pageSize)
	if err != nil {
		return err
	}
	d := clusterData{Cluster: c, Questions: found.Questions, Trend: chart{Title: s.words(v).Dashboard["trend"], Names: []string{s.words(v).Dashboard["questions"]}}}
	for _, day := range c.Days {
		d.Trend.Bars = append(d.Trend.Bars, bar{Label: day.Day, Parts: []int{day.Count}})
	}
	return s.show(w, r, v, "cluster", &page{Title: "cluster", Data: d})
}

// settle closes a cluster or opens it again.
func (s *Server) settle(w http.ResponseWriter, r *http.Request, v *visitor) error {
	id, what := moderation.ClusterID(r.PathValue("id")), r.PathValue("what")
	if !id.Valid() {
		return moderation.ErrUnknown
	}
	var err error
	switch what {
	case "settle":
		err, what = s.Clusters.Settle(r.Context(), v.Person, id, "dashboard"), "settled"
	case "reopen":
		err, what = s.Clusters.Reopen(r.Context(), v.Person, id), "reopened"
	default:
		return errNone
	}
	if err != nil {
		return err
	}
	return back(w, r, "/dashboard/clusters/"+string(id), what)
}
