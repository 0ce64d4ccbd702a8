// /docs, /docs/errors and /docs/api: for people who write programs.
#pragma once

#include <memory>

#include "web/frame/page.h"
#include "web/site/sample_table.h"

namespace minato::web {

// First steps, with examples that work against a table of this catalogue.
PageMaker docs_page(std::shared_ptr<SampleTableCache> samples);

core::Result<Page> errors_page(const Visit& visit);

// Every operation of api/openapi.yaml: an overview, and a page for each of its tags.
class ApiReference;
std::shared_ptr<ApiReference> make_api_reference();
PageMaker api_overview_page(std::shared_ptr<ApiReference> reference);
PageMaker api_tag_page(std::shared_ptr<ApiReference> reference,
                       std::shared_ptr<SampleTableCache> samples);

}  // namespace minato::web
