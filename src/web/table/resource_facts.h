// What is known of a file besides its rows (templates resource, resource_facts).
#pragma once

#include "core/dataset.h"
#include "service/catalog.h"
#include "service/directory.h"
#include "web/frame/page.h"

namespace minato::web {

// Sets title, description, what the button that gives the file as it is says, and facts: format,
// size, dates, licence with credit line, publisher, SHA-256.
void put_resource(View& view, const service::FoundResource& found,
                  const service::Directory& directory, const Visit& visit);

// "人口 (CSV)": the resource's name, or what it is called without one.
std::string resource_name(const core::Resource& resource, const Texts& texts);

}  // namespace minato::web
