#include <algorithm>
#include <array>
#include <mutex>
#include <string>
#include <utility>

#include "web/frame/display.h"
#include "web/site/api_document.h"
#include "web/site/api_example.h"
#include "web/site/docs_pages.h"

namespace minato::web {

// The document is read when somebody first asks for it, once per language. Thread-safe.
class ApiReference {
 public:
  const ApiDocument& document(const Visit& visit) {
    const auto place = static_cast<std::size_t>(visit.language);
    std::call_once(once_[place], [&] {
      documents_[place] = read_api_document(visit.sources.openapi_json, visit.language);
    });
    return documents_[place];
  }

 private:
  std::array<std::once_flag, 2> once_;
  std::array<ApiDocument, 2> documents_;
};

namespace {

// Text with `code` of Markdown, in parts for code_text.mustache. A lone mark is a character like
// any other.
View with_code(std::string_view text) {
  View parts = list();
  const auto add = [&parts](std::string_view part, bool code) {
    if (part.empty()) return;
    View item = object();
    put(item, "text", std::string(part));
    put(item, "code", code);
    parts.push_back(item);
  };
  while (!text.empty()) {
    const std::size_t open = text.find('`');
    const std::size_t close = open == std::string_view::npos ? open : text.find('`', open + 1);
    if (close == std::string_view::npos) break;
    add(text.substr(0, open), false);
    add(text.substr(open + 1, close - open - 1), true);
    text.remove_prefix(close + 1);
  }
  add(text, false);
  return parts;
}

View texts_list(const std::vector<std::string>& texts) {
  View items = list();
  for (const std::string& text : texts) {
    View item = object();
    put(item, "text", text);
    items.push_back(item);
  }
  return items;
}

const std::string& place_word(const std::string& place, const Texts& texts) {
  if (place == "path") return texts["docs_in_path"];
  if (place == "header") return texts["docs_in_header"];
  return texts["docs_in_query"];
}

View fields_view(const std::vector<ApiField>& fields, const Texts& texts) {
  View rows = list();
  for (const ApiField& field : fields) {
    View row = object();
    put(row, "name", field.name);
    put(row, "place", field.place.empty() ? std::string() : place_word(field.place, texts));
    put(row, "type", field.type);
    put(row, "required", field.required);
    put(row, "parts", with_code(field.description));
    put(row, "has_choices", !field.choices.empty());
    put(row, "choices", texts_list(field.choices));
    put(row, "limits", field.limits);
    put(row, "example", field.example);
    rows.push_back(row);
  }
  return rows;
}

View responses_view(const ApiOperation& operation, const Texts& texts) {
  View rows = list();
  for (const ApiResponse& response : operation.responses) {
    View row = object();
    put(row, "id", operation.id + "-" + response.status);
    put(row, "status", response.status == "default" ? texts["docs_other_status"] : response.status);
    put(row, "parts", with_code(response.description));
    put(row, "media_types", texts_list(response.body.media_types));
    put(row, "has_fields", !response.body.fields.empty());
    put(row, "fields", fields_view(response.body.fields, texts));
    put(row, "caption",
        texts.with("docs_response_caption",
                   {{"operation", operation.id}, {"status", response.status}}));
    rows.push_back(row);
  }
  return rows;
}

struct Examples {
  const SampleTable* sample;
  std::string publisher;  // name of an organization, or of a harvest source
  std::string site_url;
};

View operation_view(const ApiOperation& operation, const Examples& examples, const Texts& texts) {
  View view = object();
  put(view, "id", operation.id);
  put(view, "method", operation.method);
  put(view, "path", operation.path);
  put(view, "title", operation.title);
  put(view, "title_lang", operation.title_lang);
  put(view, "has_text", !operation.description.empty());
  put(view, "parts", with_code(operation.description));
  put(view, "needs_token", operation.needs_token);
  put(view, "has_parameters", !operation.parameters.empty());
  put(view, "parameters", fields_view(operation.parameters, texts));
  put(view, "parameters_caption",
      texts.with("docs_parameters_caption", {{"operation", operation.id}}));
  put(view, "has_body", operation.has_body);
  put(view, "body_types", texts_list(operation.body.media_types));
  put(view, "has_body_fields", !operation.body.fields.empty());
  put(view, "body_fields", fields_view(operation.body.fields, texts));
  put(view, "body_caption", texts.with("docs_body_caption", {{"operation", operation.id}}));
  put(view, "responses", responses_view(operation, texts));
  put(view, "curl", curl_of(operation, examples.sample, examples.publisher, examples.site_url));
  return view;
}

// Links to the operations of each tag, in the overview and beside a tag's page.
View tags_view(const ApiDocument& document, const std::string& current, const Visit& visit) {
  View tags = list();
  for (const ApiTag& tag : document.tags) {
    View one = object();
    View operations = list();
    std::int64_t count = 0;
    for (const ApiOperation& operation : document.operations) {
      if (operation.tag != tag.name) continue;
      View item = object();
      put(item, "id", operation.id);
      put(item, "method", operation.method);
      put(item, "path", operation.path);
      put(item, "title", operation.title);
      put(item, "title_lang", operation.title_lang);
      put(item, "needs_token", operation.needs_token);
      put(item, "href", visit.link("/docs/api/" + tag.name) + "#" + operation.id);
      operations.push_back(item);
      ++count;
    }
    put(one, "name", tag.name);
    put(one, "title", tag.title);
    put(one, "href", visit.link("/docs/api/" + tag.name));
    put(one, "current", tag.name == current);
    put(one, "count", display_count(count));
    put(one, "operations", operations);
    tags.push_back(one);
  }
  return tags;
}

core::Result<Examples> examples_for(const Visit& visit, const std::string& tag,
                                    const SampleTable* sample) {
  Examples examples{sample, "", visit.catalog.options().site_url};
  if (tag == "harvest") {
    const auto sources = visit.sources.harvest.sources();
    if (!sources) return tl::unexpected(sources.error());
    if (!sources->empty()) examples.publisher = sources->front().source.name;
    return examples;
  }
  const auto directory = visit.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  for (const core::Group& group : (*directory)->groups(core::GroupKind::kOrganization)) {
    if (examples.publisher.empty() || group.name < examples.publisher) {
      examples.publisher = group.name;
    }
  }
  return examples;
}

Page reference_page(const Visit& visit) {
  Page page;
  page.section = Section::kDocs;
  page.styles = {"docs.css"};
  page.breadcrumbs = {{visit.texts["site_developers"], visit.link("/docs")}};
  page.alternates.push_back({"application/json", "/api/v1/openapi.json"});
  return page;
}

}  // namespace

std::shared_ptr<ApiReference> make_api_reference() { return std::make_shared<ApiReference>(); }

PageMaker api_overview_page(std::shared_ptr<ApiReference> reference) {
  return [reference = std::move(reference)](const Visit& visit) -> core::Result<Page> {
    const ApiDocument& document = reference->document(visit);
    Page page = reference_page(visit);
    page.content = "docs_api";
    page.path = "/docs/api";
    page.title = visit.texts["docs_api"];
    page.description = visit.texts["docs_api_description"];
    put(page.view, "site_url", visit.catalog.options().site_url);
    put(page.view, "parts", with_code(document.description));
    put(page.view, "version", document.version);
    put(page.view, "count",
        visit.texts.with(
            "docs_operations",
            {{"count", display_count(static_cast<std::int64_t>(document.operations.size()))}}));
    put(page.view, "tags", tags_view(document, "", visit));
    return page;
  };
}

PageMaker api_tag_page(std::shared_ptr<ApiReference> reference,
                       std::shared_ptr<SampleTableCache> samples) {
  return [reference = std::move(reference),
          samples = std::move(samples)](const Visit& visit) -> core::Result<Page> {
    const ApiDocument& document = reference->document(visit);
    const std::string& asked = *visit.request.path_param("tag");
    const ApiTag* tag = nullptr;
    for (const ApiTag& one : document.tags) {
      if (one.name == asked) tag = &one;
    }
    if (tag == nullptr) {
      return core::fail(core::ErrorCode::kNotFound, "api-section-not-found",
                        {"API のその章はありません。", "The API has no such section."},
                        {"章の一覧は /docs/api にあります。", "/docs/api lists the sections."});
    }
    const auto sample = samples->sample(visit);
    if (!sample) return tl::unexpected(sample.error());
    const auto examples = examples_for(visit, tag->name, sample->get());
    if (!examples) return tl::unexpected(examples.error());
    Page page = reference_page(visit);
    page.breadcrumbs.push_back({visit.texts["docs_api"], visit.link("/docs/api")});
    page.content = "docs_api_tag";
    page.path = "/docs/api/" + tag->name;
    page.title = visit.texts.with("docs_tag_title", {{"name", tag->title}});
    page.description = visit.texts.with("docs_tag_description", {{"name", tag->title}});
    put(page.view, "title", tag->title);
    put(page.view, "tags", tags_view(document, tag->name, visit));
    View operations = list();
    for (const ApiOperation& operation : document.operations) {
      if (operation.tag != tag->name) continue;
      operations.push_back(operation_view(operation, *examples, visit.texts));
    }
    put(page.view, "operations", operations);
    return page;
  };
}

}  // namespace minato::web
