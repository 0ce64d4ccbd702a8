#include "web/catalogue/dataset_page.h"

#include <string>
#include <utility>

#include "http/url.h"
#include "web/catalogue/dataset_material.h"
#include "web/catalogue/dataset_view.h"
#include "web/catalogue/removed_page.h"
#include "web/catalogue/structured_data.h"

namespace minato::web {
namespace {

Page moved_to(std::string path) {
  Page page;
  page.moved_to = std::move(path);
  return page;
}

// Datasets, then the publisher.
std::vector<Breadcrumb> breadcrumbs_of(const core::Group* publisher, const Visit& visit) {
  std::vector<Breadcrumb> steps = {{visit.texts["datasets"], visit.link("/dataset")}};
  if (publisher == nullptr) return steps;
  const bool english = visit.language == core::Language::kEn;
  const bool translated = english && !publisher->title_en.empty();
  steps.push_back({translated ? publisher->title_en : publisher->title,
                   visit.link("/organization/" + http::percent_encode(publisher->name)),
                   english && !translated ? "ja" : ""});
  return steps;
}

// For previews of links: what it is, else who publishes it.
std::string description_of(const DatasetMaterial& material, const Visit& visit) {
  bool other = false;
  std::string lede = lede_of(material.dataset, visit.language, other);
  return lede.empty() ? self_description(material, visit) : lede;
}

}  // namespace

core::Result<Page> dataset_page(const Visit& visit) {
  const std::string& asked = *visit.request.path_param("id");
  auto dataset = visit.catalog.dataset(asked, visit.request.caller);
  if (!dataset) return page_of_missing(dataset.error(), visit);
  if (dataset->id != asked && dataset->name != asked) return moved_to(dataset_path(*dataset));
  const auto material = read_material(visit, *std::move(dataset));
  if (!material) return tl::unexpected(material.error());
  const core::Dataset& shown = material->dataset;
  Page page;
  page.content = "dataset";
  page.path = dataset_path(shown);
  page.title = title_in(shown, visit.language);
  page.section = Section::kDatasets;
  page.breadcrumbs = breadcrumbs_of(material->publisher(), visit);
  page.description = description_of(*material, visit);
  page.styles = {"dataset.css"};
  page.index = shown.state == core::State::kActive && !shown.is_private;
  page.view = dataset_view(*material, visit);
  page.json_ld = page.index ? dataset_json_ld(*material, page, visit) : "";
  const std::string name = http::percent_encode(shown.name);
  page.alternates.push_back({"application/json", "/api/v1/datasets/" + name});
  return page;
}

}  // namespace minato::web
