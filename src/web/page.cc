#include "web/page.h"

#include <embedded/pieces.h>

#include <stdexcept>
#include <utility>

#include "web/site_files.h"

namespace minato::web {
namespace {

using kainjow::mustache::mustache;

// No script at all, nothing from elsewhere; forms only to ourselves.
constexpr const char* kContentSecurityPolicy =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";

std::string render_template(const std::string& name, const View& view) {
  const std::string_view text = pieces::file(name + ".mustache");
  if (text.empty()) throw std::logic_error("no template " + name);
  mustache compiled{std::string(text)};
  if (!compiled.is_valid()) throw std::logic_error(name + ": " + compiled.error_message());
  return compiled.render(view);
}

View texts_view(const Texts& texts) {
  View view = object();
  for (const auto& [key, text] : texts.all()) put(view, key, text);
  return view;
}

View partial(const char* name) {
  return View(kainjow::mustache::partial(
      [name] { return std::string(pieces::file(std::string(name) + ".mustache")); }));
}

View frame_of(const Page& page, const Visit& visit) {
  const auto& options = visit.catalog.options();
  const bool japanese = visit.language == core::Language::kJa;
  View view = object();
  put(view, "lang", japanese ? "ja" : "en");
  put(view, "other_lang", japanese ? "en" : "ja");
  put(view, "prefix", japanese ? "" : "/en");
  put(view, "home", visit.link("/"));
  put(view, "site_title", options.site_title.in(visit.language));
  put(view, "page_title", page.title);
  put(view, "site_url", options.site_url);
  put(view, "canonical", options.site_url + visit.link(page.path));
  const std::string english = page.path == "/" ? "/en" : "/en" + page.path;
  put(view, "path_ja", page.path);
  put(view, "path_en", english);
  put(view, "other_path", japanese ? english : page.path);
  put(view, "style", stylesheet_path());
  put(view, "noindex", !page.index);
  View alternates = list();
  for (const AlternateLink& alternate : page.alternates) {
    View link = object();
    put(link, "type", alternate.type);
    put(link, "href", alternate.href);
    alternates.push_back(link);
  }
  put(view, "alternates", alternates);
  return view;
}

http::Response moved(const Page& page, const Visit& visit) {
  http::Response response;
  response.status = 301;
  response.headers.set("Location", visit.link(page.moved_to));
  return response;
}

}  // namespace

void put_text(View& view, const std::string& key, const core::LocalizedText& text,
              core::Language page) {
  const std::string& wanted = text.in(page);
  const bool other = wanted.empty();
  const bool japanese = page == core::Language::kJa;
  put(view, key, other ? text.in(japanese ? core::Language::kEn : core::Language::kJa) : wanted);
  put(view, key + "_lang", other && !text.empty() ? (japanese ? "en" : "ja") : "");
}

http::Response render(const Page& page, const Visit& visit) {
  if (!page.moved_to.empty()) return moved(page, visit);
  View texts = texts_view(visit.texts);
  View frame = frame_of(page, visit);
  put(frame, "t", texts);
  View content = page.view;
  put(content, "t", texts);
  put(content, "prefix", visit.language == core::Language::kJa ? "" : "/en");
  put(content, "dataset_item", partial("dataset_item"));
  put(content, "columns_table", partial("columns_table"));
  put(frame, "content", render_template(page.content, content));

  http::Response response;
  response.status = page.status;
  response.headers.set("Content-Type", "text/html; charset=utf-8");
  response.headers.set("Content-Language", visit.language == core::Language::kJa ? "ja" : "en");
  response.headers.set("Content-Security-Policy", kContentSecurityPolicy);
  response.headers.set("X-Content-Type-Options", "nosniff");
  response.headers.set("Referrer-Policy", "strict-origin-when-cross-origin");
  response.body = render_template("layout", frame);
  return response;
}

}  // namespace minato::web
