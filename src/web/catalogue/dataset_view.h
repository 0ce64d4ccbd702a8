// Datasets as templates show them.
#pragma once

#include "core/dataset.h"
#include "service/directory.h"
#include "web/catalogue/dataset_material.h"
#include "web/catalogue/result_item.h"
#include "web/frame/page.h"

namespace minato::web {

// Everything on the dataset's own page (dataset.mustache).
View dataset_view(const DatasetMaterial& material, const Visit& visit);

// What every dataset can say of itself: what it is called, whose it is, where it is published.
std::string self_description(const DatasetMaterial& material, const Visit& visit);

core::LocalizedText title_of(const core::Dataset& dataset);
// In the page's language when it is given in it.
std::string title_in(const core::Dataset& dataset, core::Language language);
// In one line; empty without a description. `other` is true when it is in the other language.
std::string lede_of(const core::Dataset& dataset, core::Language language, bool& other);

}  // namespace minato::web
