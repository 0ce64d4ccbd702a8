// Facts about a dataset, for its page (dataset_facts.mustache, dataset_reuse.mustache).
#pragma once

#include "web/catalogue/dataset_material.h"

namespace minato::web {

// "publisher", "publisher_title", "publisher_href"; false when the catalogue has none.
void put_publisher(View& view, const core::Group* publisher, const Visit& visit);
// How often it is updated, and whether it is late.
void put_freshness(View& view, const core::Dataset& dataset, const Visit& visit);
// Period, places, themes, tags, groups, version, dates, and what else the entry says.
void put_facts(View& view, const DatasetMaterial& material, const Visit& visit);
// Whom to ask and to tell of errors: the dataset's contact, else the site's.
void put_contact(View& view, const core::Dataset& dataset, const Visit& visit);
// Licence, credit line, citations.
void put_reuse(View& view, const DatasetMaterial& material, const Visit& visit);

}  // namespace minato::web
