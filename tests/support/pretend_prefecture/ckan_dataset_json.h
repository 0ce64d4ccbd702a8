// A dataset as package_show of CKAN 2.9 writes it.
#pragma once

#include <string>

#include "support/pretend_prefecture/ckan_catalogue.h"
#include "support/pretend_prefecture/json_text.h"

namespace minato::pretend {

void write_ckan_dataset(JsonText& json, const Dataset& dataset, const CkanCatalogue& catalogue);
void write_ckan_organization(JsonText& json, const Organization& organization,
                             const CkanCatalogue& catalogue);
// One that cannot be read: lists are texts, texts are numbers.
void write_bad_ckan_dataset(JsonText& json, const Dataset& dataset);

}  // namespace minato::pretend
